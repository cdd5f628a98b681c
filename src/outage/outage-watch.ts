import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Chat, Chats } from '#src/platform/chats/chats';
import { type Database, afterCommit } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Log } from '#src/platform/logging/logging';
import { ALL_ON, type Work } from '#src/platform/shedding/work.types';
import { giveUpLease, holdLease, leaseOfAll } from '#src/platform/loops/lease';
import { Loop } from '#src/platform/loops/loop';
import { newMark } from './canary-message.ts';
import { Canary } from './canary.ts';
import { ControlProbe } from './control-probe.ts';
import { DeadMansSwitch } from './dead-mans-switch.ts';
import { decide, firstSeen } from './detector.ts';
import { type Seen, healthRows, pruneEvidence } from './health-rows.ts';
import { proofBy } from './look-proof.ts';
import { Looks } from './looks.ts';
import type { Decision } from './outage.types.ts';
import { REAL_TIMINGS, type Timings, paced, tickOf } from './timings.types.ts';
import type { WriteDecision } from './write-decision.ts';

const TICK_MS = 100;
/** One watcher for all chats, whoever holds this lease. */
const LEASE = leaseOfAll('outage');
const RENEW_MS = 1_000;
/** That somebody watched is written at least so often, far oftener than an absence is counted. */
const WATCHED_MS = 5_000;
const PRUNE_MS = 60_000;
/** A database that is away is not asked at every tick. */
const AFTER_FAILURE_MS = 1_000;

/**
 * Watches every running chat and says what has become of it. One process does it at a time; all it knows is in rows, so
 * whoever follows a watcher that died goes on where it stopped. A look that the dead one sent is not counted.
 *
 * Looks are sent after they are written down, outside any transaction, and end by themselves.
 */
export class OutageWatch {
  private readonly self = randomUUID();
  private readonly loop: Loop;
  private readonly deaf: () => void;
  private readonly looks: Looks;
  private stopping = new AbortController();
  private askedAt = -Infinity;
  private leads = false;
  private lookAt = 0;
  private prunedAt = -Infinity;

  constructor(
    private readonly database: Database,
    private readonly chats: Chats,
    private readonly writeDecision: WriteDecision,
    private readonly doorbell: Doorbell,
    private readonly log: Log,
    private readonly probe: Pick<ControlProbe, 'isCutOff'> = new ControlProbe([]),
    private readonly deadMan: Pick<DeadMansSwitch, 'alive'> = new DeadMansSwitch(undefined, log),
    private readonly work: Work = ALL_ON,
    private readonly timings: Timings = REAL_TIMINGS,
  ) {
    this.looks = new Looks(database, log);
    this.loop = new Loop('outage', TICK_MS, () => this.watchWhenDue(), log);
    this.deaf = doorbell.listen('health', () => {
      this.lookAt = 0;
      this.loop.wake();
    });
  }

  start(): void {
    this.stopping = new AbortController();
    this.loop.start();
  }

  /** Gives the watch up, so that another process takes it at once. Looks under way are not counted by anybody. */
  async stop(): Promise<void> {
    this.deaf();
    this.stopping.abort();
    await this.loop.stop();
    await this.looks.ended();
    if (this.leads) await giveUpLease(this.database, LEASE);
    this.leads = false;
  }

  private async watchWhenDue(): Promise<void> {
    const now = performance.now();
    const chats = this.chats.all();
    if (now < this.lookAt || chats.length === 0) return;
    this.lookAt = now + AFTER_FAILURE_MS;
    if (await this.isLeader(now)) await this.watchAll(chats, now);
    this.lookAt = now + Math.min(...chats.map((chat) => tickOf(this.pacedFor(chat))));
  }

  private async watchAll(chats: readonly Chat[], now: number): Promise<void> {
    const seen = await healthRows(
      this.database,
      chats.map(({ id }) => id),
      this.timings.callsMs,
    );
    for (const surface of seen) await this.watch(surface);
    this.deadMan.alive();
    if (now - this.prunedAt > PRUNE_MS) {
      this.prunedAt = now;
      await pruneEvidence(this.database);
    }
  }

  private async isLeader(now: number): Promise<boolean> {
    if (now - this.askedAt < RENEW_MS) return this.leads;
    this.askedAt = now;
    this.leads = await holdLease(this.database, LEASE);
    return this.leads;
  }

  private async watch(seen: Seen): Promise<void> {
    const chat = this.chats.get(seen.instance);
    if (!chat) return;
    const before = seen.standing ?? firstSeen(seen.now, this.self);
    const timings = this.pacedFor(chat);
    const looks = this.work.isOn('canaries') && proofBy(chat.adapter) !== null;
    const second = looks && Canary.canPost(chat.adapter);
    const sent = this.looks.sentOf(seen, before.look);
    const proven = sent?.t === 'proven' ? sent : null;
    const decision = decide(
      before,
      {
        owner: this.self,
        looks,
        // A look that is proven without an echo was proven in time: its signal ends when it may not be any more.
        heardAt: seen.heardAt ?? (proven && before.look ? before.look.sentAt : null),
        sent,
        unheard: proven?.unheard ?? null,
        second: second ? { heardAt: seen.postHeardAt, sent: this.looks.sentOf(seen, before.second?.look ?? null), nonce: newMark() } : null,
        cutOff: this.probe.isCutOff(before.state !== 'ok' || before.strikes > 0),
        othersAt: seen.othersAt,
        calls: seen.calls,
        unclosed: seen.unclosed,
        said: seen.said,
        nonce: newMark(),
      },
      seen.now,
      timings,
    );
    if (!isNews(seen, decision)) return;
    if (!(await this.keep(chat, seen, decision))) return;
    const { look, second: other } = decision.state;
    if (decision.canary === 'send' && look) this.looks.begin(chat, seen.tenant, look, 'send', timings.echoMs, this.stopping.signal);
    if (decision.post === 'send' && other?.look)
      this.looks.begin(chat, seen.tenant, other.look, 'post', timings.echoMs, this.stopping.signal);
  }

  private async keep(chat: Chat, seen: Seen, decision: Decision): Promise<boolean> {
    const kept = await this.database.transaction(async (tx) => {
      if (!(await this.writeDecision.write(tx, chat.name, seen, decision))) return false;
      if (decision.state.strikes > (seen.standing?.strikes ?? 0))
        afterCommit(tx, () => this.doorbell.ring({ topic: 'missed', id: seen.instance }));
      if (decision.transition) afterCommit(tx, () => this.doorbell.ring({ topic: 'health', id: seen.instance }));
      if (decision.state.half !== seen.standing?.half || decision.state.cutOff !== seen.standing?.cutOff)
        afterCommit(tx, () => this.doorbell.ring({ topic: 'mirrors', id: seen.instance }));
      return true;
    });
    if (kept && decision.transition) {
      const { from, to, why } = decision.transition;
      this.log.info({ instance: seen.instance, tenant: seen.tenant, from, to, why }, 'chat changed state');
    }
    return kept;
  }

  private pacedFor({ pace }: Chat): Timings {
    return paced(this.timings, pace);
  }
}

/** That time passed is written down now and then; everything else at once. */
function isNews({ standing, unread, said }: Seen, { state }: Decision): boolean {
  if (!standing || said || state.watchedAt - standing.watchedAt >= WATCHED_MS) return true;
  if (unread > 0 && (state.state === 'ok' || state.state === 'recovering')) return true;
  return !isDeepStrictEqual(standing, { ...state, watchedAt: standing.watchedAt });
}
