/** Longer than one request to the server is waited for: whoever holds a turn for longer does not run any more. */
const PATIENCE_MS = 20_000;

/**
 * Does it while no other page of this browser does the same. A page that was put to sleep in its turn loses it: then two may send one
 * entry, whose id makes that harmless, and nobody waits for ever.
 */
export function inTurn<T>(locks: LockManager, name: string, work: () => Promise<T>): Promise<T> {
  let begun: Promise<T> | undefined;
  const hold = async (options: LockOptions): Promise<T> => {
    try {
      return await locks.request(name, options, () => (begun = work()));
    } catch (error) {
      // Taken away in the middle: what was begun ends by itself.
      if (begun) return await begun;
      throw error;
    }
  };
  return hold({ signal: AbortSignal.timeout(PATIENCE_MS) })
    .catch(() => begun ?? hold({ steal: true }))
    .catch(() => begun ?? work());
}
