import type { Database } from '#src/platform/database/database';
import type { WayId } from './notifications.types.ts';
import type { ToTell } from './open-way.types.ts';
import type { KeptWay } from './open-ways.ts';

/** A notice that is ours to tell, until the claim ends. */
export interface Claimed extends ToTell {
  readonly attempts: number;
  readonly claim: number;
  readonly writtenAt: Date;
}

/** How a try ended for its notice. */
export type End =
  | { readonly status: 'told'; readonly problem: null }
  | { readonly status: 'failed'; readonly problem: string }
  | { readonly status: 'waiting'; readonly problem: string | null; readonly nextAt: Date; readonly tried: boolean };

const DUE = `(n.status = 'waiting' and n.next_at <= $1 or n.status = 'sending' and n.claim_until <= $1)`;

/** The ways that have something to tell at this moment. */
export const waysDue = (database: Database, now: Date): Promise<KeptWay[]> =>
  database.query(
    `select w.id, w.kind, w.settings, w.secret from notice_way w
      where w.off is null and (w.rests_until is null or w.rests_until <= $1)
        and exists (select 1 from notice n where n.way_id = w.id and ${DUE})`,
    [now],
  );

/** The oldest first. That it is over is told after that it had begun. What a worker left open when it died is taken again. */
export const claim = (database: Database, way: WayId, now: Date, most: number, claimMs: number): Promise<Claimed[]> =>
  database.query(
    `with due as (
       select n.id from notice n where n.way_id = $2 and ${DUE}
          and not (n.part = 'over' and exists (
            select 1 from notice b where b.about = n.about and b.part = 'begun' and b.way_id = n.way_id and b.address = n.address
               and b.status in ('waiting', 'sending')))
        order by n.next_at, n.written_at limit $3 for update skip locked)
     update notice n set status = 'sending', attempts = attempts + 1, claim = claim + 1, claim_until = $1::timestamptz + $4 * interval '1 millisecond'
       from due where n.id = due.id
     returning n.id, n.about, n.part, n.address, n.content, n.attempts, n.claim, n.written_at as "writtenAt"`,
    [now, way, most, claimMs],
  );

/** Changes nothing when the claim was lost meanwhile. */
export async function settle(database: Database, { id, claim: mine }: Claimed, end: End, now: Date): Promise<void> {
  const waits = end.status === 'waiting' ? end : null;
  await database.query(
    `update notice set status = $3, problem = coalesce($4, problem), claim_until = null, next_at = coalesce($5, next_at),
            attempts = attempts - $6::int, ended_at = case when $3 = 'waiting' then null else $7::timestamptz end
      where id = $1 and claim = $2 and status = 'sending'`,
    [id, mine, end.status, end.problem, waits?.nextAt ?? null, waits && !waits.tried ? 1 : 0, now],
  );
}

/** What was told or not is of no use after a month. */
export const OVER_NOTICES = {
  what: 'notices',
  statement: `delete from notice where id in (
    select id from notice where written_at < clock_timestamp() - interval '30 days' and status not in ('waiting', 'sending') limit $1)`,
};
