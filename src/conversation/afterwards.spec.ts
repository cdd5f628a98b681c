import { FakePlatform, fakePlugin, makeKit } from '@musterhq/adapter-testkit';
import type { Send } from '@musterhq/chat-port';
import { textContent } from '#libs/rich-text/text-content';
import type { Chats } from '#src/platform/chats/chats';
import type { InboxItem } from '#src/platform/inbox/inbox.types';
import { Afterwards } from './afterwards.ts';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('An answer that is said afterwards', () => {
  it('has a key that every chat can keep, however long its own name for the question', async () => {
    const sent: Send[] = [];
    const adapter = await makeKit().create(fakePlugin(new FakePlatform()), { instance: 'fake' });
    const { answers: _, ...without } = adapter;
    const messages = {
      ...adapter.messages,
      send: (send: Send, signal: AbortSignal) => (sent.push(send), adapter.messages.send(send, signal)),
    };
    const chats = { get: () => ({ adapter: { ...without, messages } }) } as unknown as Chats;

    for (const envelopeId of ['A long name/'.repeat(20), 'another']) await new Afterwards(chats, quiet).say(asked(envelopeId), ANSWER);

    expect(sent.map(({ key }) => key)).toEqual([
      expect.stringMatching(/^[a-z0-9.:-]{1,64}$/),
      expect.stringMatching(/^[a-z0-9.:-]{1,64}$/),
    ]);
    expect(sent[0]?.key).not.toBe(sent[1]?.key);
    await adapter.close();
  });
});

const ANSWER = { t: 'private', content: textContent('It is done.') } as const;

function asked(envelopeId: string): InboxItem {
  const user = { adapter: 'fake', tenant: 'T', user: 'mia' };
  const room = { adapter: 'fake', tenant: 'T', room: 'R1' };
  const via = { id: envelopeId, user, room, expiresAt: 0, handle: envelopeId };
  return {
    instance: 'fake',
    tenant: 'T',
    lane: envelopeId,
    seq: 0,
    envelopeId,
    occurredAt: new Date(0),
    admittedAt: new Date(0),
    gapId: null,
    event: { type: 'command', name: 'incident', text: 'help', via },
    trace: null,
  };
}
