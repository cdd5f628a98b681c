import type { Database } from '#src/platform/database/database';
import { type Now, clockFrom, serverTime } from '#src/platform/database/server-time';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Log } from '#src/platform/logging/logging';
import { Loop } from '#src/platform/loops/loop';
import { type Claimed, type End, claim, settle, waysDue } from './notice-rows.ts';
import type { Outcome } from './open-way.types.ts';
import type { KeptWay, OpenWays } from './open-ways.ts';
import { type Batch, tellBatch } from './tell-batch.ts';
import { noteWay } from './way-health.ts';

const POLL_MS = 1_000;
const AT_ONCE = 50;
/** Longer than a batch takes, when each of it takes as long as it may. */
const CLAIM_MS = 180_000;
const MINUTE = 60_000;
/** An hour later it is no news, and whoever was to be told knows it. */
const NEWS_MS = 60 * MINUTE;
/** Of one that has to wait by itself, such as a mailbox that asks for it. */
const AGAIN_MS = [10_000, MINUTE, 5 * MINUTE];

/**
 * Tells people. Each way goes on by itself, so that one which hangs holds up no other; within a way a few are told side by
 * side. A claim is committed before anything is sent, so two workers share the work, and what one left open when it died is
 * told again under the same id: twice is better than never.
 */
export class NoticeSender {
  private readonly loop: Loop;
  private readonly deaf: () => void;
  private readonly running = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly database: Database,
    private readonly ways: OpenWays,
    doorbell: Doorbell,
    private readonly log: Log,
  ) {
    this.loop = new Loop('notices', POLL_MS, async () => this.begin(clockFrom(await serverTime(this.database))), log);
    this.deaf = doorbell.listen('notices', () => this.loop.wake());
  }

  start(): void {
    this.loop.start();
  }

  /** What is under way is given up; it is told again by whoever goes on. */
  async stop(): Promise<void> {
    this.deaf();
    this.stopping.abort();
    await this.loop.stop();
    await Promise.all(this.running.values());
  }

  /** Tells everything that is due at `now`, and waits until it is. */
  async look(now: Date): Promise<void> {
    const clock = clockFrom(now);
    for (;;) {
      await this.begin(clock);
      if (this.running.size === 0) return;
      await Promise.race(this.running.values());
    }
  }

  private async begin(clock: Now): Promise<void> {
    for (const way of await waysDue(this.database, clock())) this.run(way, clock);
  }

  private run(way: KeptWay, clock: Now): void {
    if (this.running.has(way.id) || this.stopping.signal.aborted) return;
    const run = this.tellThrough(way, clock)
      .then((told) => {
        if (told > 0) this.loop.wake();
      })
      .catch((error: unknown) => this.log.warn({ way: way.id, error }, 'notices could not be sent, will try again'))
      .finally(() => this.running.delete(way.id));
    this.running.set(way.id, run);
  }

  /** As long as it goes well, over what was opened once: a mail server counts a connection for a while after it is gone. */
  private async tellThrough(way: KeptWay, clock: Now): Promise<number> {
    let claimed = await this.claimed(way, clock);
    if (claimed.length === 0) return 0;
    const open = this.ways.open(way);
    if ('problem' in open) {
      const outcome: Outcome = { to: 'later', of: 'way', problem: open.problem };
      for (const notice of claimed) await settle(this.database, notice, endOf(notice, outcome, clock()), clock());
      await noteWay(this.database, way.id, outcome, false, clock());
      return 0;
    }
    try {
      let lines = open.sideBySide;
      for (;;) {
        const batch = await tellBatch(open, claimed, lines, this.stopping.signal, (notice, end) =>
          settle(this.database, notice, end ? endOf(notice, end, clock()) : untried(clock()), clock()),
        );
        await this.note(way, batch, clock());
        const ended = batch.told + batch.refused;
        if (batch.trouble || ended === 0 || this.stopping.signal.aborted) return ended;
        lines = batch.lines;
        claimed = await this.claimed(way, clock);
        if (claimed.length === 0) return ended;
      }
    } finally {
      open.close();
    }
  }

  private claimed({ id }: KeptWay, clock: Now): Promise<Claimed[]> {
    return claim(this.database, id, clock(), AT_ONCE, CLAIM_MS);
  }

  private async note({ id, kind }: KeptWay, { trouble, lastRefused, told, refused, later }: Batch, now: Date): Promise<void> {
    if (trouble) await noteWay(this.database, id, trouble, false, now);
    // One that takes nothing for anybody does not work, whatever it says of each.
    else if (told === 0 && lastRefused) await noteWay(this.database, id, lastRefused, false, now);
    else if (told > 0) await noteWay(this.database, id, { to: 'told' }, kind !== 'smtp', now);
    this.log.info({ way: id, kind, told, refused, later }, 'notices attempted');
  }
}

const untried = (now: Date): End => ({ status: 'waiting', problem: null, nextAt: now, tried: false });

function endOf({ attempts, writtenAt }: Claimed, outcome: Outcome, now: Date): End {
  if (outcome.to === 'told') return { status: 'told', problem: null };
  const { problem } = outcome;
  if (outcome.to === 'refused' || now.getTime() - writtenAt.getTime() > NEWS_MS) return { status: 'failed', problem };
  // The way rests as a whole; one that waits by itself says when.
  const wait = outcome.of !== 'one' ? 0 : Math.max(outcome.afterMs ?? 0, AGAIN_MS[Math.min(attempts, AGAIN_MS.length) - 1] ?? MINUTE);
  return { status: 'waiting', problem, nextAt: new Date(now.getTime() + wait), tried: true };
}
