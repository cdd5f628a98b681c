const late = new Set<unknown>();
const listeners = new Set<() => void>();

/** The parts of the page that could not be fetched so far. */
export const lateParts = {
  missing(part: unknown): void {
    late.add(part);
    tell();
  },
  arrived(part: unknown): void {
    if (late.delete(part)) tell();
  },
  areThere: (): boolean => late.size > 0,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function tell(): void {
  for (const listener of listeners) listener();
}
