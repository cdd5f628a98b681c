import { uuidv7 } from 'uuidv7';
import type { Profile, UserRef } from '@musterhq/chat-port';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import { storable } from '#src/platform/database/storable';
import type { Chats } from '#src/platform/chats/chats';
import { ALL_ON, type Work } from '#src/platform/shedding/work.types';
import type { ActorFact } from '#src/platform/log/event.types';
import type { AccountEvidence } from './evidence.service.ts';
import type { Role } from './people.types.ts';

const PROFILE_WAIT_MS = 1_500;

/** Whether somebody reads what is said to it: an app does not, nor does whoever left. */
export type AccountKind = 'somebody' | 'app' | 'deactivated';

export interface Account {
  readonly user: UserRef;
  readonly kind: AccountKind;
}

/**
 * People and the accounts that are theirs in chats. Two accounts become one person by evidence only, never because the
 * names look alike.
 */
export class People {
  constructor(
    private readonly database: Database,
    private readonly chats: Chats,
    private readonly evidence: Pick<AccountEvidence, 'keep'>,
    private readonly work: Work = ALL_ON,
  ) {}

  async add(tx: Tx, name: string, role: Role): Promise<ActorFact> {
    const id = uuidv7();
    await tx.query('insert into person (id, name, role) values ($1, $2, $3)', [id, name, role]);
    return { id, name };
  }

  /** The first admin there is, as they are read; made when there is none. */
  async firstAdmin(tx: Tx, name: string): Promise<ActorFact> {
    const [found] = await rows<ActorFact>(
      tx,
      `select id, name from person p where role = 'admin' and not exists (select 1 from person_join j where j.person_id = p.id and j.may_as <> p.id) order by created_at limit 1 for update`,
    );
    return found ?? this.add(tx, name, 'admin');
  }

  /** Whose account this is, if we have met it: the person it was met as, by the name of the one they are. */
  async ofAccount(tx: Tx, user: UserRef): Promise<ActorFact | null> {
    const [found] = await rows<ActorFact>(
      tx,
      `select p.own_id as id, p.name from account a join one_person p on p.own_id = a.person_id where a.instance = $1 and a.tenant = $2 and a.native_user = $3`,
      [user.adapter, user.tenant, user.user],
    );
    return found ?? null;
  }

  /**
   * Makes sure that somebody who spoke in a chat is known, and returns them. Asks the chat for the name, for a moment
   * at most: a person whose profile cannot be read now is called by their id, and by their name from the next time on.
   * Network: never call it inside a transaction.
   */
  async meet(user: UserRef): Promise<ActorFact> {
    const [known] = await this.database.query<ActorFact & { profile_at: Date | null }>(
      `select p.own_id as id, p.name, a.profile_at from account a join one_person p on p.own_id = a.person_id
        where a.instance = $1 and a.tenant = $2 and a.native_user = $3`,
      [user.adapter, user.tenant, user.user],
    );
    if (known?.profile_at) return { id: known.id, name: known.name };

    const profile = await this.profileOf(user);
    return this.database.transaction((tx) => this.remember(tx, user, profile));
  }

  /**
   * Whose account has this handle in the chat of `near`; null when nobody's there has, or several do and can act. What people call
   * themselves is no handle: two may have the same. Network: never call it inside a transaction.
   */
  async withHandle(given: string, near: UserRef): Promise<Account | null> {
    const people = this.chats.get(near.adapter)?.adapter.people;
    if (!people || !this.work.isOn('profiles')) return null;
    const handle = given.replace(/^@/, '').toLowerCase();
    const found = await people.find({ handle }, near.tenant, AbortSignal.timeout(PROFILE_WAIT_MS)).catch(() => null);
    const all = found?.outcome === 'done' ? found.value.filter((profile) => profile.handle?.toLowerCase() === handle) : [];
    const able = all.filter((profile) => kindIn(profile) === 'somebody');
    const [one, ...others] = able.length > 0 ? able : all;
    return one && others.length === 0 ? { user: one.ref, kind: kindIn(one) } : null;
  }

  /** What this account is, as its chat says it now; as it last did where it cannot be asked. Network: never call it inside a transaction. */
  async kindOf(user: UserRef): Promise<AccountKind> {
    const key = [user.adapter, user.tenant, user.user];
    const profile = await this.profileOf(user);
    if (profile) {
      await this.database.query(
        `update account set bot = $4, deactivated = $5 where instance = $1 and tenant = $2 and native_user = $3
            and (bot is distinct from $4 or deactivated <> $5)`,
        [...key, profile.bot, !profile.active],
      );
      return kindIn(profile);
    }
    const [app] = await this.database.query('select 1 from account where instance = $1 and tenant = $2 and native_user = $3 and bot', key);
    return app ? 'app' : 'somebody';
  }

  private async profileOf(user: UserRef): Promise<Profile | null> {
    const people = this.chats.get(user.adapter)?.adapter.people;
    if (!people || !this.work.isOn('profiles')) return null;
    const found = await people.find({ id: user.user }, user.tenant, AbortSignal.timeout(PROFILE_WAIT_MS)).catch(() => null);
    return found?.outcome === 'done' ? (found.value[0] ?? null) : null;
  }

  private async remember(tx: Tx, user: UserRef, profile: Profile | null): Promise<ActorFact> {
    const key = [user.adapter, user.tenant, user.user];
    const name = storable(profile?.name ?? '').trim();
    // Two messages of a newcomer may be handled at once: the second waits here and then finds the first one's person.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key.join('\n')]);
    const known = await this.ofAccount(tx, user);
    const person = known ?? (await this.add(tx, name || user.user, 'member'));
    await tx.query(
      `insert into account (instance, tenant, native_user, person_id, profile_at)
       values ($1, $2, $3, $4, case when $5 then clock_timestamp() end)
       on conflict (instance, tenant, native_user) do update set profile_at = coalesce(excluded.profile_at, account.profile_at)`,
      [...key, person.id, name !== ''],
    );
    if (known && name !== '') await tx.query('update person set name = $2 where id = $1 and name <> $2', [known.id, name]);
    if (profile) await this.evidence.keep(tx, user, profile);
    return (await this.ofAccount(tx, user)) ?? person;
  }
}

const kindIn = ({ bot, active }: Profile): AccountKind => (bot ? 'app' : active ? 'somebody' : 'deactivated');
