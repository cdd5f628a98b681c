import { uuidv7 } from 'uuidv7';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import { isStorable } from '#src/platform/database/storable';
import type { StreamLog } from '#src/platform/log/log';
import { recordChange } from '#src/platform/log/organisation-log';
import { newCode, spoken, unspoken } from '#src/platform/words/spoken-code';
import type { DoorLimits } from './door-limits.ts';
import { anyOfTheirs, isDeactivated } from './one-person.queries.ts';
import { AccountDeactivated, PersonNotFound, PrintedCodeNotUsable } from './people.errors.ts';
import { mustBeAllowed } from './permissions.types.ts';
import { type AtTheDoor, type PersonId, WEB, actorOf } from './people.types.ts';
import type { Sessions } from './sessions.ts';
import { isKeptAs, slowHashOf } from './slow-hash.ts';

const AT_ONCE = 10;
/** By this many letters a code is found, which are no secret; the rest is. */
const PREFIX = 4;
const LONG = 12;
/** Of that many are left, somebody is told to print new ones. */
export const FEW = 2;

/** How many codes somebody has on paper, and whose print they are of. */
export interface CodesStanding {
  readonly person: { readonly id: PersonId; readonly name: string };
  readonly left: number;
  readonly printedAt: string | null;
  readonly printedBy: string | null;
}

interface Kept {
  readonly id: string;
  readonly hash: string;
  readonly used_at: Date | null;
}

/**
 * Codes that people have on paper, for the night on which nobody can send them a link: each lets its person in, once. Nobody but this
 * database is asked. Printing again ends what was printed before.
 */
export class PrintedCodes {
  constructor(
    private readonly database: Database,
    private readonly sessions: Sessions,
    private readonly limits: DoorLimits,
    private readonly log: StreamLog,
  ) {}

  /** One's own; an admin sees anybody's. @throws NotAllowed, PersonNotFound */
  async standing(of: PersonId, by: AtTheDoor): Promise<CodesStanding> {
    mayLookAfter(of, by);
    const [found] = await this.database.query<{ id: string; name: string; left: number; at: Date | null; printed_by: string | null }>(
      `select p.id, p.name, (select count(*)::int from printed_code c where c.person_id = ${anyOfTheirs('p.id')} and c.used_at is null) as left,
              last.made_at as at, last.name as printed_by
         from one_person o join person p on p.id = o.at_the_door
         left join lateral (select c.made_at, m.name from printed_code c join one_person m on m.own_id = c.made_by
                             where c.person_id = ${anyOfTheirs('p.id')} order by c.made_at desc limit 1) last on true
        where o.own_id = $1 and p.role <> 'guest'`,
      [of],
    );
    if (!found) throw new PersonNotFound();
    const { id, name, left, at, printed_by: printedBy } = found;
    return { person: { id, name }, left, printedAt: at?.toISOString() ?? null, printedBy };
  }

  /** How many of one's own are still good; null for whoever has no sheet. */
  async leftOf(person: PersonId): Promise<number | null> {
    const [found] = await this.database.query<{ left: number | null }>(
      `select case when count(*) > 0 then count(*) filter (where used_at is null)::int end as left from printed_code where person_id = ${anyOfTheirs('$1')}`,
      [person],
    );
    return found?.left ?? null;
  }

  /**
   * Ten new codes, as they are to stand on paper: they are shown this once. Those printed before are good no more.
   *
   * @throws NotAllowed, PersonNotFound, AccountDeactivated
   */
  async print(of: PersonId, by: AtTheDoor): Promise<readonly string[]> {
    mayLookAfter(of, by);
    const codes = Array.from({ length: AT_ONCE }, () => newCode(LONG));
    const made = await Promise.all(
      codes.map(async (code) => ({ prefix: code.slice(0, PREFIX), hash: await slowHashOf(code.slice(PREFIX)) })),
    );
    await this.database.transaction(async (tx) => {
      const person = await hold(tx, of);
      if (person.is_deactivated) throw new AccountDeactivated();
      const before = await takeAway(tx, person.id);
      for (const { prefix, hash } of made)
        await tx.query('insert into printed_code (id, person_id, prefix, hash, made_by) values ($1, $2, $3, $4, $5)', [
          uuidv7(),
          person.id,
          prefix,
          hash,
          by.person.id,
        ]);
      await this.record(tx, 'person.codes-printed', by, person, before, AT_ONCE);
    });
    return codes.map(spoken);
  }

  /** From now on none of theirs is good: the paper was lost, or somebody has left. @throws NotAllowed, PersonNotFound */
  async end(of: PersonId, by: AtTheDoor): Promise<void> {
    mayLookAfter(of, by);
    await this.database.transaction(async (tx) => {
      const person = await hold(tx, of);
      const before = await takeAway(tx, person.id);
      if (before > 0) await this.record(tx, 'person.codes-ended', by, person, before, 0);
    });
  }

  /**
   * Uses a code up and opens a session of its person; `left` is how many they still have. Of many who try it at once one succeeds.
   *
   * @throws PrintedCodeNotUsable, AccountDeactivated, TooOften
   */
  async signIn(given: string): Promise<{ session: string; left: number }> {
    const code = await this.find(unspoken(given));
    if (code.used_at) throw used(code.used_at);
    return this.database.transaction(async (tx) => {
      const [taken] = await rows<{ person_id: PersonId; made_by: string }>(
        tx,
        `update printed_code c set used_at = clock_timestamp() from one_person m
          where c.id = $1 and c.used_at is null and m.own_id = c.made_by returning c.person_id, m.name as made_by`,
        [code.id],
      );
      if (!taken) {
        const [meanwhile] = await rows<Pick<Kept, 'used_at'>>(tx, 'select used_at from printed_code where id = $1', [code.id]);
        throw meanwhile?.used_at ? used(meanwhile.used_at) : new PrintedCodeNotUsable();
      }
      const [person] = await rows<{ id: PersonId; name: string; left: number; is_deactivated: boolean }>(
        tx,
        `select p.own_id as id, p.name, ${isDeactivated('p.own_id')} as is_deactivated,
                (select count(*)::int from printed_code c where c.person_id = ${anyOfTheirs('p.own_id')} and c.used_at is null) as left
           from one_person o join one_person p on p.own_id = o.at_the_door where o.own_id = $1 and p.role <> 'guest'`,
        [taken.person_id],
      );
      if (!person) throw new PrintedCodeNotUsable();
      if (person.is_deactivated) throw new AccountDeactivated();
      const session = await this.sessions.open(tx, taken.person_id);
      const { id, name, left } = person;
      await recordChange(tx, this.log, {
        type: 'person.signed-in-by-code',
        by: { id, name },
        via: WEB,
        data: { what: name, before: { codes: left + 1 }, after: { codes: left, printedBy: taken.made_by } },
      });
      return { session, left };
    });
  }

  /** The one that was written. Hashing is work, so it is done for codes that begin as one of ours does, a few times a minute for each. */
  private async find(code: string): Promise<Kept> {
    if (code.length !== LONG || !isStorable(code)) throw new PrintedCodeNotUsable();
    const [prefix, secret] = [code.slice(0, PREFIX), code.slice(PREFIX)];
    const known = await this.database.query<Kept>('select id, hash, used_at from printed_code where prefix = $1 limit 5', [prefix]);
    if (known.length > 0) this.limits.tryCode(prefix);
    for (const one of known) if (await isKeptAs(one.hash, secret)) return one;
    throw new PrintedCodeNotUsable();
  }

  private async record(tx: Tx, type: string, by: AtTheDoor, { name }: Held, before: number, after: number): Promise<void> {
    const { person, via } = actorOf(by);
    await recordChange(tx, this.log, { type, by: person, via, data: { what: name, before: { codes: before }, after: { codes: after } } });
  }
}

/** @throws NotAllowed */
function mayLookAfter(of: PersonId, by: AtTheDoor): void {
  mustBeAllowed(by, 'code.print');
  if (of !== by.person.id) mustBeAllowed(by, 'people.manage');
}

interface Held {
  readonly id: PersonId;
  readonly name: string;
  readonly is_deactivated: boolean;
}

/** Of two who print at once, one waits for the other. @throws PersonNotFound */
async function hold(tx: Tx, of: PersonId): Promise<Held> {
  const [person] = await rows<Held>(
    tx,
    `select p.id, p.name, ${isDeactivated('p.id')} as is_deactivated from one_person o join person p on p.id = o.at_the_door
      where o.own_id = $1 and p.role <> 'guest' for no key update of p`,
    [of],
  );
  if (!person) throw new PersonNotFound();
  return person;
}

/** How many of them were still good. */
async function takeAway(tx: Tx, person: PersonId): Promise<number> {
  const gone = await rows<{ used_at: Date | null }>(
    tx,
    `delete from printed_code where person_id = ${anyOfTheirs('$1')} returning used_at`,
    [person],
  );
  return gone.filter(({ used_at: usedAt }) => usedAt === null).length;
}

const used = (at: Date): PrintedCodeNotUsable =>
  new PrintedCodeNotUsable(
    `This code was used on ${at.toISOString().slice(0, 16).replace('T', ' at ')} UTC, and each works once. Cross it out and write the next one; if none is left, ask somebody inside for an invitation. If it was not you who used it, tell an admin.`,
  );
