// npm run simulate: bad nights of the workers in simulated time (test/chaos/simulation). SEED=7 lives through one of them and
// tells it; NIGHTS=500 says how many; FIRST=1 with which seed they begin.
import './node-version.mjs';
import { availableParallelism } from 'node:os';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { transpile } from './transpile.mjs';

const { prepare } = await import('./prepare/prepare.mjs');
if (!process.env.NO_PREPARE) await prepare();

const FROM = 'test/chaos/simulation';
const root = new URL('..', import.meta.url).pathname;
const files = await readdir(join(root, FROM), { recursive: true });
await transpile(files.filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts')).map((file) => join(FROM, file)));

const { env } = process;
if (env.SEED !== undefined) {
  const { liveThrough } = await import(join(root, 'dist', FROM, 'night.js'));
  const { schedule, story, breaches, simulatedMs, left } = await liveThrough(Number(env.SEED));
  console.log(schedule);
  for (const line of story) console.log(`  ${line}`);
  for (const line of left) console.log(`  still there: ${line}`);
  console.log(`${(simulatedMs / 1_000).toFixed(1)} s were lived through.`);
  for (const { invariant, what } of breaches) console.log(`${invariant} does not hold: ${what}`);
  process.exit(breaches.length > 0 ? 1 : 0);
}

const nights = Number(env.NIGHTS ?? 20_000);
const first = Number(env.FIRST ?? 1);
const workers = availableParallelism();
const began = performance.now();
const parts = await Promise.all(
  Array.from({ length: workers }, (_, n) => {
    const worker = new Worker(join(root, 'dist', FROM, 'live-through-many.js'), {
      workerData: { first: first + n, step: workers, end: first + nights },
    });
    return new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  }),
);
const failed = parts.flatMap(({ failed: some }) => some).sort((a, b) => a.seed - b.seed);
const seconds = (performance.now() - began) / 1_000;
const { user, system } = process.cpuUsage();
const hours = parts.reduce((sum, { simulatedMs }) => sum + simulatedMs, 0) / 3_600_000;
console.log(
  `${nights} nights in ${seconds.toFixed(1)} s (${((user + system) / 1_000 / nights).toFixed(2)} ms of a processor each, ${workers} at a time, ${hours.toFixed(0)} h lived through): ${failed.length} went wrong.`,
);
for (const { seed, breaches } of failed.slice(0, 20))
  console.log(`SEED=${seed} npm run simulate   # ${breaches[0].invariant}: ${breaches[0].what}`);
process.exit(failed.length > 0 ? 1 : 0);
