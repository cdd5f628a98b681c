import type { Clock } from '#src/platform/loops/clock';

interface Timer {
  readonly at: number;
  readonly n: number;
  task: (() => void) | null;
}

/** Time that goes by as fast as what happens in it can be worked out. */
export class SimulatedTime implements Clock {
  private readonly timers: Timer[] = [];
  private count = 0;

  constructor(private at: number) {}

  now(): number {
    return this.at;
  }

  later(ms: number, task: () => void): () => void {
    const timer: Timer = { at: this.at + Math.max(0, ms), n: this.count++, task };
    this.push(timer);
    return () => {
      timer.task = null;
    };
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.later(ms, resolve));
  }

  /** Until then, or until it is over. Each timer is followed by everything that follows from it. */
  run(until: number, isOver: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const next = (): void => {
        try {
          if (this.goOn(until)) afterwards(check);
          else resolve();
        } catch (error) {
          reject(error as Error);
        }
      };
      const check = (): void => (isOver() ? resolve() : next());
      afterwards(next);
    });
  }

  /** Does what is to be done first. False when that is later. */
  private goOn(until: number): boolean {
    let next = this.pop();
    while (next && !next.task) next = this.pop();
    if (!next?.task || next.at > until) return false;
    this.at = next.at;
    next.task();
    return true;
  }

  private push(timer: Timer): void {
    const { timers } = this;
    let i = timers.push(timer) - 1;
    while (i > 0) {
      const above = (i - 1) >> 1;
      const parent = timers[above] as Timer;
      if (!isBefore(timer, parent)) break;
      timers[i] = parent;
      i = above;
    }
    timers[i] = timer;
  }

  private pop(): Timer | null {
    const { timers } = this;
    const first = timers[0];
    const last = timers.pop();
    if (!first || !last || timers.length === 0) return first ?? null;
    let i = 0;
    for (;;) {
      let below = 2 * i + 1;
      if (below >= timers.length) break;
      if (below + 1 < timers.length && isBefore(timers[below + 1] as Timer, timers[below] as Timer)) below++;
      if (!isBefore(timers[below] as Timer, last)) break;
      timers[i] = timers[below] as Timer;
      i = below;
    }
    timers[i] = last;
    return first;
  }
}

const isBefore = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.n < b.n);

/** Does the task when nothing waits for anything but time: ticks go before promises, and one that a promise asks for after the last of them. */
export function afterwards(task: () => void): void {
  void NOW.then(() => process.nextTick(task));
}

const NOW = Promise.resolve();
