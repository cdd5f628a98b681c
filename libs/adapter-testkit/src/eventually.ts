import { setImmediate as turn } from 'node:timers/promises';

const PATIENCE_MS = 2_000;

/** Looks again at each turn of the event loop until there is something to return. Throws, naming what it waited for. */
export async function eventually<T>(what: string, look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  const started = performance.now();
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() - started > PATIENCE_MS) throw new Error(`Waited ${PATIENCE_MS} ms for ${what}`);
    await turn();
  }
}

/** Lets everything that can run without waiting for anybody run, so that "it did not happen" means something. */
export async function settle(turns = 20): Promise<void> {
  for (let i = 0; i < turns; i += 1) await turn();
}
