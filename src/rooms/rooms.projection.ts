import { type Projection, TELLS_ONLY } from '#src/platform/log/projection.types';
import type { RoomEvents } from './rooms.events.ts';

/** How a room's messages follow from its log. Mirrors do not: they belong to the Muster whose chats they are in. */
export const roomProjection: Projection<RoomEvents> = {
  'message.posted': (tx, { streamId, by, data: { messageId, text } }) =>
    tx.query('insert into message (id, incident_id, author, text) values ($1, $2, $3, $4)', [
      ...[messageId, streamId, by && JSON.stringify(by), text],
    ]),
  'message.edited': (tx, { at, data: { messageId, text } }) =>
    tx.query('update message set text = $2, edited_at = $3 where id = $1', [messageId, text, at]),
  'message.deleted': (tx, { at, data: { messageId } }) => tx.query('update message set deleted_at = $2 where id = $1', [messageId, at]),
  'mirror.requested': TELLS_ONLY,
  'mirror.opened': TELLS_ONLY,
  'mirror.failed': TELLS_ONLY,
  'mirror.suspect': TELLS_ONLY,
  'mirror.parked': TELLS_ONLY,
  'mirror.catching-up': TELLS_ONLY,
  'mirror.resumed': TELLS_ONLY,
  'gap.closed': TELLS_ONLY,
  'inbox.unreadable': TELLS_ONLY,
  'command.offered': TELLS_ONLY,
};
