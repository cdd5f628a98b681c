import { uuidv7 } from 'uuidv7';
import type { UserRef } from '@musterhq/chat-port';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import { storable } from '#src/platform/database/storable';
import type { Chats } from '#src/platform/chats/chats';
import { ALL_ON, type Work } from '#src/platform/shedding/work.types';
import type { ActorFact } from '#src/platform/log/event.types';
import type { PersonId, Role } from './people.types.ts';

const PROFILE_WAIT_MS = 1_500;

/**
 * People and the accounts that are theirs in chats. Two accounts become one person by evidence only, never because the
 * names look alike.
 */
export class People {
  constructor(
    private readonly database: Database,
    private readonly chats: Chats,
    private readonly work: Work = ALL_ON,
  ) {}

  async add(tx: Tx, name: string, role: Role): Promise<ActorFact> {
    const id = uuidv7();
    await tx.query('insert into person (id, name, role) values ($1, $2, $3)', [id, name, role]);
    return { id, name };
  }

  /** The first admin there is; made when there is none. */
  async firstAdmin(tx: Tx, name: string): Promise<ActorFact> {
    const [found] = await rows<ActorFact>(tx, `select id, name from person where role = 'admin' order by created_at limit 1 for update`);
    return found ?? this.add(tx, name, 'admin');
  }

  /** Whose account this is, if we have met it. */
  async ofAccount(tx: Tx, user: UserRef): Promise<ActorFact | null> {
    const [found] = await rows<ActorFact>(
      tx,
      `select p.id, p.name from account a join person p on p.id = a.person_id where a.instance = $1 and a.tenant = $2 and a.native_user = $3`,
      [user.adapter, user.tenant, user.user],
    );
    return found ?? null;
  }

  /** Accounts of a person in one chat, to be invited or mentioned there. */
  async accountsIn(tx: Tx, person: PersonId, instance: string, tenant: string): Promise<UserRef[]> {
    const found = await rows<{ native_user: string }>(
      tx,
      'select native_user from account where person_id = $1 and instance = $2 and tenant = $3',
      [person, instance, tenant],
    );
    return found.map(({ native_user }) => ({ adapter: instance, tenant, user: native_user }));
  }

  /**
   * Makes sure that somebody who spoke in a chat is known, and returns them. Asks the chat for the name, for a moment
   * at most: a person whose profile cannot be read now is called by their id, and by their name from the next time on.
   * Network: never call it inside a transaction.
   */
  async meet(user: UserRef): Promise<ActorFact> {
    const [known] = await this.database.query<ActorFact & { profile_at: Date | null }>(
      `select p.id, p.name, a.profile_at from account a join person p on p.id = a.person_id
        where a.instance = $1 and a.tenant = $2 and a.native_user = $3`,
      [user.adapter, user.tenant, user.user],
    );
    if (known?.profile_at) return { id: known.id, name: known.name };

    const name = await this.nameOf(user);
    return this.database.transaction((tx) => this.remember(tx, user, name));
  }

  /**
   * Who has this handle in the chat of `near`, met if they were not; null when nobody there has. What people call themselves is
   * no handle: two may have the same. Network: never call it inside a transaction.
   */
  async withHandle(given: string, near: UserRef): Promise<ActorFact | null> {
    const people = this.chats.get(near.adapter)?.adapter.people;
    if (!people || !this.work.isOn('profiles')) return null;
    const handle = given.replace(/^@/, '').toLowerCase();
    const found = await people.find({ handle }, near.tenant, AbortSignal.timeout(PROFILE_WAIT_MS)).catch(() => null);
    const whose = found?.outcome === 'done' ? found.value.filter((profile) => profile.handle?.toLowerCase() === handle) : [];
    const [one, ...others] = whose;
    return one && others.length === 0 ? this.meet(one.ref) : null;
  }

  private async nameOf(user: UserRef): Promise<string | null> {
    const people = this.chats.get(user.adapter)?.adapter.people;
    if (!people || !this.work.isOn('profiles')) return null;
    const found = await people.find({ id: user.user }, user.tenant, AbortSignal.timeout(PROFILE_WAIT_MS)).catch(() => null);
    const name = found?.outcome === 'done' ? storable(found.value[0]?.name ?? '').trim() : '';
    return name === '' ? null : name;
  }

  private async remember(tx: Tx, user: UserRef, name: string | null): Promise<ActorFact> {
    const key = [user.adapter, user.tenant, user.user];
    // Two messages of a newcomer may be handled at once: the second waits here and then finds the first one's person.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key.join('\n')]);
    const known = await this.ofAccount(tx, user);
    const person = known ?? (await this.add(tx, name ?? user.user, 'member'));
    await tx.query(
      `insert into account (instance, tenant, native_user, person_id, profile_at)
       values ($1, $2, $3, $4, case when $5 then clock_timestamp() end)
       on conflict (instance, tenant, native_user) do update set profile_at = coalesce(excluded.profile_at, account.profile_at)`,
      [...key, person.id, name !== null],
    );
    if (!known || name === null || name === known.name) return person;
    await tx.query('update person set name = $2 where id = $1', [known.id, name]);
    return { id: known.id, name };
  }
}
