import { type Database, type Tx, rows } from '#src/platform/database/database';
import type { Excuses } from '#src/platform/database/excuses';
import type { StreamLog } from '#src/platform/log/log';
import { withTrace } from '#src/platform/logging/trace';
import { PROCESS_ID } from '#src/platform/loops/process-id';
import { TURNS } from '#src/platform/loops/turns';
import { putAside } from '#src/platform/quarantine/quarantine';
import { NotReplayable } from '#src/platform/quarantine/quarantine.errors';
import { problemIn } from '#src/platform/logging/problem-in';
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
 * Since when, less an hour, a stream must have been written to, so that this follower `f` can be behind on it. The hour is
 * for transactions that were open then, and because `last_at` is moved once a minute.
 */
export const QUIET_BEFORE = `f.caught_up_at - interval '1 hour'`;

/** Remembers that this follower has acted on all there is, if so. */
export async function noteCaughtUp(database: Database, follower: string): Promise<void> {
  await database.query(
    `update follower f set caught_up_at = now()
      where f.name = $1 and not exists (
        select 1 from stream s left join follower_cursor c on c.stream_id = s.id and c.follower = f.name
         where s.last_at > ${QUIET_BEFORE} and s.seq > coalesce(c.seq, 0))`,
    [follower],
  );
}

/**
 * Handles at most 100 events of one stream and moves the cursor, in one transaction; false when nothing more was there then.
 *
 * The claim is counted and committed before the attempt, so an event that kills the process is counted too. After a
 * failure the events of that batch are handled one at a time, and one that failed three times is put aside with its
 * reason: the stream goes on. What was the database's fault (`excuses`) is not counted. Events that a process began and never ended are tried with nothing beside them.
 */
export async function followOnce(
  database: Database,
  log: StreamLog,
  follower: Follower,
  streamId: string,
  excuses: Excuses,
): Promise<boolean> {
  const handled = await TURNS.shared(() => attempt(database, log, follower, streamId, excuses, false));
  if (handled !== null) return handled;
  if (!(await isAbandoned(database, follower.name, streamId))) return false;
  return (await TURNS.apart(() => attempt(database, log, follower, streamId, excuses, true))) ?? false;
}

/** Null when there was nothing to claim. */
async function attempt(
  database: Database,
  log: StreamLog,
  follower: Follower,
  streamId: string,
  excuses: Excuses,
  isAlone: boolean,
): Promise<boolean | null> {
  const claims = await claim(database, follower.name, streamId, isAlone);
  if (claims === null) return null;
  try {
    const goesOn = await database.transaction((tx) => handleBatch(tx, log, follower, streamId, claims));
    excuses.forget(streamId);
    return goesOn;
  } catch (error) {
    const excusedMs = excuses.waitMs(streamId, error);
    if (excusedMs === null) await remember(database, follower.name, streamId, claims, error);
    else await giveBack(database, follower.name, streamId, excusedMs);
    throw error;
  }
}

/**
 * How often the next events have been claimed without an end, this time included; null when another process has them or
 * it is not time yet. A claim of ours that is still open here ended because the database was lost, not because of the
 * event: it is not counted again. What another process left open is taken only by who does so alone.
 */
async function claim(database: Database, follower: string, streamId: string, isAlone: boolean): Promise<number | null> {
  const [row] = await database.query<{ claims: number }>(
    `insert into follower_cursor as c (follower, stream_id, claims, owner, lease_until)
     values ($1, $2, 1, $3, clock_timestamp() + make_interval(secs => $4))
     on conflict (follower, stream_id) do update
        set claims = c.claims + (c.owner is distinct from $3)::int, owner = $3, lease_until = excluded.lease_until
      where (c.owner is null or c.owner = $3 or ($5 and c.lease_until < clock_timestamp()))
        and (c.retry_at is null or c.retry_at <= clock_timestamp())
     returning claims`,
    [follower, streamId, PROCESS_ID, LEASE_SECONDS, isAlone],
  );
  return row?.claims ?? null;
}

async function isAbandoned(database: Database, follower: string, streamId: string): Promise<boolean> {
  const found = await database.query(
    `select 1 from follower_cursor where follower = $1 and stream_id = $2 and owner <> $3 and lease_until < clock_timestamp()`,
    [follower, streamId, PROCESS_ID],
  );
  return found.length > 0;
}

async function handleBatch(tx: Tx, log: StreamLog, follower: Follower, streamId: string, claims: number): Promise<boolean> {
  // Two workers may follow one stream; the row lock makes the second wait, and then it reads the moved cursor.
  const [cursor] = await rows<{ seq: string; singly_to: string; problem: string | null }>(
    tx,
    'select seq, singly_to, problem from follower_cursor where follower = $1 and stream_id = $2 for update',
    [follower.name, streamId],
  );
  const seq = Number(cursor?.seq ?? 0);
  const singlyTo = claims > 1 ? Math.max(Number(cursor?.singly_to ?? 0), seq + BATCH) : Number(cursor?.singly_to ?? 0);
  const most = seq < singlyTo ? 1 : BATCH;
  const events = await log.readIn(tx, streamId, seq, most);
  const last = events.at(-1);
  const isPoisonous = last !== undefined && claims > CLAIMS_BEFORE_QUARANTINE;

  if (!isPoisonous) for (const event of events) await withTrace(event.trace, () => follower.handle(tx, event));
  await tx.query(
    `update follower_cursor set seq = coalesce($3, seq), singly_to = $4, claims = 0, owner = null, retry_at = null, problem = null
      where follower = $1 and stream_id = $2`,
    [follower.name, streamId, last?.seq ?? null, singlyTo],
  );
  if (isPoisonous) await quarantine(tx, log, follower, streamId, last.seq, cursor?.problem ?? 'The process ended while handling it.');
  // What came since then rang as well.
  return events.length === most;
}

async function quarantine(tx: Tx, log: StreamLog, follower: Follower, streamId: string, seq: number, problem: string): Promise<void> {
  await tx.query('insert into follower_quarantine (follower, stream_id, seq, problem) values ($1, $2, $3, $4) on conflict do nothing', [
    follower.name,
    streamId,
    seq,
    problem,
  ]);
  await putAside(tx, log, { kind: 'follower', key: [follower.name, streamId, seq], problem, tries: CLAIMS_BEFORE_QUARANTINE });
}

/** Handles one event again that was put aside. The cursor's lock keeps the follower itself from working on that stream meanwhile. */
export async function followAgain(tx: Tx, log: StreamLog, follower: Follower, streamId: string, seq: number): Promise<void> {
  await tx.query('select 1 from follower_cursor where follower = $1 and stream_id = $2 for update', [follower.name, streamId]);
  const [event] = await log.readIn(tx, streamId, seq - 1, 1);
  if (event?.seq !== seq) throw new NotReplayable(`The stream has no event ${seq}.`);
  await follower.handle(tx, event);
  await tx.query('delete from follower_quarantine where follower = $1 and stream_id = $2 and seq = $3', [follower.name, streamId, seq]);
}

/** As if it had not been claimed, but for the wait. */
async function giveBack(database: Database, follower: string, streamId: string, waitMs: number): Promise<void> {
  await database.query(
    `update follower_cursor set claims = greatest(claims - 1, 0), owner = null, retry_at = clock_timestamp() + make_interval(secs => $3)
      where follower = $1 and stream_id = $2`,
    [follower, streamId, waitMs / 1_000],
  );
}

async function remember(database: Database, follower: string, streamId: string, claims: number, error: unknown): Promise<void> {
  const wait = RETRY_MS[Math.min(claims - 1, RETRY_MS.length - 1)];
  await database.query(
    `update follower_cursor set problem = $3, owner = null, retry_at = clock_timestamp() + make_interval(secs => $4) where follower = $1 and stream_id = $2`,
    [follower, streamId, problemIn(error), (wait ?? 2_000) / 1_000],
  );
}
