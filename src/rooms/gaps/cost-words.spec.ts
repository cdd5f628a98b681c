import type { Capabilities } from '@musterhq/chat-port';
import { costWords } from './cost-words.ts';

const chat: Pick<Capabilities, 'features' | 'limits' | 'rates'> = {
  features: { history: 'full' },
  limits: { textChars: 4_000, historyPage: 999 },
  rates: [{ op: 'history', per: 'tenant', permits: 50, windowMs: 60_000 }],
};
const ration = { messages: 15, windowMs: 60_000, whom: 'An app outside the marketplace' };

describe('Saying what catching up with a chat costs', () => {
  it('counts pages and half of the calls that the chat allows', () => {
    expect(costWords('Chat', chat, 100)).toContain('With 2,000 messages a room takes less than a minute, and the 100 of now 12 minutes.');
    expect(costWords('Chat', { ...chat, limits: { textChars: 1 } }, 600)).toContain('the 600 of now 48 minutes');
  });

  it('says what some are given less, and how many days that may take', () => {
    const words = costWords('Chat', { ...chat, limits: { ...chat.limits, historyRation: ration } }, 100);

    expect(words).toContain(
      'An app outside the marketplace is given 15 messages in a minute: then a room takes 2 h 14 min, and the 100 of now 9 days.',
    );
  });

  it('speaks of one room where there are no others', () => {
    for (const rooms of [0, 1]) expect(costWords('Chat', chat, rooms)).toContain('a room takes less than a minute. What waits');
  });

  it('says that nothing can be read where there is no history, and nothing where nothing slows it down', () => {
    expect(costWords('Chat', { ...chat, features: {} }, 3)).toContain('cannot be read afterwards');
    expect(costWords('Chat', { ...chat, rates: [{ op: 'history', per: 'room', permits: 1, windowMs: 1 }] }, 3)).toBeNull();
  });
});
