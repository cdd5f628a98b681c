// npm run simulate: bad nights of the workers in simulated time (test/chaos/simulation). `-- --seed 7` lives through one of them and
// tells it; --nights 500 says how many, --first 9000 with which seed they begin, --without "said in order" which rule is not kept.
import './node-version.mjs';
import { availableParallelism } from 'node:os';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { transpile } from './transpile.mjs';

const given = parseArgs({
  options: {
    seed: { type: 'string' },
    nights: { type: 'string', default: '20000' },
    first: { type: 'string', default: '1' },
    without: { type: 'string' },
  },
}).values;

const { prepare } = await import('./prepare/prepare.mjs');
if (!process.env.NO_PREPARE) await prepare();

const FROM = 'test/chaos/simulation';
const root = new URL('..', import.meta.url).pathname;
const files = await readdir(join(root, FROM), { recursive: true });
await transpile(files.filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts')).map((file) => join(FROM, file)));

const simulated = (name) => import(join(root, 'dist', FROM, name));
const { RULES } = await simulated('rules.js');
const without = given.without ?? null;
if (without !== null && !RULES.includes(without)) {
  console.error(`There is no rule "${without}". These can be taken away:\n${RULES.map((rule) => `  ${rule}`).join('\n')}`);
  process.exit(2);
}

if (given.seed !== undefined) {
  const { liveThrough } = await simulated('night.js');
  const { schedule, story, breaches, simulatedMs, left } = await liveThrough(Number(given.seed), { without, isTold: true });
  console.log(schedule);
  for (const line of story) console.log(line);
  for (const line of left) console.log(`Still waiting: ${line}`);
  console.log(`${(simulatedMs / 1_000).toFixed(1)} s were lived through.`);
  for (const { invariant, what } of breaches) console.log(`${invariant} does not hold: ${what}`);
  process.exit(breaches.length > 0 ? 1 : 0);
}

const nights = Number(given.nights);
const first = Number(given.first);
const workers = availableParallelism();
const began = performance.now();
const parts = await Promise.all(
  Array.from({ length: workers }, (_, n) => {
    const worker = new Worker(join(root, 'dist', FROM, 'live-through-many.js'), {
      workerData: { first: first + n, step: workers, end: first + nights, without },
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
const also = without === null ? '' : ` --without "${without}"`;
for (const { seed, breaches } of failed.slice(0, 20))
  console.log(`npm run simulate -- --seed ${seed}${also}   # ${breaches[0].invariant}: ${breaches[0].what}`);
process.exit(failed.length > 0 ? 1 : 0);
