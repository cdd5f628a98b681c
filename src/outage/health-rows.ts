import { type Database, type Tx, rows } from '#src/platform/database/database';
import type { Surface } from '#src/rooms/gaps/mirror-trouble.service';
import type { ActorFact, ViaFact } from '#src/platform/log/event.types';
import type { Call, Standing, SurfaceState, Word } from './outage.types.ts';

/** What the tables say of one chat in one tenant, read in one statement, so that it belongs together. */
export interface Seen extends Surface {
  /** The database's clock. */
  readonly now: number;
  /** Null when nobody has watched it yet. */
  readonly standing: Standing | null;
  readonly heardAt: number | null;
  /** The same of the second look. */
  readonly postHeardAt: number | null;
  readonly othersAt: number | null;
  readonly calls: readonly Call[];
  /** Gaps that are not closed. */
  readonly unclosed: number;
  /** Those of them that nobody has begun to read. */
  readonly unread: number;
  /** What a person said and nobody has taken yet. */
  readonly said: GivenWord | null;
}

export interface GivenWord {
  readonly id: string;
  readonly word: Word;
  readonly by: ActorFact;
  readonly via: ViaFact;
}

/** A word that waited longer, while nobody watched, may be true no more. */
const WORD_MINUTES = 5;

interface Row extends Surface {
  readonly now: Date;
  readonly state: SurfaceState | null;
  readonly since: Date;
  readonly good_at: Date;
  readonly detector: Omit<Standing, 'state' | 'since' | 'goodAt'>;
  readonly seen_at: Date | null;
  readonly post_seen_at: Date | null;
  readonly others_at: Date | null;
  readonly calls: readonly Call[];
  readonly unclosed: number;
  readonly unread: number;
  readonly said: GivenWord | null;
}

export async function healthRows(database: Database, instances: readonly string[], callsMs: number): Promise<Seen[]> {
  const found = await database.query<Row>(
    `select t.instance, t.tenant, clock_timestamp() as now, h.state, h.since, h.good_at, h.detector, k.seen_at, p.seen_at as post_seen_at, o.at as others_at, coalesce(c.calls, '[]') as calls,
            coalesce(g.unclosed, 0)::int as unclosed, coalesce(g.unread, 0)::int as unread,
            case when w.id is not null then jsonb_build_object('id', w.id, 'word', w.word, 'by', w.by, 'via', w.via) end as said
       from chat_tenant t
       left join surface_health h using (instance, tenant)
       left join chat_word w on w.instance = t.instance and w.tenant = t.tenant and w.said_at > clock_timestamp() - make_interval(mins => $3)
       left join canary k on k.instance = t.instance and k.tenant = t.tenant and k.nonce = h.detector -> 'look' ->> 'nonce'
       left join canary p on p.instance = t.instance and p.tenant = t.tenant and p.nonce = h.detector #>> '{second,look,nonce}'
       left join chat_heard o on o.instance = t.instance and o.tenant = t.tenant
       left join lateral (
         select jsonb_agg(jsonb_build_object('at', floor(extract(epoch from r.at) * 1000), 'good', r.good) order by r.at) as calls
           from (select at, good from chat_call where instance = t.instance and tenant = t.tenant
                    and at > clock_timestamp() - $2 * interval '1 millisecond' order by at desc limit 500) r) c on true
       left join lateral (
         select count(*) as unclosed, count(*) filter (where g.state = 'open') as unread
           from gap g join mirror m on m.id = g.mirror_id
          where m.instance = t.instance and m.tenant = t.tenant and m.state not in ('failed', 'archived', 'shut-out') and g.state <> 'closed') g on true
      where t.instance = any($1) order by t.instance, t.tenant`,
    [instances, callsMs, WORD_MINUTES],
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

/** It is taken once, in the transaction of what was decided by it. One that came meanwhile stays for the next. */
export async function takeWord(tx: Tx, { instance, tenant }: Surface, { id }: GivenWord): Promise<void> {
  await tx.query('delete from chat_word where instance = $1 and tenant = $2 and id = $3', [instance, tenant, id]);
}

/** Echoes and calls are judged within a minute; later they are only in the way. */
export async function pruneEvidence(database: Database): Promise<void> {
  await database.query(`delete from canary where seen_at < clock_timestamp() - interval '10 minutes'`);
  await database.query(`delete from chat_call where at < clock_timestamp() - interval '10 minutes'`);
  await database.query('delete from chat_word where said_at < clock_timestamp() - make_interval(mins => $1)', [WORD_MINUTES]);
}

function toSeen(row: Row): Seen {
  return {
    instance: row.instance,
    tenant: row.tenant,
    now: row.now.getTime(),
    standing: row.state === null ? null : { ...row.detector, state: row.state, since: row.since.getTime(), goodAt: row.good_at.getTime() },
    heardAt: row.seen_at?.getTime() ?? null,
    postHeardAt: row.post_seen_at?.getTime() ?? null,
    othersAt: row.others_at?.getTime() ?? null,
    calls: row.calls,
    unclosed: row.unclosed,
    unread: row.unread,
    said: row.said,
  };
}
