import { type Attempt, type HistoryQuery, type Page, refused } from '@musterhq/chat-port';
import type { Chat, Chats } from '#src/platform/chats/chats';
import { inStep } from '#src/platform/chats/in-step';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Inbox } from '#src/platform/inbox/inbox';
import type { Log } from '#src/platform/logging/logging';
import { type Clock, REAL_CLOCK, within } from '#src/platform/loops/clock';
import { Loop } from '#src/platform/loops/loop';
import { Runs } from '#src/platform/loops/runs';
import { Budgets, oneHalf } from '../deliveries/budgets.ts';
import type { Deliveries } from '../deliveries/deliveries.ts';
import { isForGood } from '../deliveries/decide.ts';
import { isGone } from '../gone-room.ts';
import { MARK_KINDS } from '../rooms.events.ts';
import type { Gap } from './gap-store.ts';
import type { Gaps } from './gaps.ts';
import { Learning } from './learning.ts';
import type { MarksInHistory } from './marks-in-history.ts';
import { pinsOf } from './pins-of.ts';

const POLL_MS = 500;
const CALL_TIMEOUT_MS = 10_000;
/** As many as the chat gives at once: calls are what is short after an outage. */
const PAGE = 1_000;
/** Read from a little before the gap: what is known already is passed over by its id. */
const OVERLAP_MS = 60_000;

/**
 * Merges two histories after an outage, mirror by mirror:
 *
 *   reading   the chat's history since before the gap goes through the same inbox as live events, under the same ids; so does
 *             what it shows of reactions and pins that nobody told us of
 *   merging   until every one of them is in the log
 *   posting   until what waited here has been said there, in order
 *   closed    and the room is told what was exchanged
 *
 * Each step is kept in a row, so whoever goes on after a crash goes on there. Doing a step twice changes nothing. The rooms of
 * one tenant are read one after the other by one process, with one half of what the chat allows, and not before the chat said.
 */
export class CatchUp {
  private readonly loop: Loop;
  private readonly deaf: () => void;
  private readonly stopping = new AbortController();
  /** By reading: so that a limit in the middle does not begin it anew. Lost with the process, which costs calls and no words. */
  private readonly threadsRead = new Map<string, Set<string>>();
  private readonly readings = new Runs();
  private readonly budgets: Budgets;
  /** By tenant: the chat said to come back then. Lost with the process, which costs a call. */
  private readonly notBefore = new Map<string, number>();

  constructor(
    private readonly gaps: Gaps,
    private readonly tenants: Pick<Deliveries, 'holdTenant'>,
    private readonly inbox: Pick<Inbox, 'admit'>,
    private readonly marks: MarksInHistory,
    private readonly chats: Pick<Chats, 'all' | 'get'>,
    private readonly doorbell: Pick<Doorbell, 'listen' | 'ring'>,
    private readonly log: Log,
    private readonly clock: Clock = REAL_CLOCK,
  ) {
    this.budgets = new Budgets(clock, this.stopping.signal, oneHalf);
    this.loop = new Loop(
      'catch up',
      () => inStep(chats, POLL_MS),
      () => this.goOn(),
      log,
      clock,
    );
    this.deaf = doorbell.listen('mirrors', () => this.loop.wake());
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.deaf();
    this.stopping.abort();
    await this.loop.stop();
    await this.readings.ended();
  }

  private async goOn(): Promise<void> {
    const toRead = new Map<string, Gap[]>();
    for (const gap of await this.gaps.toClose()) {
      const key = `${gap.instance}/${gap.tenant}`;
      if (gap.state === 'reading') toRead.set(key, [...(toRead.get(key) ?? []), gap]);
      else await this.step(gap, () => (gap.state === 'merging' ? this.merge(gap) : this.gaps.close(gap)));
    }
    for (const [key, gaps] of toRead) await this.beginReading(key, gaps);
  }

  private async step(gap: Gap, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.log.warn({ gap: gap.id, state: gap.state, error }, 'gap could not be closed yet, will go on');
    }
  }

  /** Unless that is under way, here or in another process: which one reads is asked again as long as it takes. */
  private async beginReading(key: string, gaps: readonly Gap[]): Promise<void> {
    const [first] = gaps;
    const chat = first && this.chats.get(first.instance);
    if (!chat || !(await this.tenants.holdTenant(first.instance, first.tenant)) || this.readings.has(key)) return;
    const reading = async (): Promise<void> => {
      for (const gap of gaps) if (!this.stopping.signal.aborted && !this.isToWait(key)) await this.step(gap, () => this.read(chat, gap));
    };
    this.readings.start(key, reading, (error) => this.log.warn({ instance: chat.id, error }, 'histories could not be read, will go on'));
  }

  private isToWait(tenant: string): boolean {
    return (this.notBefore.get(tenant) ?? 0) > this.clock.now();
  }

  private async read(chat: Chat, gap: Gap): Promise<void> {
    const { history } = chat.adapter;
    if (gap.room === null) return this.gaps.allRead(gap, null, MARK_KINDS);
    // In a doubt that came to nothing it was heard live; when the chat was down nobody knows what was said there.
    if (!history) return this.gaps.allRead(gap, gap.parked ? gap.to : null, MARK_KINDS);
    if (gap.notBefore && gap.notBefore.getTime() > this.clock.now()) return;

    const learning = new Learning(this.marks, gap, gap.room);
    if (gap.cursor === null && gap.thread === null && !(await this.readThreads(chat, gap, learning))) return;
    let { cursor } = gap;
    let keptFrom: Date | null;
    for (;;) {
      const query = {
        room: { adapter: gap.instance, tenant: gap.tenant, room: gap.room },
        ...(gap.thread === null ? {} : { thread: gap.thread }),
        after: gap.from.getTime() - OVERLAP_MS,
        ...(cursor ? { cursor } : {}),
        limit: PAGE,
      };
      const askedAt = this.clock.now();
      const page = await this.page(chat, query);
      // Where we are not in a room of others, or our post is gone, nobody was heard before either.
      if (gap.thread !== null && isForGood(page)) return this.gaps.allRead(gap, null, MARK_KINDS);
      if (page.outcome === 'refused' && isGone(page.fault)) {
        this.log.error({ gap: gap.id, fault: page.fault.code }, 'the room is gone from its chat, its history cannot be read');
        return this.gaps.allRead(gap, gap.to, MARK_KINDS);
      }
      if (page.outcome !== 'done') {
        this.log.warn({ gap: gap.id, fault: page.fault.code }, 'history could not be read, will go on');
        return;
      }
      await this.inbox.admit(gap.instance, await learning.fromPage(page.value, askedAt), gap.id);
      keptFrom = dateOf(page.value.keptFrom);
      if (page.value.complete || !page.value.cursor) break;
      cursor = page.value.cursor;
      const notBefore = dateOf(page.value.notBefore);
      if (!(await this.gaps.keepPlace(gap, { cursor, notBefore, keptFrom, untold: learning.untold })) || notBefore) return;
    }
    if (gap.thread === null) await this.readPins(chat, gap, gap.room, learning);
    if (this.stopping.signal.aborted) return;
    await this.gaps.allRead(gap, keptFrom, learning.untold);
    this.loop.wake();
  }

  /** Asked once: nobody's words wait for a pin. What it does not tell now, the look back asks for again. */
  private async readPins(chat: Chat, { id, instance, tenant }: Gap, room: string, learning: Learning): Promise<void> {
    const ref = { adapter: instance, tenant, room };
    if (chat.adapter.history?.pins) await this.budgets.wait(chat, 'pins', ref);
    const askedAt = this.clock.now();
    const pinned = await within(this.clock, CALL_TIMEOUT_MS, this.stopping.signal, (signal) => pinsOf(chat.adapter, ref, signal));
    await this.inbox.admit(instance, await learning.fromPins(pinned, askedAt), id);
  }

  /** Answers in threads that are older than what is read of the room. False when it has to be done again. */
  private async readThreads(chat: Chat, gap: Gap, learning: Learning): Promise<boolean> {
    if (gap.room === null) return true;
    const room = { adapter: gap.instance, tenant: gap.tenant, room: gap.room };
    const reading = `${gap.id}:${gap.to.getTime()}`;
    const done = this.threadsRead.get(reading) ?? new Set();
    this.threadsRead.set(reading, done);
    for (const thread of await this.gaps.olderThreads(gap)) {
      if (done.has(thread)) continue;
      let cursor: string | undefined;
      do {
        const query = { room, thread, after: gap.from.getTime() - OVERLAP_MS, ...(cursor ? { cursor } : {}), limit: PAGE };
        const askedAt = this.clock.now();
        const page = await this.page(chat, query);
        // A thread that is gone, and everything where the room is: the reading of the room says so.
        if (page.outcome === 'refused' && (isGone(page.fault) || page.fault.code === 'invalid')) break;
        if (page.outcome !== 'done') return false;
        await this.inbox.admit(gap.instance, await learning.fromPage(page.value, askedAt), gap.id);
        // Where a page is to be had each minute, the room comes first.
        if (page.value.notBefore !== undefined) return true;
        cursor = page.value.complete ? undefined : page.value.cursor;
      } while (cursor !== undefined);
      done.add(thread);
    }
    this.threadsRead.delete(reading);
    return true;
  }

  private async page(chat: Chat, query: HistoryQuery): Promise<Attempt<Page>> {
    await this.budgets.wait(chat, 'history', query.room);
    const ask = (signal: AbortSignal): Promise<Attempt<Page>> =>
      chat.adapter.history?.page(query, signal) ?? Promise.resolve(refused({ code: 'unsupported', scope: 'adapter' }));
    const page = await within(this.clock, CALL_TIMEOUT_MS, this.stopping.signal, ask);
    if (page.outcome !== 'done' && page.fault.retryAfterMs !== undefined)
      this.notBefore.set(`${chat.id}/${query.room.tenant}`, this.clock.now() + page.fault.retryAfterMs);
    return page;
  }

  private async merge(gap: Gap): Promise<void> {
    if (!(await this.gaps.startPosting(gap))) return;
    this.doorbell.ring({ topic: 'deliveries', id: gap.mirrorId });
    this.loop.wake();
  }
}

const dateOf = (at: number | undefined): Date | null => (at === undefined ? null : new Date(at));
