import { setMaxListeners } from 'node:events';
import type { Attempt, Content, Fault } from '@musterhq/chat-port';
import type { Chat, Chats } from '#src/platform/chats/chats';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Log } from '#src/platform/logging/logging';
import { withTrace } from '#src/platform/logging/trace';
import { type Clock, REAL_CLOCK, pause, within } from '#src/platform/loops/clock';
import { Loop } from '#src/platform/loops/loop';
import { Runs } from '#src/platform/loops/runs';
import { ALL_ON, type Work } from '#src/platform/shedding/work.types';
import { TURNS, type Turns } from '#src/platform/loops/turns';
import type { Brought, FileBringer } from '../files/file-bringer.ts';
import type { WhatToSay } from '../what-to-say.ts';
import { problemIn } from '#src/platform/logging/problem-in';
import { Budgets, aQuarter } from './budgets.ts';
import { callsOf, showsFile } from './calls.ts';
import {
  type Next,
  type Timings,
  type Tried,
  REAL_TIMINGS,
  afterAttempt,
  afterLook,
  afterLostOwner,
  again,
  paced,
  unlessOneIsAtFault,
  unlessPoisonous,
} from './decide.ts';
import type { Deliveries } from './deliveries.ts';
import type { Delivery } from './delivery.types.ts';
import { type DigestRule, DIGESTS, mayBeGathered } from './digest.ts';
import { type ToSay, attempt, can, isLookedForThere, isRepeatable, isThrown, look, partsOf, roomOf } from './one-attempt.ts';
import type { Made } from './record-outcome.ts';

const POLL_MS = 1_000;
/** A file takes so many times as long as words. */
const FILE_TIMES = 6;
/** A clock of ours and a platform's may differ; looking a little earlier costs nothing. */
const CLOCK_SKEW_MS = 60_000;

/**
 * Says to each chat what it is to be told: one lane at a time in order, lanes side by side, each call within the
 * platform's budget. Holds the tenant's lease, so that one process knows what was said lately.
 */
export class DeliveryWorker {
  private readonly loop: Loop;
  private readonly deaf: readonly (() => void)[];
  private readonly lanes = new Runs();
  private readonly stopping = new AbortController();
  private readonly budgets: Budgets;
  private readonly looks: Budgets;

  constructor(
    private readonly deliveries: Deliveries,
    private readonly chats: Pick<Chats, 'all'>,
    private readonly whatToSay: Pick<WhatToSay, 'for'>,
    doorbell: Pick<Doorbell, 'listen'>,
    private readonly log: Log,
    private readonly work: Work = ALL_ON,
    private readonly timings: Timings = REAL_TIMINGS,
    private readonly clock: Clock = REAL_CLOCK,
    private readonly turns: Turns = TURNS,
    private readonly digests: DigestRule = DIGESTS,
    private readonly files: Pick<FileBringer, 'bring'> | null = null,
  ) {
    this.budgets = new Budgets(clock, this.stopping.signal);
    this.looks = new Budgets(clock, this.stopping.signal, aQuarter);
    this.loop = new Loop('deliveries', POLL_MS, () => this.deliverDue(), log, clock);
    this.deaf = [doorbell.listen('deliveries', () => this.loop.wake()), doorbell.listen('mirrors', () => this.loop.wake())];
  }

  start(): void {
    // A hundred lanes wait for one signal, and that is no leak.
    setMaxListeners(0, this.stopping.signal);
    this.loop.start();
  }

  /** Calls under way are given up; how they ended is found out by whoever goes on. */
  async stop(): Promise<void> {
    for (const stop of this.deaf) stop();
    this.stopping.abort();
    await this.loop.stop();
    await this.lanes.ended();
  }

  private async deliverDue(): Promise<void> {
    for (const chat of this.chats.all()) {
      for (const tenant of await this.deliveries.tenantsWithWork(chat.id)) {
        if (!(await this.deliveries.holdTenant(chat.id, tenant))) continue;
        await this.findLost(chat, tenant);
        for (const head of await this.deliveries.heads(chat.id, tenant)) this.runLane(chat, head);
      }
    }
  }

  private async findLost(chat: Chat, tenant: string): Promise<void> {
    for (const lost of await this.deliveries.lost(chat.id, tenant)) {
      const { callTimeoutMs } = this.pacedFor(chat, lost);
      if (this.lanes.has(laneOf(lost)) && lost.triedAt && this.clock.now() - lost.triedAt.getTime() < callTimeoutMs) continue;
      const next = afterLostOwner(this.tried(lost), this.clock.now(), this.pacedFor(chat, lost));
      await this.record(
        lost,
        isRepeatable(chat.adapter, lost) ? { to: 'pending', at: this.clock.now(), fault: null } : next,
        null,
        lost.isOurs,
      );
    }
  }

  private runLane(chat: Chat, head: Delivery): void {
    const lane = laneOf(head);
    if (this.lanes.has(lane) || !this.maySay(head)) return;
    const failed = (error: unknown): void => this.log.warn({ mirror: head.mirrorId, error }, 'delivery lane failed, will run again');
    this.lanes.start(lane, () => this.emptyLane(chat, head), failed);
  }

  /** What must not be said now waits in its lane. */
  private maySay({ lane }: Delivery): boolean {
    return this.work.isOn('mirrors') && (lane !== 'card' || this.work.isOn('cards'));
  }

  private async emptyLane(chat: Chat, first: Delivery): Promise<void> {
    let head: Delivery | null = first;
    while (head && this.maySay(head) && !this.stopping.signal.aborted) {
      const early = head.nextAt.getTime() - this.clock.now();
      if (early > POLL_MS) return;
      if (early > 0) await this.pause(early);
      if (head.status === 'sending') return;
      const next = head;
      const goOn =
        (await this.gather(chat, next)) ||
        (await withTrace(next.trace, () => (next.status === 'unknown' ? this.lookFor(chat, next) : this.say(chat, next))));
      if (!goOn) return;
      head = await this.deliveries.headOf(head.mirrorId, head.lane);
    }
  }

  /** What waited long and is much is said as one. True when something else is to be said now. */
  private async gather(chat: Chat, head: Delivery): Promise<boolean> {
    const { share, afterMs } = this.digests;
    if (head.lane !== 'room' || this.clock.now() - head.queuedAt.getTime() < afterMs || !mayBeGathered({ ...head, cameApart: false }))
      return false;
    return this.deliveries.gather(head.mirrorId, this.digests, share * chat.adapter.capabilities(roomOf(head)).limits.textChars);
  }

  private async say(chat: Chat, delivery: Delivery): Promise<boolean> {
    if ((delivery.operation === 'edit' || delivery.operation === 'remove') && !can(chat.adapter, delivery, delivery.operation))
      return this.deliveries.sayInstead(delivery);
    const hasThreads = chat.adapter.capabilities(roomOf(delivery)).threads !== 'none';
    const to = await this.whatToSay.for(delivery, hasThreads, this.clock.now());
    if (delivery.operation !== 'upkeep' || to.upkeep) await this.waitForBudget(chat, delivery, to);
    if (this.stopping.signal.aborted) return false;
    const step = (): Promise<boolean> => this.sayOnce(chat, delivery, to);
    return delivery.unended > 0 ? this.turns.apart(step) : this.turns.shared(step);
  }

  private async sayOnce(chat: Chat, delivery: Delivery, to: ToSay): Promise<boolean> {
    const timings = this.pacedFor(chat, delivery);
    const triedAt = this.clock.now();
    if (!(await this.deliveries.claim(delivery, timings.callTimeoutMs))) return true;
    const claimed = { ...delivery, attempts: delivery.attempts + 1, unended: delivery.unended + 1, triedAt: new Date(triedAt) };
    const brought = await this.bring(chat, delivery, to.content, timings);
    if ('fault' in brought) {
      if (this.stopping.signal.aborted) return false;
      // Nobody can have seen it: it is said when the file can be brought.
      await this.record(claimed, again(claimed.attempts, brought.fault, this.clock.now(), timings), null, true);
      return true;
    }
    const { content, file } = brought;
    const made = rendered(chat, isShownAnew(delivery) ? { ...delivery, parts: null } : delivery, content);
    if ('fault' in made) {
      await this.record(claimed, again(claimed.attempts, made.fault, this.clock.now(), timings), null, false);
      return true;
    }
    const { parts, losses } = made;
    const begun = { ...claimed, parts, thread: to.thread };
    const besides = { ...(losses ? { losses } : {}), ...(file ? { chatFile: file } : {}) };
    if (!(await this.deliveries.keepParts(begun, parts, to.thread, besides))) return true;
    // The claim ends when the call must have: whoever goes on then believes that nothing more is coming from us.
    const left = triedAt + timings.callTimeoutMs - this.clock.now();
    if (left <= 0) return false;
    const outcome = await this.inTime(left, (signal) => attempt(chat.adapter, begun, to, signal));
    await this.deliveries.rememberCall(delivery, answered(outcome));
    const came = outcome.outcome === 'done' ? outcome.value : null;
    const next = stuckIn(came) ?? afterAttempt(this.tried(begun), outcome, this.clock.now(), timings);
    const repeatable = isRepeatable(chat.adapter, begun) && next.to === 'unknown';
    await this.record(begun, repeatable ? again(begun.attempts, next.fault, this.clock.now(), timings) : next, came, !isThrown(outcome));
    return true;
  }

  /** Before the first attempt, and again where the last one turned out to have done nothing: a file that was brought may not wait for ever. */
  private async bring(chat: Chat, delivery: Delivery, content: Content | null, timings: Timings): Promise<Brought> {
    if (!this.files || !content || delivery.fileId === null || !(delivery.parts === null || isShownAnew(delivery)))
      return { content, file: null };
    const { files } = this;
    // Half of the time is for bringing it: what is left is enough for saying so.
    return this.inTime(timings.callTimeoutMs / 2, (signal) => files.bring(chat, delivery, content, signal));
  }

  private async lookFor(chat: Chat, delivery: Delivery): Promise<boolean> {
    const timings = this.pacedFor(chat, delivery);
    // After an outage every room may have one, and a look that was refused for haste tells nothing.
    if (isLookedForThere(chat.adapter, delivery)) await this.looks.wait(chat, 'history', roomOf(delivery));
    if (this.stopping.signal.aborted) return false;
    // What is not there yet when we begin to look may be there before we have looked.
    const lookedAt = this.clock.now();
    const since = (delivery.triedAt?.getTime() ?? lookedAt) - CLOCK_SKEW_MS;
    const { seen, made } = await this.inTime(timings.callTimeoutMs, (signal) => look(chat.adapter, delivery, since, signal));
    if (this.stopping.signal.aborted) return false;
    await this.record(delivery, afterLook(this.tried(delivery), seen, lookedAt, timings), made, false);
    return true;
  }

  /** `hadEnd`: the chat, or our patience with it, gave an outcome. */
  private async record(delivery: Delivery, decided: Next, made: Made, hadEnd: boolean): Promise<void> {
    const ended = hadEnd ? decided : unlessPoisonous(decided, delivery.unended, delivery.fault);
    const isWhole = delivery.isDigest && delivery.part === 0 && delivery.again === null;
    const next = isWhole ? unlessOneIsAtFault(ended, decided) : ended;
    const facts = { delivery: delivery.id, instance: delivery.instance, operation: delivery.operation, attempts: delivery.attempts };
    this.log.info({ ...facts, outcome: next.to }, 'delivery attempted');
    if (next.to === 'refused' || next.to === 'needs-a-person')
      this.log.error({ delivery: delivery.id, fault: next.fault?.code ?? null }, `delivery ${next.to}`);
    await this.deliveries.record(delivery, next, made, hadEnd);
    // The card's lane has been waiting for the room.
    if (delivery.operation === 'open-room') this.loop.wake();
  }

  private async waitForBudget(chat: Chat, delivery: Delivery, { on }: Pick<ToSay, 'on'>): Promise<void> {
    for (const op of callsOf(delivery, on)) await this.budgets.wait(chat, op, roomOf(delivery));
  }

  private pause(ms: number): Promise<void> {
    return pause(this.clock, ms, this.stopping.signal);
  }

  private inTime<T>(ms: number, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return within(this.clock, ms, this.stopping.signal, call);
  }

  private tried({ attempts, looks, triedAt, settleAt, mayRepeat, mayBeAway }: Delivery): Tried {
    return {
      attempts,
      looks,
      triedAt: triedAt?.getTime() ?? this.clock.now(),
      settleAt: settleAt?.getTime() ?? null,
      mayRepeat,
      mayBeAway,
    };
  }

  private pacedFor(chat: Chat, delivery?: Delivery): Timings {
    const timings = paced(this.timings, chat.pace);
    return delivery && showsFile(delivery) ? { ...timings, callTimeoutMs: timings.callTimeoutMs * FILE_TIMES } : timings;
  }
}

/** A refusal that speaks of the message, the room or our haste proves that the chat is there. */
const NO_ANSWER: readonly Fault['code'][] = ['unavailable', 'timeout', 'protocol', 'auth'];

const answered = (attempted: Attempt<unknown>): boolean =>
  attempted.outcome === 'done' || (attempted.outcome === 'refused' && !NO_ANSWER.includes(attempted.fault.code));

/** An adapter that cannot write it down has said nothing yet: it may be tried again. */
function rendered(chat: Chat, delivery: Delivery, content: Content | null): ReturnType<typeof partsOf> | { readonly fault: Fault } {
  try {
    return partsOf(chat.adapter, delivery, content);
  } catch (error) {
    return { fault: { code: 'invalid', scope: 'message', detail: problemIn(error) } };
  }
}

/** The chat did what it could, and the rest is for people to do. */
function stuckIn(made: Made): Next | null {
  if (made && 'kept' in made && made.fault) return { to: 'refused', fault: made.fault };
  const [one] = made && 'stuck' in made ? made.stuck : [];
  return one ? { to: 'needs-a-person', fault: one.fault } : null;
}

/** It was looked for and is not there: what it named may be gone, too. */
const isShownAnew = (delivery: Delivery): boolean =>
  showsFile(delivery) && delivery.attempts > 0 && delivery.part === 0 && delivery.fault === null;

const laneOf = ({ mirrorId, lane }: Delivery): string => `${mirrorId}/${lane}`;
