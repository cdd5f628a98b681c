import type { AsOne } from '#src/people/as-one.service';
import { type Database, type Tx, afterCommit } from '#src/platform/database/database';
import { type Now, clockFrom, serverTime } from '#src/platform/database/server-time';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { StreamLog } from '#src/platform/log/log';
import type { Log } from '#src/platform/logging/logging';
import { Loop } from '#src/platform/loops/loop';
import { type Outcome, TIMEOUT_MS } from '#src/platform/outgoing/send';
import { ALL_ON, type Work } from '#src/platform/shedding/work.types';
import { type Next, decide } from './decide.ts';
import { isOtherwiseReceived, putEventAside } from './event-aside.ts';
import { type Claimed, type Due, type Lane, claimNext, dueLanes, settle } from './lanes.ts';
import { type Message, messageOf } from './message.ts';
import { switchOffByItself } from './switches.ts';
import type { WebhookPost } from './webhook-post.ts';

const POLL_MS = 1_000;
const HOUR_MS = 3_600_000;
/** A receiver that hangs for one incident has room for the others, and is not asked by a crowd when it comes back. */
const SIDE_BY_SIDE = 4;
/** Then it is another incident's turn: telling all of a long one again keeps nobody waiting. */
const EVENTS_A_TURN = 20;
/** Longer than any request takes. Who is silent for as long has died. */
const CLAIM_MS = TIMEOUT_MS + 5_000;
const ATTEMPTS_KEPT_DAYS = 14;
/** What Muster cannot write down today it cannot tomorrow, and others wait behind it. */
const TRIES_TO_WRITE = 3;
const NOT_WRITTEN = 'Muster could not write this event down: that is a mistake of ours, and its log says which.';

/**
 * Tells webhooks what happened: each incident in order, incidents side by side, a few at once for each webhook. A claim is
 * committed before the request, so two workers share the work, and what one left open when it died is sent again under the
 * same id.
 */
export class WebhookSender {
  private readonly loop: Loop;
  private readonly forgetting: Loop;
  private readonly deaf: () => void;
  /** One at a time, so that what kills the process does not take the blame of others with it. */
  private suspect: string | null = null;
  private readonly running = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly database: Database,
    private readonly streams: StreamLog,
    private readonly asOne: AsOne,
    private readonly post: WebhookPost,
    doorbell: Doorbell,
    private readonly log: Log,
    private readonly work: Work = ALL_ON,
  ) {
    this.loop = new Loop('webhooks', POLL_MS, async () => this.begin(clockFrom(await serverTime(this.database))), log);
    this.forgetting = new Loop('webhook attempts', HOUR_MS, async () => this.forget(await serverTime(this.database)), log);
    this.deaf = doorbell.listen('webhooks', () => this.loop.wake());
  }

  start(): void {
    this.loop.start();
    this.forgetting.start();
  }

  /** Requests under way are given up; they are sent again by whoever goes on. */
  async stop(): Promise<void> {
    this.deaf();
    this.stopping.abort();
    await Promise.all([this.loop.stop(), this.forgetting.stop()]);
    await Promise.all(this.running.values());
  }

  /** Sends everything that is due at `now`, and waits until it is. */
  async look(now: Date): Promise<void> {
    const clock = clockFrom(now);
    for (;;) {
      await this.begin(clock);
      if (this.running.size === 0) return;
      await Promise.race(this.running.values());
    }
  }

  /** Forgets what was sent so long ago that nobody asks. */
  async forget(now: Date): Promise<void> {
    await this.database.query(`delete from webhook_attempt where at < $1::timestamptz - make_interval(days => $2)`, [
      now,
      ATTEMPTS_KEPT_DAYS,
    ]);
  }

  private async begin(clock: Now): Promise<void> {
    if (!this.work.isOn('webhooks')) return;
    for (const lane of await dueLanes(this.database, clock(), SIDE_BY_SIDE)) this.run(lane, clock);
  }

  private run({ isSuspect, ...lane }: Due, clock: Now): void {
    const key = `${lane.webhookId}/${lane.incidentId}`;
    const beside = [...this.running.keys()].filter((one) => one.startsWith(lane.webhookId)).length;
    if (this.running.has(key) || beside >= SIDE_BY_SIDE || (isSuspect && this.suspect !== null) || this.stopping.signal.aborted) return;
    if (isSuspect) this.suspect = key;
    // After a failure of ours nobody wakes: it is tried again at the next look, and not as fast as it fails.
    const run = this.tell(lane, clock)
      .then(() => this.loop.wake())
      .catch((error: unknown) => this.log.warn({ webhook: lane.webhookId, error }, 'a webhook could not be told, will try again'))
      .finally(() => {
        this.running.delete(key);
        if (this.suspect === key) this.suspect = null;
      });
    this.running.set(key, run);
  }

  private async tell(lane: Lane, clock: Now): Promise<void> {
    for (let told = 0; told < EVENTS_A_TURN && this.work.isOn('webhooks') && !this.stopping.signal.aborted; told++) {
      const claimed = await this.database.transaction((tx) => claimNext(tx, this.streams, lane, clock(), CLAIM_MS));
      if (!claimed || !(await this.tellNext(claimed, clock))) return;
    }
  }

  private async tellNext(claimed: Claimed, clock: Now): Promise<boolean> {
    const message = await this.written(claimed);
    const outcome = message
      ? await this.post.post(claimed, message, clock(), this.stopping.signal)
      : { status: null, problem: NOT_WRITTEN };
    const now = clock();
    const next = this.next(outcome, message !== null, claimed.attempts, now);
    await this.database.transaction(async (tx) => {
      if (await settle(tx, claimed, outcome, next, now)) await this.end(tx, claimed, next, message !== null, outcome.problem ?? '');
    });
    this.log.info(
      { webhook: claimed.webhookId, attempts: claimed.attempts, status: outcome.status, outcome: next.to },
      'webhook attempted',
    );
    return next.to === 'received';
  }

  private next(outcome: Outcome, isWritten: boolean, attempts: number, now: Date): Next {
    // Our own end says nothing of the receiver.
    if (this.stopping.signal.aborted && outcome.problem !== null) return { to: 'again', at: now };
    return !isWritten && attempts >= TRIES_TO_WRITE ? { to: 'given-up' } : decide(outcome, attempts, now, Math.random());
  }

  /** Of one that takes other events, or was never sent this one, only the event is given up. */
  private async end(tx: Tx, claimed: Claimed, { to }: Next, isWritten: boolean, problem: string): Promise<void> {
    if (to !== 'gone' && to !== 'given-up') return;
    const { webhookId, incidentId, name, attempts } = claimed;
    const one = { webhookId, incidentId, seq: claimed.event.seq };
    if (to === 'given-up' && (!isWritten || (await isOtherwiseReceived(tx, one)))) {
      await putEventAside(tx, this.streams, one, problem, attempts);
      afterCommit(tx, () => this.log.error({ ...one, problem }, 'webhook event put aside'));
      return;
    }
    await switchOffByItself(tx, this.streams, { id: webhookId, name }, to === 'gone' ? 'gone' : 'failed', problem);
    afterCommit(tx, () => this.log.error({ webhook: webhookId, attempts, outcome: to }, 'webhook switched off'));
  }

  /** Null for an event that cannot be written down: this webhook's trouble with one incident, and nobody else's. */
  private async written({ webhookId, incidentId, event, number }: Claimed): Promise<Message | null> {
    try {
      return await messageOf(this.asOne, webhookId, event, number);
    } catch (error) {
      this.log.error({ webhook: webhookId, incidentId, error }, 'an event could not be made a message');
      return null;
    }
  }
}
