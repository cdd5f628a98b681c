import type { ChatEvent, InMessage } from '@musterhq/chat-port';
import { canaryMessage, keyFor, marksIn, newMark } from './canary-message.ts';

const room = { adapter: 'slack', tenant: 'T1', room: 'C1' };
const mark = newMark();

const heard = (message: Partial<InMessage>): ChatEvent => ({
  type: 'message.edited',
  message: {
    ref: { room, id: '1' },
    author: { adapter: 'slack', tenant: 'T1', user: 'U1' },
    origin: 'self',
    content: canaryMessage(mark),
    at: 0,
    revision: '1',
    mentionsMe: false,
    files: [],
    ...message,
  },
});

describe('Hearing the echo of a look', () => {
  it('reads its mark from the key', () => {
    expect(marksIn(heard({ key: keyFor(mark), content: { blocks: [], summary: '' } }))).toEqual([{ tenant: 'T1', nonce: mark }]);
  });

  it('reads its mark from what it says, where the key is that of the first sending', () => {
    const first = newMark();

    expect(marksIn(heard({ key: keyFor(first) }))).toContainEqual({ tenant: 'T1', nonce: mark });
  });

  it.each(['human', 'bot'] as const)('hears nothing in what a %s says, even if it copies a mark and its key', (origin) => {
    expect(marksIn(heard({ origin, key: keyFor(mark) }))).toEqual([]);
  });

  it('hears nothing in another message of ours that quotes a mark', () => {
    expect(marksIn(heard({ key: '0195d1a0-0000-7000-8000-000000000000.0' }))).toEqual([]);
  });

  it('tells any two looks apart in plain text, for platforms that stamp edits by the second', () => {
    expect(canaryMessage(newMark()).summary).not.toBe(canaryMessage(newMark()).summary);
  });
});
