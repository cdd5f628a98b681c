/** What time it is, and how to be woken later. Passed in, so that a worker's days can be lived through in milliseconds. */
export interface Clock {
  now(): number;
  /** Does the task once, after so long. The answer calls it off. */
  later(ms: number, task: () => void): () => void;
}

export const REAL_CLOCK: Clock = {
  now: () => Date.now(),
  later(ms, task) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

/** Waits so long, or until the signal. */
export function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const over = (): void => {
      callOff();
      signal.removeEventListener('abort', over);
      resolve();
    };
    const callOff = clock.later(ms, over);
    signal.addEventListener('abort', over);
  });
}

/** Does the work with a signal that ends it after so long, or when it is to stop. */
export async function within<T>(clock: Clock, ms: number, stopping: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const end = new AbortController();
  const over = (): void => end.abort();
  if (stopping.aborted) over();
  const callOff = clock.later(ms, over);
  stopping.addEventListener('abort', over);
  try {
    return await work(end.signal);
  } finally {
    callOff();
    stopping.removeEventListener('abort', over);
  }
}
