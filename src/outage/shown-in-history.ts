import type { ChatEvent, RoomRef } from '@musterhq/chat-port';
import type { Chat } from '#src/platform/chats/chats';

/** There is one message of ours in that room, and hardly anything else. */
const PAGES = 4;
const LIMIT = 50;

/** Whether the room's history shows our message with this mark. It is looked for by what the message says: not every chat keeps a key. */
export async function isShown({ adapter: { history } }: Chat, room: RoomRef, mark: string, signal: AbortSignal): Promise<boolean> {
  let cursor: string | undefined;
  for (let pages = 0; history && pages < PAGES; pages++) {
    const read = await history.page({ room, limit: LIMIT, ...(cursor === undefined ? {} : { cursor }) }, signal);
    if (read.outcome !== 'done') return false;
    if (read.value.envelopes.some(({ event }) => says(event, mark))) return true;
    if (read.value.complete) return false;
    cursor = read.value.cursor;
  }
  return false;
}

const says = (event: ChatEvent, mark: string): boolean =>
  (event.type === 'message.created' || event.type === 'message.edited') && JSON.stringify(event.message.content).includes(mark);
