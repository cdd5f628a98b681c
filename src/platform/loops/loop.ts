import type { Log } from '#src/platform/logging/logging';
import { withoutTrace } from '#src/platform/logging/trace';
import { type Clock, REAL_CLOCK } from './clock.ts';

/**
 * Work that is done again and again: when woken, and at the latest every `everyMs`, which is asked for each time. One run at a time; waking it during
 * a run makes it run once more. A run that throws is logged and tried again after `everyMs`; it never ends the process.
 */
export class Loop {
  private callOff: () => void = () => undefined;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = true;

  constructor(
    private readonly name: string,
    private readonly everyMs: number | (() => number),
    private readonly work: () => Promise<void>,
    private readonly log: Log,
    private readonly clock: Clock = REAL_CLOCK,
  ) {}

  start(): void {
    this.stopped = false;
    this.wake();
  }

  wake(): void {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    this.callOff();
    // Whoever woke it is not whom it works for.
    this.running = withoutTrace(() => this.run().finally(() => this.rest()));
  }

  /** Resolves when the run that is under way is over; no other starts. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.again = false;
    this.callOff();
    await this.running;
  }

  private rest(): void {
    this.running = null;
    if (this.stopped) return;
    const wait = typeof this.everyMs === 'number' ? this.everyMs : this.everyMs();
    this.callOff = this.clock.later(wait, () => this.wake());
  }

  private async run(): Promise<void> {
    do {
      this.again = false;
      try {
        await this.work();
      } catch (error) {
        this.log.warn({ loop: this.name, error }, 'loop failed, will run again');
        return;
      }
    } while (this.again && !this.stopped);
  }
}
