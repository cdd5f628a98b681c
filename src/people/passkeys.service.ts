import { uuidv7 } from 'uuidv7';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import { isStorable } from '#src/platform/database/storable';
import type { StreamLog } from '#src/platform/log/log';
import { recordChange } from '#src/platform/log/organisation-log';
import { anyOfTheirs } from './one-person.queries.ts';
import type { MadePasskey } from './passkey-answers.ts';
import { PasskeyNameMissing, PasskeyNotFound, PasskeyRefused, TooManyPasskeys } from './passkeys.errors.ts';
import { mustBeAllowed } from './permissions.types.ts';
import { type AtTheDoor, type PersonId, actorOf } from './people.types.ts';

/** Nobody has so many devices. */
const MOST = 20;
const LONGEST_NAME = 60;

/** One of somebody's, as they tell them apart. */
export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly madeAt: string;
  readonly usedAt: string | null;
  /** It is on all devices of theirs that their maker keeps in step, and not on this one alone. */
  readonly isSynced: boolean;
}

/** The passkeys that people have: kept, named, taken away. Each their own. */
export class Passkeys {
  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
  ) {}

  /** @throws NotAllowed */
  async of(by: AtTheDoor): Promise<readonly Passkey[]> {
    mustBeAllowed(by, 'passkey.have');
    const found = await this.database.query<{ id: string; name: string; made_at: Date; used_at: Date | null; is_synced: boolean }>(
      `select id, name, made_at, used_at, is_synced from passkey where person_id = ${anyOfTheirs('$1')} order by made_at, id`,
      [by.person.id],
    );
    return found.map(({ id, name, made_at: madeAt, used_at: usedAt, is_synced: isSynced }) => ({
      id,
      name,
      madeAt: madeAt.toISOString(),
      usedAt: usedAt?.toISOString() ?? null,
      isSynced,
    }));
  }

  /** What devices call those that somebody has, so that none is made twice on the same. */
  async credentialsOf(person: PersonId): Promise<readonly string[]> {
    const found = await this.database.query<{ credential_id: string }>(
      `select credential_id from passkey where person_id = ${anyOfTheirs('$1')}`,
      [person],
    );
    return found.map(({ credential_id: id }) => id);
  }

  /** @throws NotAllowed, TooManyPasskeys, PasskeyNameMissing, PasskeyRefused */
  async keep(made: MadePasskey, given: string, relyingParty: string, by: AtTheDoor): Promise<void> {
    mustBeAllowed(by, 'passkey.have');
    const name = nameOf(given);
    await this.database.transaction(async (tx) => {
      // Of two who are made at once, one waits, so that both are counted.
      await tx.query('select 1 from person where id = $1 for no key update', [by.person.id]);
      const [has] = await rows<{ n: number }>(tx, `select count(*)::int as n from passkey where person_id = ${anyOfTheirs('$1')}`, [
        by.person.id,
      ]);
      if ((has?.n ?? 0) >= MOST) throw new TooManyPasskeys(MOST);
      const kept = await rows(
        tx,
        `insert into passkey (id, credential_id, person_id, public_key, counter, name, relying_party, is_synced) values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (credential_id) do nothing returning 1`,
        [uuidv7(), made.credentialId, by.person.id, Buffer.from(made.publicKey), made.counter, name, relyingParty, made.isSynced],
      );
      if (kept.length === 0) throw new PasskeyRefused('a passkey of this id is kept already');
      await this.record(tx, 'person.passkey-made', by, null, name);
    });
  }

  /** @throws NotAllowed, PasskeyNotFound, PasskeyNameMissing */
  async rename(id: string, given: string, by: AtTheDoor): Promise<void> {
    mustBeAllowed(by, 'passkey.have');
    const name = nameOf(given);
    const [renamed] = await this.database.query(
      `update passkey set name = $3 where id = $1 and person_id = ${anyOfTheirs('$2')} returning 1`,
      [id, by.person.id, name],
    );
    if (!renamed) throw new PasskeyNotFound();
  }

  /** From now on it lets nobody in. Whoever came in by it stays. @throws NotAllowed, PasskeyNotFound */
  async remove(id: string, by: AtTheDoor): Promise<void> {
    mustBeAllowed(by, 'passkey.have');
    await this.database.transaction(async (tx) => {
      const [gone] = await rows<{ name: string }>(
        tx,
        `delete from passkey where id = $1 and person_id = ${anyOfTheirs('$2')} returning name`,
        [id, by.person.id],
      );
      if (!gone) throw new PasskeyNotFound();
      await this.record(tx, 'person.passkey-removed', by, gone.name, null);
    });
  }

  private async record(tx: Tx, type: string, by: AtTheDoor, before: string | null, after: string | null): Promise<void> {
    const { person, via } = actorOf(by);
    await recordChange(tx, this.log, { type, by: person, via, data: { what: person.name, before, after } });
  }
}

/** @throws PasskeyNameMissing */
function nameOf(given: string): string {
  const name = given.trim();
  if (name === '' || name.length > LONGEST_NAME || !isStorable(name)) throw new PasskeyNameMissing();
  return name;
}
