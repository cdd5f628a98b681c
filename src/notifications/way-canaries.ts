import type { Database } from '#src/platform/database/database';
import { serverTime } from '#src/platform/database/server-time';
import type { Log } from '#src/platform/logging/logging';
import { Loop } from '#src/platform/loops/loop';
import type { WayKind } from './notifications.types.ts';
import type { KeptWay, OpenWays } from './open-ways.ts';
import { noteWay } from './way-health.ts';

const POLL_MS = 5_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A change event stands in PagerDuty for people to read, so there are few. */
const EVERY_MS: Readonly<Record<WayKind, number>> = { smtp: 15 * MINUTE, webhook: 15 * MINUTE, pagerduty: 6 * HOUR, chat: MINUTE };
/** One that fails is looked at again soon: it may be needed any moment. */
const AFTER_FAILURE_MS = MINUTE;

/** Tries every way when there is nothing to tell, each by itself: that it works is known before it is needed. */
export class WayCanaries {
  private readonly loop: Loop;
  private readonly running = new Map<string, Promise<void>>();
  private stopping = new AbortController();

  constructor(
    private readonly database: Database,
    private readonly ways: OpenWays,
    private readonly log: Log,
  ) {
    this.loop = new Loop('notice canaries', POLL_MS, async () => this.begin(await serverTime(this.database)), log);
  }

  start(): void {
    this.stopping = new AbortController();
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop.stop();
    await Promise.all(this.running.values());
  }

  /** Tries what is due at `now`, and waits until it is. One by which somebody is being told is tried out by that. */
  async look(now: Date): Promise<void> {
    await this.begin(now);
    await Promise.all(this.running.values());
  }

  private async begin(now: Date): Promise<void> {
    const due = await this.database.query<KeptWay>(
      `update notice_way w set canary_at = $1::timestamptz + ($2::jsonb ->> w.kind)::bigint * interval '1 millisecond'
        where w.off is null and w.canary_at <= $1
          and not exists (select 1 from notice n where n.way_id = w.id and n.status = 'sending')
       returning id, kind, settings, secret`,
      [now, JSON.stringify(EVERY_MS)],
    );
    for (const way of due) {
      if (this.running.has(way.id)) continue;
      const run = this.tryOut(way, now)
        .catch((error: unknown) => this.log.warn({ way: way.id, error }, 'a way to tell people could not be tried out'))
        .finally(() => this.running.delete(way.id));
      this.running.set(way.id, run);
    }
  }

  private async tryOut(way: KeptWay, now: Date): Promise<void> {
    const open = this.ways.open(way);
    if ('problem' in open) return noteWay(this.database, way.id, { to: 'later', of: 'way', problem: open.problem }, false, now);
    try {
      const { outcome, proves } = await open.tryOut(this.stopping.signal);
      if (this.stopping.signal.aborted) return;
      await noteWay(this.database, way.id, outcome, proves, now);
      if (outcome.to === 'told') return;
      await this.database.query(`update notice_way set canary_at = $2 where id = $1`, [way.id, new Date(now.getTime() + AFTER_FAILURE_MS)]);
      this.log.error({ way: way.id, kind: way.kind }, 'a way to tell people does not work');
    } finally {
      open.close();
    }
  }
}
