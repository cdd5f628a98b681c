import { type Database, type Tx, rows } from '#src/platform/database/database';
import type { Surface } from '#src/rooms/gaps/mirror-trouble.service';
import type { Call, Standing, SurfaceState } from './outage.types.ts';

/** What the tables say of one chat in one tenant, read in one statement, so that it belongs together. */
export interface Seen extends Surface {
  /** The database's clock. */
  readonly now: number;
  /** Null when nobody has watched it yet. */
  readonly standing: Standing | null;
  readonly heardAt: number | null;
  readonly calls: readonly Call[];
  /** Gaps that are not closed. */
  readonly unclosed: number;
  /** Those of them that nobody has begun to read. */
  readonly unread: number;
}

interface Row extends Surface {
  readonly now: Date;
  readonly state: SurfaceState | null;
  readonly since: Date;
  readonly good_at: Date;
  readonly detector: Omit<Standing, 'state' | 'since' | 'goodAt'>;
  readonly seen_at: Date | null;
  readonly calls: readonly Call[];
  readonly unclosed: number;
  readonly unread: number;
}

export async function healthRows(database: Database, instances: readonly string[], callsMs: number): Promise<Seen[]> {
  const found = await database.query<Row>(
    `select t.instance, t.tenant, clock_timestamp() as now, h.state, h.since, h.good_at, h.detector, k.seen_at, coalesce(c.calls, '[]') as calls,
            coalesce(g.unclosed, 0)::int as unclosed, coalesce(g.unread, 0)::int as unread
       from chat_tenant t
       left join surface_health h using (instance, tenant)
       left join canary k on k.instance = t.instance and k.tenant = t.tenant and k.nonce = h.detector -> 'look' ->> 'nonce'
       left join lateral (
         select jsonb_agg(jsonb_build_object('at', floor(extract(epoch from r.at) * 1000), 'good', r.good) order by r.at) as calls
           from (select at, good from chat_call where instance = t.instance and tenant = t.tenant
                    and at > clock_timestamp() - $2 * interval '1 millisecond' order by at desc limit 500) r) c on true
       left join lateral (
         select count(*) as unclosed, count(*) filter (where g.state = 'open') as unread
           from gap g join mirror m on m.id = g.mirror_id
          where m.instance = t.instance and m.tenant = t.tenant and m.state not in ('failed', 'archived') and g.state <> 'closed') g on true
      where t.instance = any($1) order by t.instance, t.tenant`,
    [instances, callsMs],
  );
  return found.map(toSeen);
}

/** False when somebody else has written since `before` was read: then nothing of this decision may happen. */
export async function keepStanding(tx: Tx, { instance, tenant }: Surface, before: Standing | null, after: Standing): Promise<boolean> {
  const { state, since, goodAt, ...detector } = after;
  const values = [instance, tenant, state, new Date(since), new Date(goodAt), JSON.stringify(detector)];
  if (!before) {
    const first = await rows(
      tx,
      'insert into surface_health (instance, tenant, state, since, good_at, detector) values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning 1',
      values,
    );
    return first.length > 0;
  }
  const { state: was, since: _since, goodAt: _goodAt, ...detectorBefore } = before;
  const kept = await rows(
    tx,
    `update surface_health set state = $3, since = $4, good_at = $5, detector = $6
      where instance = $1 and tenant = $2 and state = $7 and detector = $8::jsonb returning 1`,
    [...values, was, JSON.stringify(detectorBefore)],
  );
  return kept.length > 0;
}

/** Echoes and calls are judged within a minute; later they are only in the way. */
export async function pruneEvidence(database: Database): Promise<void> {
  await database.query(`delete from canary where seen_at < clock_timestamp() - interval '10 minutes'`);
  await database.query(`delete from chat_call where at < clock_timestamp() - interval '10 minutes'`);
}

function toSeen(row: Row): Seen {
  return {
    instance: row.instance,
    tenant: row.tenant,
    now: row.now.getTime(),
    standing: row.state === null ? null : { ...row.detector, state: row.state, since: row.since.getTime(), goodAt: row.good_at.getTime() },
    heardAt: row.seen_at?.getTime() ?? null,
    calls: row.calls,
    unclosed: row.unclosed,
    unread: row.unread,
  };
}
