import type { Database } from '#src/platform/database/database';
import { Excuses } from '#src/platform/database/excuses';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { StreamLog } from '#src/platform/log/log';
import type { Log } from '#src/platform/logging/logging';
import { Loop } from '#src/platform/loops/loop';
import { behind, followOnce, noteCaughtUp, register } from './follow.ts';
import type { Follower } from './follower.types.ts';
import { Pace } from './pace.ts';

const POLL_MS = 1_000;
/** Looking through every stream, old ones too, costs tens of milliseconds at 10,000 streams: once a minute is enough. */
const FULL_LOOK_MS = 60_000;

/** Keeps one follower going: woken by the doorbell, and by a look once a second for the rings that were lost. */
export class FollowerRunner {
  private readonly rung = new Set<string>();
  private readonly pace = new Pace();
  private readonly excuses = new Excuses();
  /** Streams whose next look waits for its time. */
  private readonly held = new Map<string, NodeJS.Timeout>();
  private readonly loop: Loop;
  private readonly deaf: () => void;
  private isStopping = false;
  private lookAt = 0;
  private fullLookAt = 0;

  constructor(
    private readonly follower: Follower,
    private readonly database: Database,
    private readonly streams: StreamLog,
    doorbell: Doorbell,
    private readonly log: Log,
  ) {
    this.loop = new Loop(`follower ${follower.name}`, POLL_MS, () => this.catchUp(), log);
    this.deaf = doorbell.listen('stream', (id) => {
      this.rung.add(id);
      this.loop.wake();
    });
  }

  async start(): Promise<void> {
    await register(this.database, this.follower);
    this.isStopping = false;
    this.loop.start();
  }

  /** What is being handled is ended; what is left is for whoever goes on. */
  async stop(): Promise<void> {
    this.deaf();
    this.isStopping = true;
    for (const timer of this.held.values()) clearTimeout(timer);
    this.held.clear();
    await this.loop.stop();
  }

  private async catchUp(): Promise<void> {
    for (const streamId of await this.due()) {
      if (this.hold(streamId)) continue;
      try {
        while (!this.isStopping && (await followOnce(this.database, this.streams, this.follower, streamId, this.excuses)));
      } catch (error) {
        this.log.warn({ follower: this.follower.name, streamId, error }, 'follower failed, will try again');
      }
    }
  }

  /** Whether this stream's look is put off, which it is only where a great deal happens. */
  private hold(streamId: string): boolean {
    if (this.held.has(streamId)) return true;
    const waitMs = this.pace.take(streamId, performance.now());
    if (waitMs === 0 || this.isStopping) return false;
    const look = (): void => {
      this.held.delete(streamId);
      this.rung.add(streamId);
      this.loop.wake();
    };
    this.held.set(streamId, setTimeout(look, waitMs));
    return true;
  }

  private async due(): Promise<Set<string>> {
    const due = new Set(this.rung);
    this.rung.clear();
    const now = performance.now();
    if (now < this.lookAt) return due;
    this.lookAt = now + POLL_MS;
    this.pace.forget(now);
    const full = now >= this.fullLookAt;
    for (const id of await behind(this.database, this.follower.name, !full)) due.add(id);
    if (full) await noteCaughtUp(this.database, this.follower.name);
    if (full) this.fullLookAt = now + FULL_LOOK_MS;
    return due;
  }
}
