import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import { pauseBeforeRetry } from '../connection/backoff.ts';
import { lateParts } from './late-parts.ts';

/** After about ten seconds of trying, people are told. */
const TRIES_IN_SILENCE = 6;
const NEVER = new AbortController().signal;

export type Part<P> = LazyExoticComponent<ComponentType<P>> & {
  /** Ahead of its first showing, so that it opens at once, and also when Muster is away by then. */
  readonly fetch: () => Promise<unknown>;
};

/**
 * A part of the page with a file of its own, fetched when it is first shown. While it cannot be had the rest of the page
 * goes on without it: the moment in which Muster is away is the moment in which people need what they have.
 */
export function part<P>(load: () => Promise<ComponentType<P>>): Part<P> {
  let asked: Promise<{ default: ComponentType<P> }> | undefined;
  const fetch = (): Promise<{ default: ComponentType<P> }> => (asked ??= patiently(load).then((loaded) => ({ default: loaded })));
  return Object.assign(lazy(fetch), { fetch });
}

/** Asks until it has it; never rejects. */
export async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      const loaded = await load();
      lateParts.arrived(load);
      return loaded;
    } catch {
      if (attempt >= TRIES_IN_SILENCE) lateParts.missing(load);
      await pauseBeforeRetry(attempt, NEVER);
    }
  }
}
