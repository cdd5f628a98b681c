import type { Log } from '#src/platform/logging/logging';
import { type Clock, REAL_CLOCK } from '#src/platform/loops/clock';
import { Loop } from '#src/platform/loops/loop';
import type { Database } from './database.ts';
import { type Now, clockFrom, serverTime } from './server-time.ts';

const ASKED_EVERY_MS = 30_000;
/** An answer that took longer tells too little of what time it is now. */
const QUICK_MS = 1_000;

/**
 * The database's time, for whoever keeps moments in rows and compares rows with it: `next_at` is written by one process, and read by
 * another and by PostgreSQL itself. By its machine's clock, a worker that is an hour ahead makes a room wait for an hour after one call that
 * failed, and one that is an hour behind says nothing for an hour. Between two questions it goes on by the time since the machine was
 * started, which nobody sets. Before the first answer it is the machine's.
 */
export class ServerClock implements Clock {
  readonly later = REAL_CLOCK.later;
  private told: Now | null = null;
  private readonly loop: Loop;

  constructor(
    private readonly database: Database,
    log: Log,
  ) {
    this.loop = new Loop('server clock', ASKED_EVERY_MS, () => this.ask(), log);
  }

  now(): number {
    return this.told?.().getTime() ?? REAL_CLOCK.now();
  }

  /** Resolves when it is right. */
  async start(): Promise<void> {
    await this.ask();
    this.loop.start();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
  }

  private async ask(): Promise<void> {
    const asked = performance.now();
    const time = await serverTime(this.database);
    if (!this.told || performance.now() - asked < QUICK_MS) this.told = clockFrom(time);
  }
}
