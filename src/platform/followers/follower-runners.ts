import type { Database } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { StreamLog } from '#src/platform/log/log';
import type { Log } from '#src/platform/logging/logging';
import { FollowerRunner } from './follower-runner.ts';
import type { Follower } from './follower.types.ts';

/** Every follower of this process. Capabilities add theirs when they are made; they run where the worker runs. */
export class FollowerRunners {
  private readonly followers: Follower[] = [];
  private runners: readonly FollowerRunner[] = [];

  constructor(
    private readonly database: Database,
    private readonly streams: StreamLog,
    private readonly doorbell: Doorbell,
    private readonly log: Log,
  ) {}

  add(follower: Follower): void {
    this.followers.push(follower);
  }

  async start(): Promise<void> {
    if (this.runners.length === 0)
      this.runners = this.followers.map((follower) => new FollowerRunner(follower, this.database, this.streams, this.doorbell, this.log));
    for (const runner of this.runners) await runner.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.stop()));
  }
}
