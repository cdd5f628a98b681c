import type { ChatEvent } from '@musterhq/chat-port';
import { type Tx, afterCommit } from '#src/platform/database/database';
import { askLater } from '#src/platform/inbox/ask-later';
import type { InboxHandler, InboxItem } from '#src/platform/inbox/inbox.types';
import { SLASH_COMMAND } from './conversation.types.ts';

type Created = Extract<ChatEvent, { type: 'message.created' | 'message.edited' }>;

/**
 * A person speaks to Muster by its name, or to it alone: the same words as behind the command, and the answer is theirs. What other apps
 * say is never an order: two of them could answer each other for ever. One message is asked about once, heard live or read from
 * history; what comes too late is found to be so when it is answered.
 */
export class SpokenTo implements InboxHandler {
  readonly types = ['message.created'] as const;

  constructor(private readonly wake: () => void) {}

  async handle(tx: Tx, item: InboxItem): Promise<void> {
    const { ref, author, origin, toMe } = (item.event as Created).message;
    if (!toMe || origin !== 'human') return;
    const { text, mentions, prefix } = toMe;
    // It opens no form: its moment is over, and there is nothing to find it by.
    const id = `${ref.room.room}:${ref.id}:to-me`;
    const via = { id, user: author, room: ref.room, on: ref, expiresAt: item.occurredAt.getTime(), handle: '' };
    const isNew = await askLater(tx, item, {
      type: 'command',
      name: SLASH_COMMAND,
      text,
      ...(prefix === undefined ? {} : { prefix }),
      ...(mentions ? { mentions } : {}),
      via,
    });
    if (isNew) afterCommit(tx, this.wake);
  }
}
