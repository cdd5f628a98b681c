import { liveThrough } from './night.ts';
import type { Schedule } from './schedule.ts';
import { withoutTraces } from './without-traces.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const EACH = 1_000;

/** The chat is away from the first minute on; people write on both sides all day. */
const AWAY_FOR_A_DAY: Partial<Schedule> = {
  rooms: 1,
  unopened: 0,
  processes: 1,
  posts: EACH,
  says: EACH,
  healsAt: DAY + MINUTE,
  outage: { from: MINUTE, to: DAY + MINUTE, suspectAt: MINUTE + 20_000, parkAt: 2 * MINUTE, backAt: DAY + MINUTE + 10_000 },
  callFaults: [],
  badWrites: 0,
  badReads: 0,
  badEvents: 0,
  badStatements: 0,
  stalls: 0,
  kills: 0,
  mostDeaths: 0,
  poison: null,
  isGathered: false,
  isSwept: false,
  takenAway: 0,
  isSlow: true,
  beside: null,
};

describe('A chat that is away for a day while a thousand messages are written on each side', () => {
  let withTraces: () => void;
  beforeAll(() => {
    withTraces = withoutTraces();
  });
  afterAll(() => withTraces());

  it('is told all of it and tells all of it when it is back: 0 missing, 0 twice, in order, and the summary counts them', async () => {
    const day = await liveThrough(20250226, { given: AWAY_FOR_A_DAY });

    expect({ breaches: day.breaches, left: day.left }).toEqual({ breaches: [], left: [] });
    expect(day.simulatedMs).toBeGreaterThan(DAY);
    expect(day.exchanged).toHaveLength(1);
    // What was written before it went away needed no exchange.
    expect(day.exchanged[0]?.inbound).toBeGreaterThan(EACH * 0.98);
    expect(day.exchanged[0]?.outbound).toBeGreaterThan(EACH * 0.98);
  }, 240_000);
});
