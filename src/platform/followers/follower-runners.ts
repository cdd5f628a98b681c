import type { Database, Tx } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { StreamLog } from '#src/platform/log/log';
import type { Log } from '#src/platform/logging/logging';
import { NotReplayable } from '#src/platform/quarantine/quarantine.errors';
import { FollowerRunner } from './follower-runner.ts';
import type { QuarantineKey, Replayer } from '#src/platform/quarantine/quarantine.types';
import { followAgain, register } from './follow.ts';
import type { Follower } from './follower.types.ts';

/** Every follower of this process. Capabilities add theirs when they are made; they run where the worker runs. */
export class FollowerRunners implements Replayer {
  readonly kind = 'follower';
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

  /**
   * Says that every follower exists. In each process, before it listens: an effect sees what happens after it was
   * registered, and an incident declared while the first worker still starts would have been opened in no chat.
   */
  async register(): Promise<void> {
    for (const follower of this.followers) await register(this.database, follower);
  }

  async start(): Promise<void> {
    if (this.runners.length === 0)
      this.runners = this.followers.map((follower) => new FollowerRunner(follower, this.database, this.streams, this.doorbell, this.log));
    for (const runner of this.runners) await runner.start();
  }

  async replay(tx: Tx, [name, streamId, seq]: QuarantineKey): Promise<string> {
    const follower = this.followers.find((one) => one.name === name);
    if (!follower) throw new NotReplayable(`There is no follower "${name}" in this Muster.`);
    await followAgain(tx, this.streams, follower, String(streamId), Number(seq));
    return 'It has been acted on now, after what came later.';
  }

  async stop(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.stop()));
  }
}
