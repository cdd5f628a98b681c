import { uuidv7 } from 'uuidv7';
import { type Database, type Tx, afterCommit, rows } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import { type ActorFact, MUSTER, type ViaFact } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { recordChange } from '#src/platform/log/organisation-log';
import type { Evidence, JoinChange } from './joining.types.ts';
import { NotJoinable, PersonNotFound } from './people.errors.ts';
import { mustBeAllowed } from './permissions.types.ts';
import { type AtTheDoor, type PersonId, actorOf } from './people.types.ts';

/** Who says so. Nobody: the evidence did. */
interface Teller {
  readonly by: ActorFact | null;
  readonly via: ViaFact;
}

interface Joinable extends ActorFact {
  readonly role: string;
  readonly rank: number;
  readonly signs_in: boolean;
  readonly created_at: Date;
  readonly is_pretend: boolean;
}

/** Whoever shows a private incident to those who take part in it has to hear of this. Both run in the transaction that joins. */
export interface Follows {
  /** First: what is to be written to afterwards is held, so that nobody waits for us who holds it. */
  hold(tx: Tx, people: readonly PersonId[]): Promise<void>;
  changed(tx: Tx, change: JoinChange, teller: Teller): Promise<void>;
}

const LOCK = 'people are joined';

/**
 * Joins persons that are one, and takes them apart again. Nothing that was written changes: a join says how people are
 * read from now on, and what they may.
 *
 * An admin's word and an identity provider's carry every right over, a verified mail no more than a responder's, a claim
 * none: whoever may more than before may so because somebody who may give it has.
 */
export class Joining {
  private follows: Follows = { hold: () => Promise.resolve(), changed: () => Promise.resolve() };

  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
    private readonly doorbell: Doorbell,
  ) {}

  /** Incidents know what is private. */
  followedBy(follows: Follows): void {
    this.follows = follows;
  }

  /** An admin says that two are one. What a claim said before is confirmed by it. @throws NotAllowed, PersonNotFound, NotJoinable */
  async join(one: PersonId, other: PersonId, by: AtTheDoor): Promise<void> {
    mustBeAllowed(by, 'people.manage');
    await this.database.transaction(async (tx) => {
      await this.joinIn(tx, one, other, 'admin', { by: by.person, via: actorOf(by).via });
    });
  }

  /** An admin says that two are two: what joined them is undone, and no evidence joins them again. @throws NotAllowed, PersonNotFound */
  async apart(one: PersonId, other: PersonId, by: AtTheDoor): Promise<void> {
    mustBeAllowed(by, 'people.manage');
    await this.database.transaction(async (tx) => {
      await this.hold(tx, one, other);
      for (const id of [one, other]) await this.root(tx, id);
      if (one === other) throw new NotJoinable('Nobody can be taken apart from themselves: choose two.');
      const [row] = await rows<{ person_id: PersonId; to_id: PersonId; evidence: Evidence }>(
        tx,
        'delete from person_join where (person_id, to_id) in (($1, $2), ($2, $1)) returning person_id, to_id, evidence',
        [one, other],
      );
      const [first = '', second = ''] = [one, other].sort();
      const kept = await rows(tx, 'insert into person_apart (one, other) values ($1, $2) on conflict do nothing returning 1', [
        first,
        second,
      ]);
      if (!row && kept.length === 0) return;
      await follow(tx);
      const person = await factOf(tx, row?.person_id ?? one);
      const to = await factOf(tx, row?.to_id ?? other);
      await this.tell(tx, { person, one: to, on: false, evidence: row?.evidence ?? null }, { by: by.person, via: actorOf(by).via });
    });
  }

  /**
   * In a transaction: from now on they are one. Of the two, who may more goes on as they are, then who signs in here, then
   * who has been here longest; the other is read as them. False when they were one already, by evidence as good.
   *
   * @throws PersonNotFound, NotJoinable
   */
  async joinIn(tx: Tx, one: PersonId, other: PersonId, evidence: Evidence, teller: Teller): Promise<boolean> {
    await this.hold(tx, one, other);
    const [first, second] = [await this.root(tx, one), await this.root(tx, other)];
    if (first.id === second.id) return this.confirm(tx, one, other, evidence, teller);
    for (const { role, is_pretend: isPretend } of [first, second]) if (role === 'guest' || isPretend) throw new NotJoinable();
    const [to, person] = [first, second].sort(byPrecedence) as [Joinable, Joinable];
    await tx.query('insert into person_join (person_id, to_id, evidence, one_id, may_as) values ($1, $2, $3, $2, $1)', [
      person.id,
      to.id,
      evidence,
    ]);
    await tx.query(
      `delete from person_apart where (one, other) in (select least(a.own_id, b.own_id), greatest(a.own_id, b.own_id) from one_person a, one_person b where a.id = $1 and b.id = $2)`,
      [person.id, to.id],
    );
    await follow(tx);
    await this.tell(tx, { person, one: to, on: true, evidence }, teller);
    return true;
  }

  /** They are one already, by a claim: a better reason takes its place. */
  private async confirm(tx: Tx, one: PersonId, other: PersonId, evidence: Evidence, teller: Teller): Promise<boolean> {
    if (one === other || evidence !== 'admin') return false;
    const [better] = await rows<{ person_id: PersonId; to_id: PersonId }>(
      tx,
      `update person_join set evidence = 'admin', at = clock_timestamp()
        where (person_id, to_id) in (($1, $2), ($2, $1)) and evidence in ('claim', 'mail') returning person_id, to_id`,
      [one, other],
    );
    if (!better) return false;
    await follow(tx);
    const [person, to] = [await factOf(tx, better.person_id), await factOf(tx, better.to_id)];
    await this.tell(tx, { person, one: to, on: true, evidence }, teller);
    return true;
  }

  /** What they may be written to first, then all joins: two who join the same people queue. */
  private async hold(tx: Tx, ...people: PersonId[]): Promise<void> {
    await this.follows.hold(tx, people);
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [LOCK]);
  }

  private async root(tx: Tx, id: PersonId): Promise<Joinable> {
    const [found] = await rows<Joinable>(
      tx,
      `select p.id, p.name, p.role, array_position(array['guest', 'member', 'responder', 'admin'], p.role) as rank, p.created_at,
              exists (select 1 from session s where s.person_id = p.id) or exists (select 1 from api_token t where t.person_id = p.id) as signs_in,
              exists (select 1 from account a join chat_instance c on c.id = a.instance and c.pretend where a.person_id = p.id) as is_pretend
         from one_person o join person p on p.id = o.id where o.own_id = $1`,
      [id],
    );
    if (!found) throw new PersonNotFound();
    return found;
  }

  private async tell(
    tx: Tx,
    { person, one, on, evidence }: Omit<JoinChange, 'id'> & { readonly evidence: Evidence | null },
    teller: Teller,
  ): Promise<void> {
    const [who, whom] = [
      { id: person.id, name: person.name },
      { id: one.id, name: one.name },
    ];
    if (evidence !== 'claim' && evidence !== null) await this.follows.changed(tx, { id: uuidv7(), person: who, one: whom, on }, teller);
    for (const { id } of [who, whom])
      for (const topic of ['people', 'joins'] as const) afterCommit(tx, () => this.doorbell.ring({ topic, id }));
    const facts = { person: who.id, one: whom.id, evidence };
    await recordChange(tx, this.log, {
      type: on ? 'person.joined' : 'person.separated',
      ...teller,
      data: { what: `${who.name}, ${whom.name}`, before: on ? null : facts, after: on ? facts : null },
    });
  }
}

export const BY_EVIDENCE: Teller = { by: null, via: MUSTER };

function byPrecedence(a: Joinable, b: Joinable): number {
  return (
    b.rank - a.rank || Number(b.signs_in) - Number(a.signs_in) || a.created_at.getTime() - b.created_at.getTime() || (a.id < b.id ? -1 : 1)
  );
}

async function factOf(tx: Tx, id: PersonId): Promise<ActorFact> {
  const [found] = await rows<ActorFact>(tx, 'select id, name from person where id = $1', [id]);
  if (!found) throw new PersonNotFound();
  return found;
}

/** What follows from all joins together. There are as many as people with two accounts: all are looked at. */
async function follow(tx: Tx): Promise<void> {
  await tx.query(
    `with recursive up as (
       select person_id, to_id as at_id, evidence <> 'claim' as is_strong, case when evidence = 'claim' then person_id else to_id end as may_as, evidence = 'mail' as by_mail
         from person_join
       union all
       select u.person_id, j.to_id, u.is_strong and j.evidence <> 'claim', case when u.is_strong and j.evidence <> 'claim' then j.to_id else u.may_as end,
              u.by_mail or (u.is_strong and j.evidence = 'mail')
         from up u join person_join j on j.person_id = u.at_id)
     update person_join j set one_id = u.at_id, may_as = u.may_as, by_mail = u.by_mail from up u
      where u.person_id = j.person_id and not exists (select 1 from person_join further where further.person_id = u.at_id)
        and (j.one_id, j.may_as, j.by_mail) is distinct from (u.at_id, u.may_as, u.by_mail)`,
  );
}
