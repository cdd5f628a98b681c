import { type Projection, TELLS_ONLY } from '#src/platform/log/projection.types';
import type { RoomEvents } from './rooms.events.ts';

/** How a room's messages follow from its log. Mirrors do not: they belong to the Muster whose chats they are in. */
export const roomProjection: Projection<RoomEvents> = {
  'message.posted': (tx, { streamId, by, data: { messageId, text, replyTo } }) =>
    tx.query('insert into message (id, incident_id, author, text, reply_to) values ($1, $2, $3, $4, $5)', [
      ...[messageId, streamId, by && JSON.stringify(by), text, replyTo ?? null],
    ]),
  'message.edited': (tx, { at, data: { messageId, text } }) =>
    tx.query('update message set text = $2, edited_at = $3 where id = $1', [messageId, text, at]),
  'message.deleted': (tx, { at, data: { messageId } }) => tx.query('update message set deleted_at = $2 where id = $1', [messageId, at]),
  'message.reacted': (tx, { by, via, data: { messageId, emoji, on } }) =>
    on
      ? tx.query('insert into reaction (message_id, emoji, person_id, via) values ($1, $2, $3, $4)', [messageId, emoji, by?.id, via.id])
      : tx.query('delete from reaction where message_id = $1 and emoji = $2 and person_id = $3', [messageId, emoji, by?.id]),
  'message.pinned': (tx, { streamId, data: { messageId, on } }) =>
    on
      ? tx.query('insert into pin (message_id, incident_id) values ($1, $2)', [messageId, streamId])
      : tx.query('delete from pin where message_id = $1', [messageId]),
  'file.lost': TELLS_ONLY,
  'say-again.asked': TELLS_ONLY,
  'mirror.requested': TELLS_ONLY,
  'mirror.opened': TELLS_ONLY,
  'mirror.failed': TELLS_ONLY,
  'mirror.renamed': TELLS_ONLY,
  'mirror.topic-changed': TELLS_ONLY,
  'mirror.unkept': TELLS_ONLY,
  'mirror.archiving': TELLS_ONLY,
  'mirror.archived': TELLS_ONLY,
  'mirror.unarchived': TELLS_ONLY,
  'mirror.shut-out': TELLS_ONLY,
  'mirror.let-in': TELLS_ONLY,
  'mirror.audience-changed': TELLS_ONLY,
  'mirror.card-removed': TELLS_ONLY,
  'mirror.stuck': TELLS_ONLY,
  'mirror.suspect': TELLS_ONLY,
  'mirror.parked': TELLS_ONLY,
  'mirror.catching-up': TELLS_ONLY,
  'mirror.resumed': TELLS_ONLY,
  'gap.closed': TELLS_ONLY,
  'inbox.unreadable': TELLS_ONLY,
  'command.offered': TELLS_ONLY,
  'command.applied': TELLS_ONLY,
};
