import type { RoomRef } from '@musterhq/chat-port';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import { NotYet } from '#src/platform/inbox/inbox.types';

export interface Mirror {
  readonly id: string;
  readonly incidentId: string;
  readonly surface: string;
  readonly isArchived?: boolean;
  /** We are not in its room, as far as we know. */
  readonly isShutOut?: boolean;
}

/**
 * The mirror of a chat's room, if it is known to be one of ours. A room that others can read is none of a private
 * incident's, from the moment on in which that became private: who speaks there would take part.
 */
export const findMirror = (tx: Tx, room: RoomRef): Promise<Mirror | null> => find(tx, room, '');

async function find(tx: Tx, room: RoomRef, lock: '' | 'for share of i'): Promise<Mirror | null> {
  const [found] = await rows<Mirror>(
    tx,
    `select m.id, m.incident_id as "incidentId", m.surface, m.state = 'archived' as "isArchived", m.state = 'shut-out' as "isShutOut" from mirror m join incident i on i.id = m.incident_id
      where m.instance = $1 and m.tenant = $2 and m.room = $3 and m.state <> 'closed' and (m.private or not i.private) ${lock}`,
    [room.adapter, room.tenant, room.room],
  );
  return found ?? null;
}

/**
 * The same for what may not be lost, and until the transaction ends: whoever speaks as it becomes private would take part.
 *
 * @throws NotYet while a room is being made in that chat: it may be this one.
 */
export async function mirrorOf(tx: Tx, room: RoomRef): Promise<Mirror | null> {
  const found = await find(tx, room, 'for share of i');
  if (found) return found;
  const [beingMade] = await rows(
    tx,
    `select 1 from delivery d join mirror m on m.id = d.mirror_id
      where m.instance = $1 and m.tenant = $2 and d.operation = 'open-room' and (d.status in ('sending', 'unknown') or (d.status = 'pending' and d.attempts > 0)) limit 1`,
    [room.adapter, room.tenant],
  );
  if (beingMade) throw new NotYet('A room is being made in this chat, and this may be said in it.');
  // It may have been recorded between the two questions.
  return find(tx, room, 'for share of i');
}

/** Whether something that happened in a room may be of interest here: to know beforehand whom to look up. */
export async function isMirrored(database: Database, room: RoomRef): Promise<boolean> {
  const found = await database.query('select 1 from mirror where instance = $1 and tenant = $2 and room = $3', [
    room.adapter,
    room.tenant,
    room.room,
  ]);
  return found.length > 0;
}
