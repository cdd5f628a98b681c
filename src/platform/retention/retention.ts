import type { Database } from '#src/platform/database/database';
import type { Log } from '#src/platform/logging/logging';
import { Loop } from '#src/platform/loops/loop';

const HOUR_MS = 3_600_000;
/** Few enough that whoever waits for one of these rows hardly notices. */
const AT_ONCE = 1_000;

/**
 * What is of no use any more, and would grow for ever. Never what an incident is made of: the log and what follows from it stay.
 *
 * `statement` forgets at most $1 rows that have been of no use for long enough by the database's clock.
 */
export interface Forgotten {
  readonly what: string;
  readonly statement: string;
}

/** Forgets, every hour, a little at a time. Two processes that do so at once do the same work twice and nothing else. */
export class Retention {
  private readonly rules: Forgotten[] = [];
  private readonly loop: Loop;
  private isStopping = false;

  constructor(
    private readonly database: Database,
    private readonly log: Log,
    private readonly atOnce = AT_ONCE,
  ) {
    this.loop = new Loop('retention', HOUR_MS, () => this.forget().then(() => undefined), log);
  }

  add(...rules: readonly Forgotten[]): void {
    this.rules.push(...rules);
  }

  start(): void {
    this.isStopping = false;
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.loop.stop();
  }

  /** How many rows were forgotten. A rule that fails hinders no other; it is tried again in an hour. */
  async forget(): Promise<number> {
    let total = 0;
    for (const { what, statement } of this.rules) {
      try {
        const forgotten = await this.wholly(statement);
        if (forgotten > 0) this.log.info({ what, forgotten }, 'what is of no use any more was forgotten');
        total += forgotten;
      } catch (error) {
        this.log.warn({ what, error }, 'could not forget what is of no use any more, will try again');
      }
    }
    return total;
  }

  private async wholly(statement: string): Promise<number> {
    for (let total = 0; ;) {
      const forgotten = await this.database.query(`${statement} returning 1`, [this.atOnce]);
      total += forgotten.length;
      if (forgotten.length < this.atOnce || this.isStopping) return total;
    }
  }
}
