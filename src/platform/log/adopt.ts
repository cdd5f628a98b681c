import { type Tx, rows } from '#src/platform/database/database';
import type { ActorFact, Moment, SurfaceFact } from './event.types.ts';
import { momentOf } from './moment-of.ts';

/** An event as it is kept, to the microsecond, so that it can be kept elsewhere as the same. */
export interface KeptEvent {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly at: Moment;
  readonly occurredAt: Moment | null;
  readonly displayAt: Moment;
  readonly late: boolean;
  readonly by: ActorFact | null;
  readonly via: SurfaceFact;
  readonly data: object;
}

/** For `query`: events of $1 after number $2 up to number $3, at most 500. */
export const KEPT_EVENTS = `
  select seq::int as seq, id, type, version, ${momentOf('at')} as at, ${momentOf('occurred_at')} as "occurredAt",
         ${momentOf('display_at')} as "displayAt", late, actor as by, via, data
    from event where stream_id = $1 and seq > $2 and seq <= $3 order by seq limit 500`;

/**
 * Takes a whole log over from another Muster: the same numbers, ids and times. Followers that reach outside have seen it
 * all, because where it happened they did.
 */
export async function adopt(tx: Tx, streamId: string, events: readonly KeptEvent[]): Promise<void> {
  await tx.query(`insert into stream (id, kind, seq) values ($1, 'incident', $2)`, [streamId, events.at(-1)?.seq ?? 0]);
  for (let from = 0; from < events.length; from += 500) {
    await tx.query(
      `insert into event (stream_id, seq, id, type, version, at, occurred_at, display_at, late, actor, via, data)
       select $1, e.seq, e.id, e.type, e.version, e.at, e."occurredAt", e."displayAt", e.late, nullif(e.by, 'null'::jsonb), e.via, e.data
         from jsonb_to_recordset($2::jsonb) as e(seq bigint, id uuid, type text, version smallint, at timestamptz, "occurredAt" timestamptz,
              "displayAt" timestamptz, late boolean, by jsonb, via jsonb, data jsonb)`,
      [streamId, JSON.stringify(events.slice(from, from + 500))],
    );
  }
  await rows(
    tx,
    `insert into follower_cursor (follower, stream_id, seq) select f.name, s.id, s.seq from follower f, stream s where f.kind = 'effect' and s.id = $1`,
    [streamId],
  );
}
