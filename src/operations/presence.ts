import { hostname } from 'node:os';
import type { Database } from '#src/platform/database/database';
import type { Role } from '#src/platform/config/config.schema';
import type { Log } from '#src/platform/logging/logging';
import { Loop } from '#src/platform/loops/loop';
import { PROCESS_ID } from '#src/platform/loops/process-id';
import type { Switchboard } from '#src/platform/shedding/switchboard';
import type { Load } from './operations.types.ts';

const BEAT_MS = 5_000;

/** Says every few seconds that this process is alive, and how busy. Nobody decides by it; people look at it. */
export class Presence {
  private readonly loop: Loop;
  private readonly startedAt = new Date();

  constructor(
    private readonly database: Database,
    private readonly roles: readonly Role[],
    private readonly switchboard: Switchboard,
    log: Log,
  ) {
    this.loop = new Loop('presence', BEAT_MS, () => this.beat(), log);
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
    await this.database.query('delete from process_seen where id = $1', [PROCESS_ID]).catch(() => undefined);
  }

  private async beat(): Promise<void> {
    const { loopDelayMs, poolWaiting } = this.switchboard.strain;
    const load: Load = { loopDelayMs, poolWaiting, off: this.switchboard.all().flatMap(({ class: work, on }) => (on ? [] : [work])) };
    await this.database.query(
      `insert into process_seen (id, roles, host, pid, started_at, seen_at, load) values ($1, $2, $3, $4, $5, clock_timestamp(), $6)
       on conflict (id) do update set seen_at = excluded.seen_at, load = excluded.load`,
      [PROCESS_ID, this.roles, hostname(), process.pid, this.startedAt, JSON.stringify(load)],
    );
    await this.database.query(`delete from process_seen where seen_at < clock_timestamp() - interval '1 hour'`);
  }
}
