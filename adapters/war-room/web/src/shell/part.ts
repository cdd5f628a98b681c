import { type ComponentType, createElement, lazy, type ReactNode, useState } from 'react';
import { pauseBeforeRetry } from '../connection/backoff.ts';
import { lateParts } from './late-parts.ts';

/** After about ten seconds of trying, people are told. */
const TRIES_IN_SILENCE = 6;
const NEVER = new AbortController().signal;

export type Part<P> = ComponentType<P> & {
  /** Ahead of its first showing, so that it opens at once, and also when Muster is away by then. */
  readonly fetch: () => Promise<unknown>;
};

/**
 * A part of the page with a file of its own, fetched when it is first shown. While it cannot be had the rest of the page
 * goes on without it: the moment in which Muster is away is the moment in which people need what they have.
 */
export function part<P extends object>(load: () => Promise<ComponentType<P>>): Part<P> {
  let here: ComponentType<P> | undefined;
  let asked: Promise<{ default: ComponentType<P> }> | undefined;
  const fetch = (): Promise<{ default: ComponentType<P> }> =>
    (asked ??= patiently(load).then((loaded) => {
      here = loaded;
      return { default: loaded };
    }));
  const Late: ComponentType<P> = lazy(fetch);
  // `lazy` waits once even for what is there, and what has waited is held back by React for 300 ms.
  function Shown(props: P): ReactNode {
    const [One] = useState(() => here ?? Late);
    return createElement(One, props);
  }
  return Object.assign(Shown, { fetch });
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
