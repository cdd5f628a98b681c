import { type Database, type Tx, rows } from '#src/platform/database/database';
import { problemIn } from '#src/platform/logging/problem-in';
import { type InboxRow, itemOf } from './inbox-row.ts';
import type { ClaimedItem, InboxItem, Lane } from './inbox.types.ts';

const LEASE_SECONDS = 5;
const RETRY_MS = [500, 2_000];

interface ClaimedRow extends InboxRow {
  readonly claims: number;
  readonly problem: string | null;
}

/**
 * A condition on `inbox`, by the placeholders of a room: what was told of it, by its lane, whose name has the room in it (CP4).
 * Without the lane, the inbox of years would be read.
 */
export const toldOf = (instance: string, tenant: string, room: string): string =>
  `instance = ${instance} and tenant = ${tenant} and kind = 'event' and lane = any (array(
     select l.lane from inbox_lane l where l.instance = ${instance} and l.tenant = ${tenant} and position(${room} in l.lane) > 0))`;

/**
 * Lanes with something to handle that nobody holds, now held by this process for a few seconds. Drawn, so that none waits for busier ones
 * for ever. One that this process holds, but knows nothing of any more, lost the database while it was handled.
 */
export async function leaseLanes(database: Database, owner: string, most: number, held: readonly Lane[] = []): Promise<Lane[]> {
  return database.query<Lane>(
    `update inbox_lane l set owner = $1, lease_until = clock_timestamp() + make_interval(secs => $2)
       from (select instance, tenant, lane from inbox_lane
              where done < seq and (lease_until is null or lease_until < clock_timestamp() or owner = $1)
                and (retry_at is null or retry_at <= clock_timestamp())
                and (instance, tenant, lane) not in (select * from unnest($4::text[], $5::text[], $6::text[]))
              order by random() limit $3 for update skip locked) due
      where (l.instance, l.tenant, l.lane) = (due.instance, due.tenant, due.lane)
      returning l.instance, l.tenant, l.lane, l.seq, coalesce((
        select i.owner <> $1 from inbox i where i.instance = l.instance and i.tenant = l.tenant and i.lane = l.lane and i.kind = 'event'
           and i.seq > l.done order by i.seq limit 1), false) as suspect`,
    [owner, LEASE_SECONDS, most, held.map((one) => one.instance), held.map((one) => one.tenant), held.map((one) => one.lane)],
  );
}

/**
 * The next event of a lane, its claim counted and committed before anybody tries it, so that an item which kills the
 * process is counted. A claim of ours that is still open ended because the database was lost: it is not counted again.
 * None when another process has taken the lane since.
 */
export async function claimNext(database: Database, owner: string, { instance, tenant, lane }: Lane): Promise<ClaimedItem | null> {
  const [row] = await database.query<ClaimedRow>(
    `update inbox i set claims = i.claims + (i.owner is distinct from $4)::int, owner = $4
       from (select seq from inbox where instance = $1 and tenant = $2 and lane = $3 and kind = 'event'
                and seq > (select done from inbox_lane where instance = $1 and tenant = $2 and lane = $3 and owner = $4)
              order by seq limit 1) next
      where i.instance = $1 and i.tenant = $2 and i.lane = $3 and i.kind = 'event' and i.seq = next.seq
      returning i.*`,
    [instance, tenant, lane, owner],
  );
  return row ? claimedOf(row) : null;
}

/** Marks it done and moves the lane on, over holes too, in the caller's transaction. False when another process did so already. */
export async function finish(tx: Tx, item: InboxItem, problem?: string): Promise<boolean> {
  const moved = await rows(
    tx,
    `update inbox_lane set done = $4, retry_at = null, lease_until = clock_timestamp() + make_interval(secs => $5)
      where instance = $1 and tenant = $2 and lane = $3 and done < $4 returning done`,
    [item.instance, item.tenant, item.lane, item.seq, LEASE_SECONDS],
  );
  if (moved.length === 0) return false;
  await tx.query(
    `update inbox set status = $4, problem = $5, owner = null where instance = $1 and tenant = $2 and envelope_id = $3 and status = 'waiting'`,
    [item.instance, item.tenant, item.envelopeId, problem ? 'quarantined' : 'done', problem ?? null],
  );
  return true;
}

export async function postpone(database: Database, owner: string, item: ClaimedItem, error: unknown): Promise<void> {
  const wait = (RETRY_MS[Math.min(item.claims - 1, RETRY_MS.length - 1)] ?? 2_000) / 1_000;
  await database.query(
    'update inbox set problem = $4, owner = null where instance = $1 and tenant = $2 and envelope_id = $3 and owner = $5',
    [item.instance, item.tenant, item.envelopeId, problemIn(error), owner],
  );
  await database.query(
    `update inbox_lane set retry_at = clock_timestamp() + make_interval(secs => $4) where instance = $1 and tenant = $2 and lane = $3`,
    [item.instance, item.tenant, item.lane, wait],
  );
}

/** Puts it back as if it had not been claimed, to be tried in a moment. */
export async function putBack(database: Database, owner: string, item: ClaimedItem, waitMs: number): Promise<void> {
  await database.query(
    'update inbox set claims = claims - 1, owner = null where instance = $1 and tenant = $2 and envelope_id = $3 and owner = $4',
    [item.instance, item.tenant, item.envelopeId, owner],
  );
  await database.query(
    `update inbox_lane set retry_at = clock_timestamp() + make_interval(secs => $4) where instance = $1 and tenant = $2 and lane = $3`,
    [item.instance, item.tenant, item.lane, waitMs / 1_000],
  );
}

/** `empty`: nothing was left of what it held when it was leased. */
export async function releaseLane(database: Database, owner: string, { instance, tenant, lane, seq }: Lane, empty: boolean): Promise<void> {
  await database.query(
    `update inbox_lane set owner = null, lease_until = null, done = case when $5 then greatest(done, $6::bigint) else done end
      where instance = $1 and tenant = $2 and lane = $3 and owner = $4`,
    [instance, tenant, lane, owner, empty, seq],
  );
}

function claimedOf(row: ClaimedRow): ClaimedItem {
  return { ...itemOf(row), claims: row.claims, problem: row.problem };
}
