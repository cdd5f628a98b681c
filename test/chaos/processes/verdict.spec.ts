import { type FleetHistory, type Limits, type RoomHistory, breachesInFleet, breachesInRoom, unjudgedInFleet } from './verdict.ts';

const LIMITS: Limits = { memoryMib: 512, agreeMs: 60_000, downMs: 10_000, betweenFallsMs: 6_000 };

describe('Judging what a fleet lived through', () => {
  const room: RoomHistory = {
    reference: 'INC-1',
    posts: ['a', 'b'].map((text, n) => ({ id: text, author: 'w', text, invokedAt: n, acknowledgedAt: n + 1 })),
    saidInChat: [{ author: 'ana', text: 'x' }],
    log: ['a', 'x', 'b'].map((text, n) => ({ seq: n + 1, text })),
    shown: ['a', 'x', 'b'],
    streams: [[1, 2, 3]],
    shownInChat: ['a', 'b'],
    shownInOrder: ['a', 'b'],
    toldBy: ['the room', 'the room'],
    notTheLog: [],
    channels: ['inc-1-a'],
    waiting: { texts: [], room: false },
  };
  const fleet: FleetHistory = {
    incidents: { missing: [], twice: [] },
    leaks: [],
    memory: new Map([['web 0', 200]]),
    left: { deliveries: 0 },
    agreedAfterMs: 9_000,
    surface: [
      { to: 'down', at: 1_000, fell: 'one' },
      { to: 'down', at: 2_000, fell: 'one' },
      { to: 'down', at: 8_000, fell: 'two' },
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
      { log: room.log.slice(0, 2), shown: ['a', 'x'], shownInChat: ['a'], streams: [[1, 2]] },
    ],
    ['I1', 'a message of the chat that never came', { saidInChat: [...room.saidInChat, { author: 'ana', text: 'y' }] }],
    ['I1', 'a post that the chat was never told', { shownInChat: ['a'], shownInOrder: ['a'] }],
    ['I1', 'an incident without a room in the chat', { channels: [] }],
    ['I2', 'a post that the chat shows twice', { shownInChat: ['a', 'b', 'b'] }],
    ['I2', 'a message that came from the chat twice', { log: [...room.log, { seq: 4, text: 'x' }], streams: [[1, 2, 3, 4]] }],
    ['I2', 'two rooms in the chat for one incident', { channels: ['inc-1-a', 'inc-1-a-2'] }],
    ['I3', 'a chat that shows another order than the log', { shownInOrder: ['b', 'a'] }],
    ['I3', 'two webs that tell it differently', { toldBy: ['the room', 'another'] }],
    ['I4', 'tables that say another thing than the log', { notTheLog: ['status'] }],
  ])('finds %s broken by %s', (invariant, _what, change) => {
    expect(breachesInRoom({ ...room, ...change }).map((breach) => breach.invariant)).toEqual([invariant]);
  });

  it.each<[string, string, Partial<FleetHistory>]>([
    ['I1', 'an incident that was acknowledged and is gone', { incidents: { missing: ['a'], twice: [] } }],
    ['I2', 'an incident that was declared once and is there twice', { incidents: { missing: [], twice: ['a'] } }],
    ['I5', 'a stranger who met a private incident', { leaks: ['the search'] }],
    ['I6', 'a process that grew', { memory: new Map([['web 0', 600]]) }],
    ['I7', 'what waits for ever', { agreedAfterMs: null, left: { deliveries: 1 } }],
    ['I7', 'what waited too long', { agreedAfterMs: 61_000 }],
    ['I8', 'a chat that is called down for ever', { downAfterMs: null }],
    ['I8', 'a chat that is called down twice too soon', { surface: [...fleet.surface, { to: 'down', at: 9_000, fell: 'three' }] }],
    ['I9', 'a process that ended by itself', { deaths: ['web 0'] }],
    ['I9', 'something that was put aside', { putAside: ['inbox'] }],
    ['I9', 'a wrong answer to what nobody could have meant', { badAnswers: ['500'] }],
  ])('finds %s broken by %s', (invariant, _what, change) => {
    expect(breachesInFleet({ ...fleet, ...change }, LIMITS).map((breach) => breach.invariant)).toEqual([invariant]);
  });

  it('calls what still waits late, and not lost', () => {
    const late = { ...room, shownInChat: ['a'], shownInOrder: ['a'], channels: [], waiting: { texts: ['b'], room: true } };

    expect(breachesInRoom(late)).toEqual([]);
    expect(breachesInRoom({ ...late, shownInChat: [], shownInOrder: [] }).map(({ what }) => what)).toEqual([
      'INC-1: never told to the chat: a',
    ]);
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
      'the chat is well and was called down for ever ms',
    ]);
    expect(unjudgedInFleet({ ...never, calmAfterMs: 0 }, LIMITS)).toEqual([]);
  });
});
