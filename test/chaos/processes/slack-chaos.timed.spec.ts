import { type Lived, liveThroughChaos } from './slack-chaos.ts';

const SCHEDULES = 20;

/** Twenty of the thousand schedules of `npm run chaos -- --schedules 1000`. */
describe('Real processes in trouble', () => {
  const seed = Number(process.env['MUSTER_SEED'] ?? 7);
  let lived: Lived;

  beforeAll(async () => {
    const told: string[] = [];
    for await (const one of liveThroughChaos({ seed, schedules: SCHEDULES, pace: 100 }, (line) => told.push(line))) lived = one;
    const { breaches, memory, ...rest } = lived;
    console.info(`npm run chaos -- --seed ${seed} --schedules ${SCHEDULES}: ${JSON.stringify({ ...rest, memory: [...memory] })}`);
    if (breaches.length > 0) console.info(told.join('\n'));
  }, 400_000);

  it('keep every promise', () => {
    expect(lived.breaches).toEqual([]);
  });

  it('had something to do', () => {
    expect(lived.posts).toBeGreaterThan(SCHEDULES * 10);
  });
});
