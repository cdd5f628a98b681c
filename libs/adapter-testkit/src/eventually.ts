import { setImmediate as turn } from 'node:timers/promises';
import { patient } from './patience.ts';

const PATIENCE_MS = 2_000;

/** Looks again at each turn of the event loop until there is something to return. Throws, naming what it waited for. */
export async function eventually<T>(what: string, look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  const started = performance.now();
  const most = patient(PATIENCE_MS);
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() - started > most) throw new Error(`Waited ${most} ms for ${what}`);
    await turn();
  }
}

const QUIET_MS = 25;

/**
 * Gives what should not happen the time to happen, on this event loop and over the loopback, so that "it did not" means
 * something. There is no condition to wait for here: an absence can only be watched for a while.
 */
export async function settle(): Promise<void> {
  const started = performance.now();
  while (performance.now() - started < QUIET_MS) await turn();
}
