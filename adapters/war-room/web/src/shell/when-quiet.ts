/**
 * Fetches parts of the page that open at a press, once the page itself is there: they must open at once, and also when
 * the server is gone by then.
 */
export function whenQuiet(...loads: readonly (() => Promise<unknown>)[]): () => void {
  const timer = setTimeout(() => {
    for (const load of loads) load().catch(() => undefined);
  }, 600);
  return () => clearTimeout(timer);
}
