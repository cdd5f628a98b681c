import {
  type ChatHistory,
  type FleetHistory,
  type Limits,
  type RoomHistory,
  breachesInFleet,
  breachesInRoom,
  unjudgedInFleet,
} from './verdict.ts';

const LIMITS: Limits = { memoryMib: 512, agreeMs: 60_000, downMs: 10_000, betweenFallsMs: 6_000 };

const EMPTY = { openedAgain: 0, rooms: ['inc-1-a'], waiting: { texts: [], room: false } };

describe('Judging what a fleet lived through', () => {
  const room: RoomHistory = {
    reference: 'INC-1',
    posts: ['a', 'b'].map((text, n) => ({ id: text, author: 'w', text, invokedAt: n, acknowledgedAt: n + 1 })),
    log: ['a', 'x', 'b', 'y'].map((text, n) => ({ seq: n + 1, text })),
    shown: ['a', 'x', 'b', 'y'],
    streams: [[1, 2, 3, 4]],
    chats: [
      { ...EMPTY, name: 'one', said: [{ author: 'ana', text: 'x' }], shown: ['a', 'b', 'y'], shownInOrder: ['a', 'b', 'y'] },
      { ...EMPTY, name: 'two', said: [{ author: 'bo', text: 'y' }], shown: ['a', 'x', 'b'], shownInOrder: ['a', 'x', 'b'] },
    ],
    toldBy: ['the room', 'the room'],
    notTheLog: [],
  };
  /** The first chat is so, and the other as it was. */
  const one = (change: Partial<ChatHistory>): Partial<RoomHistory> => ({
    chats: room.chats.map((chat, n) => (n === 0 ? { ...chat, ...change } : chat)),
  });
  const fleet: FleetHistory = {
    incidents: { missing: [], twice: [] },
    leaks: [],
    memory: new Map([['web 0', 200]]),
    left: { deliveries: 0 },
    agreedAfterMs: 9_000,
    surface: [
      { chat: 'one', to: 'down', at: 1_000, fell: 'one' },
      { chat: 'two', to: 'down', at: 1_500, fell: 'another' },
      { chat: 'one', to: 'down', at: 2_000, fell: 'one' },
      { chat: 'one', to: 'down', at: 8_000, fell: 'two' },
    ],
    downAfterMs: 0,
    deaths: [],
    putAside: [],
    badAnswers: [],
    calmAfterMs: 0,
  };

  it('finds nothing wrong with a good one', () => {
    expect([...breachesInRoom(room), ...breachesInFleet(fleet, LIMITS)]).toEqual([]);
  });

  it.each<[string, string, Partial<RoomHistory>]>([
    [
      'I1',
      'a post that was acknowledged and is gone',
      {
        log: room.log.slice(0, 2),
        shown: ['a', 'x'],
        streams: [[1, 2]],
        chats: [{ ...EMPTY, name: 'one', said: [], shown: ['a'], shownInOrder: ['a'] }],
      },
    ],
    ['I1', 'a message of a chat that never came', one({ said: [...room.chats[0]!.said, { author: 'ana', text: 'z' }] })],
    ['I1', 'a post that a chat was never told', one({ shown: ['a', 'y'], shownInOrder: ['a', 'y'] })],
    ['I1', 'what was said in another chat and this one was never told', one({ shown: ['a', 'b'], shownInOrder: ['a', 'b'] })],
    ['I1', 'an incident without a room in a chat', one({ rooms: [] })],
    ['I2', 'a post that a chat shows twice', one({ shown: ['a', 'b', 'b', 'y'] })],
    ['I2', 'what is told to the chat in which it was said', one({ shown: ['a', 'x', 'b', 'y'] })],
    ['I2', 'a message that came from a chat twice', { log: [...room.log, { seq: 5, text: 'x' }], streams: [[1, 2, 3, 4, 5]] }],
    ['I2', 'two rooms in a chat for one incident', one({ rooms: ['inc-1-a', 'inc-1-a-2'] })],
    ['I3', 'a chat that shows another order than the log', one({ shownInOrder: ['b', 'a', 'y'] })],
    ['I3', 'two webs that tell it differently', { toldBy: ['the room', 'another'] }],
    ['I4', 'tables that say another thing than the log', { notTheLog: ['status'] }],
  ])('finds %s broken by %s', (invariant, _what, change) => {
    expect(breachesInRoom({ ...room, ...change }).map((breach) => breach.invariant)).toEqual([invariant]);
  });

  it('says where two webs part', () => {
    const [breach] = breachesInRoom({ ...room, toldBy: ['the room is quiet', 'the room is loud'] });

    expect(breach?.what).toContain('…the room is quiet and …the room is loud');
  });

  it.each<[string, string, Partial<FleetHistory>]>([
    ['I1', 'an incident that was acknowledged and is gone', { incidents: { missing: ['a'], twice: [] } }],
    ['I2', 'an incident that was declared once and is there twice', { incidents: { missing: [], twice: ['a'] } }],
    ['I5', 'a stranger who met a private incident', { leaks: ['the search'] }],
    ['I6', 'a process that grew', { memory: new Map([['web 0', 600]]) }],
    ['I7', 'what waits for ever', { agreedAfterMs: null, left: { deliveries: 1 } }],
    ['I7', 'what waited too long', { agreedAfterMs: 61_000 }],
    ['I8', 'a chat that is called down for ever', { downAfterMs: null }],
    [
      'I8',
      'a chat that is called down twice too soon',
      { surface: [...fleet.surface, { chat: 'one', to: 'down', at: 9_000, fell: 'three' }] },
    ],
    ['I9', 'a process that ended by itself', { deaths: ['web 0'] }],
    ['I9', 'something that was put aside', { putAside: ['inbox'] }],
    ['I9', 'a wrong answer to what nobody could have meant', { badAnswers: ['500'] }],
  ])('finds %s broken by %s', (invariant, _what, change) => {
    expect(breachesInFleet({ ...fleet, ...change }, LIMITS).map((breach) => breach.invariant)).toEqual([invariant]);
  });

  it('calls what still waits late, and not lost', () => {
    const still = { rooms: [], waiting: { texts: ['b', 'y'], room: true } };
    const late = { ...room, ...one({ ...still, shown: ['a'], shownInOrder: ['a'] }) };

    expect(breachesInRoom(late)).toEqual([]);
    const lost = { ...room, ...one({ ...still, shown: [], shownInOrder: [] }) };
    expect(breachesInRoom(lost).map(({ what }) => what)).toEqual(['INC-1: never told to the chat: a (one)']);
  });

  it('takes a second room for right where a person said that it is to be opened again', () => {
    expect(breachesInRoom({ ...room, ...one({ rooms: ['a thread', 'another'], openedAgain: 1 }) })).toEqual([]);
  });

  it('counts times from when the machine had time for it', () => {
    const kept = { ...fleet, calmAfterMs: 30_000, agreedAfterMs: 89_000, downAfterMs: 39_000 };

    expect(breachesInFleet(kept, LIMITS)).toEqual([]);
    expect(breachesInFleet({ ...kept, agreedAfterMs: 91_000 }, LIMITS).map(({ invariant }) => invariant)).toEqual(['I7']);
    expect(breachesInFleet({ ...kept, downAfterMs: 41_000 }, LIMITS).map(({ invariant }) => invariant)).toEqual(['I8']);
  });

  it('says what it cannot judge on a machine that never had time for it', () => {
    const never = { ...fleet, calmAfterMs: null, agreedAfterMs: null, downAfterMs: null, left: { deliveries: 2 } };

    expect(breachesInFleet(never, LIMITS)).toEqual([]);
    expect(unjudgedInFleet(never, LIMITS)).toEqual([
      'still waiting long after the last trouble: 2 deliveries',
      'a chat is well and was called down for ever ms',
    ]);
    expect(unjudgedInFleet({ ...never, calmAfterMs: 0 }, LIMITS)).toEqual([]);
  });
});
