import { type Outcome, liveThrough } from './night.ts';
import type { Without } from './worker-process.ts';

const NIGHTS = 2_000;
/** A rule that is missing has to be missed within so many. */
const CAUGHT_WITHIN = 200;

const replay = ({ schedule, breaches }: Outcome): string =>
  `SEED=${schedule.seed} npm run simulate   # ${breaches.map(({ invariant, what }) => `${invariant}: ${what}`).join('; ')}`;

async function firstCaught(without: Without): Promise<Outcome | null> {
  for (let seed = 1; seed <= CAUGHT_WITHIN; seed++) {
    const night = await liveThrough(seed, without);
    if (night.breaches.length > 0) return night;
  }
  return null;
}

describe('Bad nights of the workers, in simulated time', () => {
  it(`[I1–I4 I7 I9] keeps every promise through ${NIGHTS.toLocaleString('en')} of them`, async () => {
    const wrong: string[] = [];
    for (let seed = 1; seed <= NIGHTS && wrong.length < 5; seed++) {
      const night = await liveThrough(seed);
      if (night.breaches.length > 0) wrong.push(replay(night));
    }

    expect(wrong).toEqual([]);
  }, 120_000);

  it('lives through the same night again by its seed', async () => {
    const [one, again] = [await liveThrough(57), await liveThrough(57)];

    expect(one.story.length).toBeGreaterThan(5);
    expect(again).toEqual(one);
  });

  it.each<[string, Without, string]>([
    ['the settle delay', { settleDelay: true }, 'I2'],
    ['the index that dedupes the inbox', { dedupe: true }, 'I2'],
    ['the counter of claims', { claimCounter: true }, 'I9'],
    ['the sweeper', { sweeper: true }, 'I2'],
  ])(
    `misses %s within ${CAUGHT_WITHIN} nights`,
    async (what, without, invariant) => {
      const caught = await firstCaught(without);

      console.info(`without ${what}, caught by seed ${caught?.schedule.seed}: ${caught?.breaches[0]?.what}`);
      expect(caught?.breaches.map((breach) => breach.invariant)).toContain(invariant);
    },
    60_000,
  );
});
