import type { Breach } from './invariants.ts';
import { type Outcome, liveThrough } from './night.ts';
import { RULES, type Rule } from './rules.ts';
import { withoutTraces } from './without-traces.ts';

const NIGHTS = 2_000;
/** A rule that is missing has to be missed within so many. */
const CAUGHT_WITHIN = 200;

const replay = ({ schedule, breaches }: Outcome): string =>
  `npm run simulate -- --seed ${schedule.seed}   # ${breaches.map(({ invariant, what }) => `${invariant}: ${what}`).join('; ')}`;

async function firstCaught(without: Rule, by: Breach['invariant']): Promise<Outcome | null> {
  for (let seed = 1; seed <= CAUGHT_WITHIN; seed++) {
    const night = await liveThrough(seed, { without });
    if (night.breaches.some(({ invariant }) => invariant === by)) return night;
  }
  return null;
}

/** What breaks without each of them. A promise may be kept by several; each has to be kept by one at least. */
const MISSED: Readonly<Record<Rule, Breach['invariant']>> = {
  'kept before it is acknowledged': 'I1',
  'handled once': 'I2',
  'all of a transaction or nothing': 'I9',
  'claims are counted': 'I9',
  'a room being made is waited for': 'I1',
  'the newest version stands': 'I7',
  'said in order': 'I3',
  'settled before said again': 'I2',
  'lost attempts are looked for': 'I7',
  'a chat that may be away is waited for': 'I9',
  'what was said is swept': 'I1',
  'a room in doubt is for a person': 'I2',
};

describe('Bad nights of the workers, in simulated time', () => {
  let withTraces: () => void;
  beforeAll(() => {
    withTraces = withoutTraces();
  });
  afterAll(() => withTraces());

  it(`[I1–I4 I7 I9] keeps every promise through ${NIGHTS.toLocaleString('en')} of them`, async () => {
    const wrong: string[] = [];
    for (let seed = 1; seed <= NIGHTS && wrong.length < 5; seed++) {
      const night = await liveThrough(seed);
      if (night.breaches.length > 0) wrong.push(replay(night));
    }

    expect(wrong).toEqual([]);
  }, 240_000);

  it('lives through the same night again by its seed', async () => {
    const [one, again] = [await liveThrough(57, { isTold: true }), await liveThrough(57, { isTold: true })];

    expect(one.story.length).toBeGreaterThan(5);
    expect(again).toEqual(one);
  });

  it.each(RULES)(
    `misses "%s" within ${CAUGHT_WITHIN} nights`,
    async (rule) => {
      const caught = await firstCaught(rule, MISSED[rule]);

      expect(caught?.breaches.map(({ invariant }) => invariant)).toContain(MISSED[rule]);
    },
    60_000,
  );
});
