import { type Tx, rows } from '#src/platform/database/database';
import type { ActorFact } from '#src/platform/log/event.types';
import { MessageNotFound } from '../rooms.errors.ts';

export interface KnownMessage {
  readonly id: string;
  readonly author: ActorFact | null;
  readonly text: string;
  readonly isDeleted: boolean;
}

const SELECT = `select id, author, text, deleted_at is not null as "isDeleted" from message where id = $1 and incident_id = $2`;

/** A message of this room. @throws MessageNotFound */
export async function known(tx: Tx, incidentId: string, messageId: string): Promise<KnownMessage> {
  const [message] = await rows<KnownMessage>(tx, SELECT, [messageId, incidentId]);
  if (!message) throw new MessageNotFound(messageId);
  return message;
}

/**
 * The same, and whoever else would change it or mark it waits. Not `for update`: a reply that refers to it need not wait.
 *
 * @throws MessageNotFound
 */
export async function held(tx: Tx, incidentId: string, messageId: string): Promise<KnownMessage> {
  const [message] = await rows<KnownMessage>(tx, `${SELECT} for no key update`, [messageId, incidentId]);
  if (!message) throw new MessageNotFound(messageId);
  return message;
}
