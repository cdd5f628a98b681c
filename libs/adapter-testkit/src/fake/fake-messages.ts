import type { Attempt, Messages, Receipt, Send } from '@musterhq/chat-port';
import { type Names, messageRef } from './decode.ts';
import type { FakeBody } from './render.ts';
import { render } from './render.ts';
import { attempt } from './fake-outcomes.ts';
import type { FakePlatform } from './fake-platform.ts';
import type { WirePage } from './fake-api.ts';
import type { WireMessage } from './happenings.ts';

/** As the contract asks for: the chat's clock need not be the core's. */
const CLOCKS_DIFFER_MS = 60_000;

/** `notice` hears how each send ended. */
export function fakeMessages(platform: FakePlatform, names: Names, notice: (ended: Attempt<unknown>) => void): Messages {
  const { api } = platform;
  const receipt = (m: WireMessage): Receipt => ({ message: messageRef(names, m), at: m.at });

  async function reconcile(
    { key, room, thread }: Send,
    since: number,
    signal: AbortSignal,
  ): ReturnType<NonNullable<Messages['reconcile']>> {
    for (let cursor: string | undefined; ;) {
      const q = {
        room: room.room,
        ...numbered(thread),
        after: since - CLOCKS_DIFFER_MS,
        ...(cursor !== undefined && { cursor }),
        limit: 100,
      };
      const page: Attempt<WirePage> = await attempt(
        signal,
        () => api.history(q, signal),
        (body: WirePage) => body,
      );
      if (page.outcome !== 'done') return 'cannot-tell';
      const found = page.value.messages.find((m) => m.key === key);
      if (found) return { found: receipt(found) };
      if (page.value.from !== undefined) return 'cannot-tell';
      cursor = page.value.next;
      if (cursor === undefined) return 'absent';
    }
  }

  return {
    render: (content) => render(content),

    async send({ key, room, thread, part, onlyFor }, signal) {
      const post = { room: room.room, ...numbered(thread), key, body: part.body as FakeBody, ...(onlyFor && { onlyFor: onlyFor.user }) };
      const sent = await attempt(signal, () => api.post(post, signal), receipt);
      notice(sent);
      return sent;
    },

    ...(platform.reconcile === 'key' && { reconcile }),

    edit: ({ room, id }, { part }, signal) =>
      attempt(signal, () => api.edit(room.room, Number(id), part.body as FakeBody, signal), receipt),

    remove: ({ room, id }, signal) => attempt(signal, () => api.remove(room.room, Number(id), signal), nothing),

    react: ({ room, id }, emoji, on, signal) => attempt(signal, () => api.react(room.room, Number(id), emoji, on, signal), nothing),
  };
}

export const nothing = (): void => undefined;

export const numbered = (thread: string | undefined): { thread?: number } => (thread === undefined ? {} : { thread: Number(thread) });
