import type { Database } from '#src/platform/database/database';
import type { WayId } from './notifications.types.ts';
import type { Outcome } from './open-way.types.ts';

const SECOND = 1_000;
/** Soon again: people are to be told now. */
const RESTS = [2 * SECOND, 5 * SECOND, 15 * SECOND, 30 * SECOND, 60 * SECOND];
/** However long the other side wants to be left alone. */
const LONGEST_REST = 10 * 60 * SECOND;

/** Writes down what a try says of the whole way. `proves`: it came out at the other end. */
export async function noteWay(database: Database, id: WayId, outcome: Outcome, proves: boolean, now: Date): Promise<void> {
  if (outcome.to === 'told') {
    await database.query(
      `update notice_way set answered_at = $2, proven_at = case when $3 then $2 else proven_at end, problem = null, failures = 0, rests_until = null
        where id = $1`,
      [id, now, proves],
    );
    return;
  }
  if (outcome.to === 'later' && outcome.of === 'one') return;
  // Several that fail in the same moment are one failure.
  await database.query(
    `update notice_way set problem = $2, failures = case when rests_until > $3::timestamptz then failures else least(failures + 1, 100) end,
            rests_until = greatest(rests_until, $3::timestamptz + greatest($4::int, ($5::int[])[least(failures + 1, $6)]) * interval '1 millisecond')
      where id = $1`,
    [id, outcome.problem, now, Math.min(outcome.to === 'later' ? (outcome.afterMs ?? 0) : 0, LONGEST_REST), RESTS, RESTS.length],
  );
}
