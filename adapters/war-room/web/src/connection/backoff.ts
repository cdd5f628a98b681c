export const FIRST_RETRY_MS = 250;
export const LONGEST_RETRY_MS = 15_000;

/**
 * How long to wait before asking again. The first time hardly at all: most losses are one dropped connection. Then twice
 * as long each time up to the cap, with half of it random, so that a room full of people does not come back at once.
 */
export function retryDelay(attempt: number, random: number): number {
  const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt);
  return Math.round(longest / 2 + (longest / 2) * random);
}

/** Resolves after the delay of this attempt, or at once when `wake` fires. */
export function pauseBeforeRetry(attempt: number, wake: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (wake.aborted) return resolve();
    const timer = setTimeout(resolve, retryDelay(attempt, Math.random()));
    wake.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
