import { type AdapterPlugin, done } from '@musterhq/chat-port';
import { of } from 'rxjs';

/** The smallest adapter: a chat of lines, where nothing is read back and everything is sent in one piece. */
export const lineChat = (lines: string[]): AdapterPlugin => ({
  chatport: 1,
  id: 'line',
  name: 'Line',
  config: { type: 'object' },
  create: async ({ now }) => ({
    capabilities: () => ({
      rev: '1',
      features: {},
      threads: 'none',
      limits: { textChars: 400 },
      rates: [],
      reconcile: 'none',
      echo: 'none',
      formsFrom: [],
    }),
    messages: {
      render: ({ summary }) => ({
        parts: [{ body: summary, chars: summary.length, bytes: Buffer.byteLength(summary) }],
        losses: [{ feature: 'text', note: 'the summary only' }],
      }),
      send: async ({ room, part }) => done({ message: { room, id: String(lines.push(`${room.room}: ${String(part.body)}`)) }, at: now() }),
    },
    webhooks: { receive: async () => ({ envelopes: [], out: { status: 200 } }) },
    health$: of({ state: 'ready', since: now() }),
    close: async () => undefined,
  }),
});
