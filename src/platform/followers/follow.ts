import { type Database, type Tx, rows } from '#src/platform/database/database';
import type { StreamLog } from '#src/platform/log/log';
import { PROCESS_ID } from '#src/platform/loops/process-id';
import type { Follower } from './follower.types.ts';

const BATCH = 100;
const CLAIMS_BEFORE_QUARANTINE = 3;
const RETRY_MS = [500, 2_000];
/** Long enough for 100 events; short enough that a killed worker's streams go on soon. */
const LEASE_SECONDS = 5;

/** Says so that this follower exists. An effect that is new has seen everything that happened before it. */
export async function register(database: Database, follower: Follower): Promise<void> {
  await database.transaction(async (tx) => {
    const added = await rows(tx, 'insert into follower (name, kind) values ($1, $2) on conflict do nothing returning name', [
      follower.name,
      follower.kind,
    ]);
    await tx.query('update follower set kind = $2 where name = $1 and kind <> $2', [follower.name, follower.kind]);
    if (added.length === 0 || follower.kind === 'projection') return;
    await tx.query('insert into follower_cursor (follower, stream_id, seq) select $1, id, seq from stream', [follower.name]);
  });
}

/** Streams on which this follower is behind and may go on now. */
export async function behind(database: Database, follower: string, recentOnly: boolean): Promise<string[]> {
  const found = await database.query<{ id: string }>(
    `select s.id from stream s left join follower_cursor c on c.stream_id = s.id and c.follower = $1
      where s.seq > coalesce(c.seq, 0) and (c.retry_at is null or c.retry_at <= clock_timestamp())
        ${recentOnly ? "and (s.last_at > clock_timestamp() - interval '1 hour' or c.retry_at is not null)" : ''}
      order by s.last_at`,
    [follower],
  );
  return found.map(({ id }) => id);
}

/**
 * Handles at most 100 events of one stream and moves the cursor, in one transaction; false when there was nothing left.
 *
 * The claim is counted and committed before the attempt, so an event that kills the process is counted too. After a
 * failure the events are handled one at a time, and one that failed three times is put aside with its reason: the
 * stream goes on.
 */
export async function followOnce(database: Database, log: StreamLog, follower: Follower, streamId: string): Promise<boolean> {
  const claims = await claim(database, follower.name, streamId);
  if (claims === null) return false;
  try {
    const handled = await database.transaction((tx) => handleBatch(tx, log, follower, streamId, claims));
    return handled;
  } catch (error) {
    await remember(database, follower.name, streamId, claims, error);
    throw error;
  }
}

/**
 * How often the next events have been claimed without an end, this time included; null when another process has them or
 * it is not time yet. A claim of ours that is still open here ended because the database was lost, not because of the
 * event: it is not counted again.
 */
async function claim(database: Database, follower: string, streamId: string): Promise<number | null> {
  const [row] = await database.query<{ claims: number }>(
    `insert into follower_cursor as c (follower, stream_id, claims, owner, lease_until)
     values ($1, $2, 1, $3, clock_timestamp() + make_interval(secs => $4))
     on conflict (follower, stream_id) do update
        set claims = c.claims + (c.owner is distinct from $3)::int, owner = $3, lease_until = excluded.lease_until
      where (c.owner is null or c.owner = $3 or c.lease_until < clock_timestamp())
        and (c.retry_at is null or c.retry_at <= clock_timestamp())
     returning claims`,
    [follower, streamId, PROCESS_ID, LEASE_SECONDS],
  );
  return row?.claims ?? null;
}

async function handleBatch(tx: Tx, log: StreamLog, follower: Follower, streamId: string, claims: number): Promise<boolean> {
  // Two workers may follow one stream; the row lock makes the second wait, and then it reads the moved cursor.
  const [cursor] = await rows<{ seq: string; problem: string | null }>(
    tx,
    'select seq, problem from follower_cursor where follower = $1 and stream_id = $2 for update',
    [follower.name, streamId],
  );
  const events = await log.readIn(tx, streamId, Number(cursor?.seq ?? 0), claims > 1 ? 1 : BATCH);
  const last = events.at(-1);

  if (last && claims > CLAIMS_BEFORE_QUARANTINE) {
    await tx.query('insert into follower_quarantine (follower, stream_id, seq, problem) values ($1, $2, $3, $4) on conflict do nothing', [
      follower.name,
      streamId,
      last.seq,
      cursor?.problem ?? 'The process ended while handling it.',
    ]);
  } else {
    for (const event of events) await follower.handle(tx, event);
  }
  await tx.query(
    'update follower_cursor set seq = coalesce($3, seq), claims = 0, owner = null, retry_at = null, problem = null where follower = $1 and stream_id = $2',
    [follower.name, streamId, last?.seq ?? null],
  );
  return events.length > 0;
}

async function remember(database: Database, follower: string, streamId: string, claims: number, error: unknown): Promise<void> {
  const wait = RETRY_MS[Math.min(claims - 1, RETRY_MS.length - 1)];
  await database.query(
    `update follower_cursor set problem = $3, owner = null, retry_at = clock_timestamp() + make_interval(secs => $4) where follower = $1 and stream_id = $2`,
    [follower, streamId, String(error).slice(0, 500), (wait ?? 2_000) / 1_000],
  );
}
