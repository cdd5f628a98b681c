import { readFileSync } from 'node:fs';

/** Of a second, so much is too long for a process that wants to run: what is measured then is the machine. */
const TOO_LONG = 0.25;
/** Of what is shorter, nothing can be said. */
const LEAST_MS = 100;

/**
 * Whether the machine has time for these processes: how long each that could have run had to wait for a processor. The system counts that
 * (Linux; elsewhere nobody is ever kept waiting), so it says nothing of how the processes themselves are doing.
 */
export class KeptWaiting {
  private readonly before = new Map<number, number>();
  private lookedAt = 0;
  private keptAt: number | null = null;

  constructor(
    private readonly pids: () => readonly number[],
    private readonly waitedMs: (pid: number) => number | null = waitedOf,
  ) {}

  /** When somebody was last seen to wait too long. */
  get lastAt(): number | null {
    return this.keptAt;
  }

  look(now: number): void {
    const sinceMs = now - this.lookedAt;
    if (sinceMs < LEAST_MS) return;
    this.lookedAt = now;
    for (const pid of this.pids()) {
      const waited = this.waitedMs(pid);
      const before = this.before.get(pid);
      if (waited === null) continue;
      this.before.set(pid, waited);
      if (before !== undefined && waited - before > sinceMs * TOO_LONG) this.keptAt = now;
    }
  }
}

/** Of its first thread, where our code runs. Null when it is gone, or nobody knows. */
function waitedOf(pid: number): number | null {
  try {
    const [, nanoseconds = ''] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
    return Number(nanoseconds) / 1e6;
  } catch {
    return null;
  }
}
