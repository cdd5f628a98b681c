import type { Envelope } from '@musterhq/chat-port';
import type { Known } from './look-back-store.ts';
import { takenAway } from './taken-away.ts';

const ROOM = { adapter: 'chat', tenant: 'T', room: 'C' };
const held = (n: number): Envelope => ({
  id: `C:${n}`,
  lane: 'C',
  at: n,
  redelivery: 0,
  event: {
    type: 'message.created',
    message: {
      ref: { room: ROOM, id: String(n) },
      author: { adapter: 'chat', tenant: 'T', user: 'mia' },
      origin: 'human',
      content: { blocks: [], summary: '' },
      at: n,
      revision: '1',
      mentionsMe: false,
      files: [],
    },
  },
});
const known = (...times: readonly number[]): Known[] => times.map((n) => ({ id: String(n), at: new Date(n) }));
const from = (...times: readonly number[]) => ({ envelopes: times.map(held), shown: [], keptFrom: -Infinity });
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describe('Finding out what was taken away in a chat', () => {
  it('takes away what its history does not hold any more', () => {
    expect(takenAway(known(1, 2, 3), from(1, 3))).toEqual(['2']);
    expect(takenAway(known(1, 3), from(1, 2, 3))).toEqual([]);
  });

  it('takes nothing away for being older than all that is held, or than the chat says it keeps', () => {
    expect(takenAway(known(1, 2, 3), from())).toEqual([]);
    expect(takenAway(known(1, 2, 4), from(3))).toEqual(['4']);
    expect(takenAway(known(1, 2, 4), { ...from(0), keptFrom: 2 })).toEqual(['2', '4']);
  });

  it('takes a chat that lacks most of what was said for one that lost it', () => {
    expect(takenAway(known(...upTo(5)), from(0))).toEqual(['1', '2', '3', '4', '5']);
    expect(takenAway(known(...upTo(6)), from(0))).toEqual([]);
    expect(takenAway(known(...upTo(12)), from(0, 1, 2, 3, 4, 5, 6))).toHaveLength(6);
  });
});
