import { freshDatabase } from '#test/support/database';
import { type Found, withFaultyCalls } from './slack-calls.ts';
import { goalsOf } from './slack-goals.ts';

/** A few hundred of the ten thousand posts of `npm run chaos -- R7`, faster. */
describe('Speaking to a chat of whose calls two in five go wrong', () => {
  const seed = Number(process.env['MUSTER_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  let found: Found;

  beforeAll(async () => {
    const { url, drop } = await freshDatabase();
    try {
      found = await withFaultyCalls({ databaseUrl: url, seed, rooms: 20, postsARoom: 15, seconds: 8, pace: 60, share: 0.4 });
    } finally {
      await drop();
    }
    const { calls, ...rest } = found;
    console.info(`faulty calls, seed ${seed}: ${JSON.stringify(rest)}, calls ${JSON.stringify(calls)}`);
  }, 300_000);

  it('meets faults of every kind', () => {
    expect(Object.keys(found.calls).length).toBeGreaterThan(8);
    expect(found.posts).toBeGreaterThanOrEqual(300);
  });

  it('says each post once, in order, in the end, and does not let one room wait for another', () => {
    expect(goalsOf(found).filter(({ met, byTheClock }) => !met && !byTheClock)).toEqual([]);
  });

  it('has something to put right afterwards', () => {
    expect(found.lostBefore).toBeGreaterThan(0);
  });
});
