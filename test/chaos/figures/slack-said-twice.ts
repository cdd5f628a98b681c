import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { withFaultyCalls } from '#test/chaos/processes/slack-calls';
import { goalsOf } from '#test/chaos/processes/slack-goals';
import type { Asked, Figure, Figures } from './figure.types.ts';

const WHOLE = { rooms: 40, postsARoom: 250, seconds: 230, pace: 25, share: 0.4 };
const SMALL = { ...WHOLE, postsARoom: 15, seconds: 15 };
/** Beside the figure: everything that was counted. */
const REPORT = 'test/bench/faulty-calls.json';

async function saidTwice({ seed, isSmall, durableDatabase }: Asked): Promise<Figure> {
  const plan = { seed, ...(isSmall ? SMALL : WHOLE) };
  const database = await durableDatabase();
  const began = Date.now();
  try {
    const found = await withFaultyCalls({ ...plan, databaseUrl: database.url });
    const goals = goalsOf(found);
    for (const { met, name, value, goal } of goals)
      console.log(`${met ? 'met ' : 'MISS'}  ${String(value).padStart(6)}  (${goal})  ${name}`);
    const seconds = Math.round((Date.now() - began) / 1_000);
    const report = { at: new Date().toISOString(), node: process.version, cpus: cpus().length, seconds, plan, goals, found };
    if (!isSmall) writeFileSync(REPORT, `${JSON.stringify(report, null, 2)}\n`);
    const wrong = goals.filter(({ met }) => !met).map(({ name, value }) => `${name}: ${value}`);
    return {
      goal: 'with 40 % of the calls faulty, at most 0.01 % of the posts twice in the chat before the sweeper, none after; none missing, each room in order',
      measured: [
        `${found.twiceBefore.length} of ${found.posts.toLocaleString('en')} posts twice before, ${found.twiceAfter.length} after`,
        `${found.missingAfter.length} missing, ${found.outOfOrder.length} out of order`,
        ...wrong,
      ].join('; '),
      pass: wrong.length === 0,
    };
  } finally {
    await database.stop();
  }
}

export const figures: Figures = { R7: saidTwice };
