import { type Attempt, type ChatAdapter, type Pinned, type RoomRef, unknown } from '@musterhq/chat-port';

/** What is pinned there now; null where the chat does not tell. A throw says nothing. */
export async function pinsOf({ history }: ChatAdapter, room: RoomRef, signal: AbortSignal): Promise<Attempt<Pinned[]> | null> {
  if (!history?.pins) return null;
  try {
    return await history.pins(room, signal);
  } catch {
    return unknown({ code: 'protocol', scope: 'adapter' });
  }
}
