import { useCallback, useEffect, useState } from 'react';
import { Refused } from '../api/errors.ts';

export type Loaded<T> =
  | { readonly name: 'loading' }
  /** `stale`: the last asking failed, this is what was known before. */
  | { readonly name: 'here'; readonly value: T; readonly stale: boolean }
  | { readonly name: 'signed-out' }
  | { readonly name: 'failed'; readonly why: string };

/** Loads, and again every `everyMs` while the page is looked at, and on coming back to it. `load` must keep its identity. */
export function useLoaded<T>(load: () => Promise<T>, everyMs: number): readonly [Loaded<T>, (value: T) => void] {
  const [state, setState] = useState<Loaded<T>>({ name: 'loading' });

  useEffect(() => {
    let gone = false;
    let asking = false;
    const once = async (): Promise<void> => {
      if (asking || document.visibilityState === 'hidden') return;
      asking = true;
      try {
        const value = await load();
        if (!gone) setState({ name: 'here', value, stale: false });
      } catch (error) {
        if (!gone) setState((before) => afterFailure(before, error));
      }
      asking = false;
    };
    void once();
    const timer = setInterval(() => void once(), everyMs);
    const again = (): void => void once();
    document.addEventListener('visibilitychange', again);
    addEventListener('online', again);
    return () => {
      gone = true;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', again);
      removeEventListener('online', again);
    };
  }, [load, everyMs]);

  return [state, useCallback((value: T) => setState({ name: 'here', value, stale: false }), [])];
}

function afterFailure<T>(before: Loaded<T>, error: unknown): Loaded<T> {
  if (error instanceof Refused && error.status === 401) return { name: 'signed-out' };
  if (before.name === 'here') return { ...before, stale: true };
  return { name: 'failed', why: error instanceof Error ? error.message : 'Muster did not answer.' };
}
