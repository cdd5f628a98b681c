import type { RoomEvent } from '#libs/war-room-protocol/events';
import { type Tx, rows } from '#src/platform/database/database';
import { momentOf } from '#src/platform/log/moment-of';
import type { IncidentId } from '../incidents.types.ts';

/**
 * The room's log without what was said. The stream is held from here on, so that what is appended next follows
 * exactly this.
 */
export async function toldSoFar(tx: Tx, id: IncidentId): Promise<RoomEvent[]> {
  await tx.query('select 1 from stream where id = $1 for update', [id]);
  const found = await rows<{ seq: string; at: Date } & Omit<RoomEvent, 'seq' | 'at'>>(
    tx,
    `select seq, id, type, at, ${momentOf('display_at')} as "displayAt", late, actor as by, via, data from event
      where stream_id = $1 and (type not like 'message.%' or type in ('message.pinned', 'message.deleted')) order by seq`,
    [id],
  );
  return found.map((event) => ({ ...event, seq: Number(event.seq), at: event.at.toISOString() }) as unknown as RoomEvent);
}
