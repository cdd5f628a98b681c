const FIRST_MS = 250;
const LONGEST_MS = 10_000;
const HEALTHY_AFTER_MS = 30_000;

/**
 * How long to wait before starting a process again. The first time not at all: most crashes are single, and
 * people are waiting. From the second on 0.25 s, doubling to 10 s, until it has stayed up for 30 s.
 */
export class Backoff {
  #failures = 0;

  next(wasUpForMs: number): number {
    if (wasUpForMs >= HEALTHY_AFTER_MS) this.#failures = 0;
    const failures = this.#failures++;
    return failures === 0 ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  }
}
