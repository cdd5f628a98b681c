import type { RoomRef } from '@musterhq/chat-port';
import { type Tx, rows } from '#src/platform/database/database';
import { NotYet } from '#src/platform/inbox/inbox.types';

export interface Mirror {
  readonly id: string;
  readonly incidentId: string;
  readonly surface: string;
}

/** The mirror of a chat's room, if it is known to be one of ours. */
export async function findMirror(tx: Tx, room: RoomRef): Promise<Mirror | null> {
  const [found] = await rows<Mirror>(
    tx,
    'select id, incident_id as "incidentId", surface from mirror where instance = $1 and tenant = $2 and room = $3',
    [room.adapter, room.tenant, room.room],
  );
  return found ?? null;
}

/**
 * The same for what may not be lost.
 *
 * @throws NotYet while a room is being made in that chat: it may be this one.
 */
export async function mirrorOf(tx: Tx, room: RoomRef): Promise<Mirror | null> {
  const found = await findMirror(tx, room);
  if (found) return found;
  const [beingMade] = await rows(
    tx,
    `select 1 from delivery d join mirror m on m.id = d.mirror_id
      where m.instance = $1 and m.tenant = $2 and d.operation = 'open-room' and (d.status in ('sending', 'unknown') or (d.status = 'pending' and d.attempts > 0)) limit 1`,
    [room.adapter, room.tenant],
  );
  if (beingMade) throw new NotYet('A room is being made in this chat, and this may be said in it.');
  return null;
}
