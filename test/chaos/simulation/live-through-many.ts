import { parentPort, workerData } from 'node:worker_threads';
import { liveThrough } from './night.ts';
import type { Rule } from './rules.ts';
import { withoutTraces } from './without-traces.ts';

/** Every so many seeds, in a thread of their own. */
const { first, step, end, without } = workerData as { first: number; step: number; end: number; without: Rule | null };
withoutTraces();
const failed: { seed: number; breaches: unknown }[] = [];
let simulatedMs = 0;
for (let seed = first; seed < end; seed += step) {
  const night = await liveThrough(seed, { without });
  simulatedMs += night.simulatedMs;
  if (night.breaches.length > 0) failed.push({ seed, breaches: night.breaches });
}
parentPort?.postMessage({ failed, simulatedMs });
