// Loaded before a process of Muster (--import, inherited by the processes it starts): at SIGUSR2 everything that can be collected is, and
// what is left of the heap becomes a line of the file SOAK_HEAPS/<pid>. The file is there as soon as the process can be asked.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
import { isMainThread } from 'node:worker_threads';

const { SOAK_HEAPS: HEAPS } = process.env;
const isMuster = /\/(start\.mjs|process\.js)$/.test(process.argv[1] ?? '');

if (HEAPS && isMainThread && isMuster) {
  v8.setFlagsFromString('--expose-gc');
  const collect = vm.runInNewContext('gc');
  const file = join(HEAPS, String(process.pid));
  process.on('SIGUSR2', () => {
    // What the first one finalizes, the second one takes.
    collect();
    collect();
    appendFileSync(file, `${JSON.stringify({ who: process.title, heap: process.memoryUsage().heapUsed })}\n`);
  });
  appendFileSync(file, '');
}
