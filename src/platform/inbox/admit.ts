import type { Envelope } from '@musterhq/chat-port';
import type { Database } from '#src/platform/database/database';
import { storableJson } from '#src/platform/database/storable';
import { PROCESS_ID } from '#src/platform/loops/process-id';
import { isInteraction } from './inbox.types.ts';
import { tenantOf } from './tenant-of.ts';

export interface Admission {
  readonly instance: string;
  readonly envelope: Envelope;
  readonly gapId: string | null;
  readonly trace: string;
}

/** Interactions are claimed for this long by the process that received them, in the statement that stores them. */
const INTERACTION_LEASE_SECONDS = 5;

/**
 * Stores envelopes, in this order, in one statement that is its own transaction. When it resolves they are durable.
 *
 * An envelope id that was ever seen is passed over, and so is a gesture that came under another id a moment ago (`sameAs`): the ids of
 * those that are new come back. Lanes are numbered under
 * their row's lock, like streams (interactions take no number), and locked in one order so that two batches cannot deadlock.
 * When two processes store one envelope at the same moment, the second takes a number for nothing: lanes may have holes.
 */
export async function store(database: Database, batch: readonly Admission[]): Promise<Set<string>> {
  const rows = batch.map(({ instance, envelope, gapId, trace }) => ({
    instance,
    tenant: tenantOf(envelope.event),
    id: envelope.id,
    lane: envelope.lane,
    kind: isInteraction(envelope.event) ? 'interaction' : 'event',
    at: new Date(envelope.at).toISOString(),
    gap: gapId,
    body: envelope.event,
    trace,
    same_as: envelope.sameAs?.key ?? null,
    same_ms: envelope.sameAs?.windowMs ?? null,
  }));
  const stored = await database.query<{ instance: string; tenant: string; envelope_id: string }>(
    `with given as (
       select * from jsonb_to_recordset($1::jsonb)
         as g(n int, instance text, tenant text, id text, lane text, kind text, at timestamptz, gap uuid, body jsonb, trace text,
               same_as text, same_ms float8)
     ),
     fresh as (
       select distinct on (instance, tenant, id) * from given g
        where not exists (select 1 from inbox i where (i.instance, i.tenant, i.envelope_id) = (g.instance, g.tenant, g.id))
          and not exists (select 1 from inbox i where (i.instance, i.tenant, i.same_as) = (g.instance, g.tenant, g.same_as)
                             and i.admitted_at > clock_timestamp() - g.same_ms * interval '1 millisecond')
          and not exists (select 1 from given e where e.n < g.n and (e.instance, e.tenant, e.same_as) = (g.instance, g.tenant, g.same_as))
        order by instance, tenant, id, n
     ),
     counted as (
       select *, row_number() over same_lane - 1 as nth, count(*) over (partition by instance, tenant, lane, kind) as total
         from fresh window same_lane as (partition by instance, tenant, lane, kind order by n)
     ),
     lanes as (
       insert into inbox_lane as l (instance, tenant, lane, seq)
       select instance, tenant, lane, count(*) from fresh where kind = 'event' group by 1, 2, 3 order by 1, 2, 3
       on conflict (instance, tenant, lane) do update set seq = l.seq + excluded.seq
       returning instance, tenant, lane, seq
     )
     insert into inbox (instance, tenant, envelope_id, lane, seq, kind, occurred_at, gap_id, body, trace, same_as, owner, lease_until)
     select c.instance, c.tenant, c.id, c.lane, case when c.kind = 'event' then l.seq - c.total + 1 + c.nth else 0 end, c.kind, c.at, c.gap, c.body, c.trace, c.same_as,
            case when c.kind = 'interaction' then $2::uuid end,
            case when c.kind = 'interaction' then clock_timestamp() + make_interval(secs => $3) end
       from counted c left join lanes l using (instance, tenant, lane)
     on conflict (instance, tenant, envelope_id) do nothing
     returning instance, tenant, envelope_id`,
    [storableJson(rows.map((row, n) => ({ n, ...row }))), PROCESS_ID, INTERACTION_LEASE_SECONDS],
  );
  return new Set(stored.map((row) => keyOf(row.instance, row.tenant, row.envelope_id)));
}

export const keyOf = (instance: string, tenant: string, envelopeId: string): string => `${instance}\n${tenant}\n${envelopeId}`;
