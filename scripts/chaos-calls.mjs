// npm run chaos:calls: 10,000 posts to a pretend Slack of whose calls 40 % go wrong, through real processes (test/chaos/processes).
// SEED=7 draws the same faults again; POSTS, ROOMS and SECONDS make it smaller. Writes test/bench/faulty-calls.json when it is whole.
import './node-version.mjs';
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { inProject } from './prepare/project.mjs';
import { transpile } from './transpile.mjs';

const { prepare } = await import('./prepare/prepare.mjs');
await prepare();
const here = 'test/chaos/processes';
await transpile([
  ...['slack-calls', 'slack-faults', 'slack-goals', 'slack-tally'].map((name) => `${here}/${name}.ts`),
  ...['history', 'not-told', 'random', 'writers'].map((name) => `test/processes/kill/${name}.ts`),
  'test/processes/running-muster.ts',
  'test/processes/slack-shows.ts',
  'test/processes/several/one-process.ts',
  'test/support/free-port.ts',
  'test/support/until.ts',
]);
const { withFaultyCalls } = await import(inProject('dist', here, 'slack-calls.js'));
const { goalsOf } = await import(inProject('dist', here, 'slack-goals.js'));
const { durableDatabase } = await import('../test/bench/support.mjs');

const { env } = process;
const plan = {
  seed: Number(env.SEED ?? randomInt(2 ** 31)),
  rooms: Number(env.ROOMS ?? 40),
  posts: Number(env.POSTS ?? 10_000),
  seconds: Number(env.SECONDS ?? 230),
  pace: 25,
  share: 0.4,
};
console.log(
  `SEED=${plan.seed}: ${plan.posts} posts in ${plan.rooms} rooms within ${plan.seconds} s, ${plan.share * 100} % of the calls go wrong.`,
);
const database = await durableDatabase();
const began = Date.now();
try {
  const { posts, ...rest } = plan;
  const found = await withFaultyCalls({ ...rest, postsARoom: Math.ceil(posts / plan.rooms), databaseUrl: database.url });
  const goals = goalsOf(found);
  for (const { met, name, value, goal } of goals) console.log(`${met ? 'met ' : 'MISS'}  ${String(value).padStart(6)}  (${goal})  ${name}`);
  const seconds = Math.round((Date.now() - began) / 1_000);
  const report = { at: new Date().toISOString(), node: process.version, cpus: cpus().length, seconds, plan, goals, found };
  if (posts >= 10_000) writeFileSync(inProject('test', 'bench', 'faulty-calls.json'), `${JSON.stringify(report, null, 2)}\n`);
  console.log(JSON.stringify(report));
  process.exitCode = goals.every(({ met }) => met) ? 0 : 1;
} finally {
  await database.stop();
}
