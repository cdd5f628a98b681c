import {
  type Attempt,
  type ChatAdapter,
  type Envelope,
  type HistoryQuery,
  type InMessage,
  type MessageRef,
  type Page,
  type RoomRef,
  refused,
  unknown,
} from '@musterhq/chat-port';
import type { Chat } from '#src/platform/chats/chats';
import { type Clock, pause, within } from '#src/platform/loops/clock';
import type { Budgets } from '../deliveries/budgets.ts';
import { keyOf } from '../deliveries/delivery.types.ts';
import { type Shown, shownIn } from '../gaps/marks-learnt.ts';
import { isGone } from '../gone-room.ts';
import { type SweepTimings, type Whereabouts, pacedSweep } from './sweep.ts';
import type { Unswept } from './sweep.types.ts';

const PAGE = 200;
const TRIES = 5;
/** The servers of one chat need not agree about the time, and what is there twice may be older than what we were told of. */
const BEFORE_MS = 60_000;

/** Whether what we say can be found by its key in this chat's history. */
export const canReadBack = (adapter: ChatAdapter): boolean => adapter.history !== undefined && adapter.capabilities().reconcile === 'key';

export interface Past {
  readonly envelopes: readonly Envelope[];
  /** The reactions on those messages of which it tells. */
  readonly shown: readonly Shown[];
  /** What was said before, the chat does not have any more. */
  readonly keptFrom: number;
}

/** Reads a chat's history to its end, and finds messages of ours in it. */
export class ReadBack {
  constructor(
    private readonly timings: SweepTimings,
    private readonly clock: Clock,
    private readonly stopping: AbortSignal,
    private readonly budgets: Budgets,
  ) {}

  /** Reads the room once for all of them, and after that the threads of those that were not met: an old one has to be asked for. */
  async find(chat: Chat, room: RoomRef, ours: readonly Unswept[]): Promise<Map<Unswept, Whereabouts>> {
    const found = await this.findIn(chat, room, null, ours);
    const unmet = ours.filter((one) => one.thread !== null && found.get(one)?.length === 0);
    for (const thread of new Set(unmet.map((one) => one.thread))) {
      const there = unmet.filter((one) => one.thread === thread);
      // A thread that is not there holds nothing: what nobody knew of was not said in it, and its room does not have it either.
      for (const [one, where] of await this.findIn(chat, room, thread, there))
        found.set(one, where === 'gone' && one.isDoubtful ? [] : where);
    }
    return found;
  }

  private async findIn(chat: Chat, room: RoomRef, thread: string | null, ours: readonly Unswept[]): Promise<Map<Unswept, Whereabouts>> {
    const after = Math.min(...ours.map(({ at }) => at.getTime())) - BEFORE_MS;
    const read = await this.read(chat, { room, after, limit: PAGE, ...(thread === null ? {} : { thread }) });
    if (typeof read === 'string') return new Map(ours.map((one) => [one, read]));
    const standing = standingIn(read.envelopes);
    return new Map(
      ours.map((one) => [one, standing.get(keyOf({ id: one.deliveryId, part: one.part })) ?? unmet(one, thread, read.keptFrom)]),
    );
  }

  /** All of it. Nothing that is said while it is being read is missed. */
  async read(chat: Chat, query: HistoryQuery): Promise<Past | Exclude<Whereabouts, readonly MessageRef[]>> {
    const envelopes: Envelope[] = [];
    const shown: Shown[] = [];
    let keptFrom = -Infinity;
    for (let cursor: string | undefined; ;) {
      const page = await this.page(chat, { ...query, ...(cursor ? { cursor } : {}) });
      if (page.outcome !== 'done') return !isGone(page.fault) ? 'unread' : page.fault.remedy === 'invite-bot' ? 'shut-out' : 'gone';
      envelopes.push(...page.value.envelopes);
      shown.push(...shownIn(page.value));
      keptFrom = Math.max(keptFrom, page.value.keptFrom ?? -Infinity);
      cursor = page.value.cursor;
      if (page.value.complete || !cursor) return { envelopes, shown, keptFrom };
      if (page.value.notBefore) await this.pause(page.value.notBefore - this.clock.now());
    }
  }

  /** Asked for again by itself: where one page in five fails, a room of many would never be read from its beginning to its end. */
  private async page(chat: Chat, query: HistoryQuery): Promise<Attempt<Page>> {
    const { callTimeoutMs, pageAgainMs } = pacedSweep(this.timings, chat.pace);
    for (let tries = 1; ; tries++) {
      await this.budgets.wait(chat, 'history', query.room);
      const page = await within(this.clock, callTimeoutMs, this.stopping, (signal) => pageOf(chat.adapter, query, signal));
      if (page.outcome === 'done' || isGone(page.fault) || tries === TRIES || this.stopping.aborted) return page;
      await this.pause(page.fault.retryAfterMs ?? pageAgainMs);
    }
  }

  private pause(ms: number): Promise<void> {
    return pause(this.clock, Math.max(0, ms), this.stopping);
  }
}

/** A throw says nothing about the room. */
async function pageOf({ history }: ChatAdapter, query: HistoryQuery, signal: AbortSignal): Promise<Attempt<Page>> {
  try {
    return (await history?.page(query, signal)) ?? refused({ code: 'unsupported', scope: 'adapter' });
  } catch {
    return unknown({ code: 'protocol', scope: 'adapter' });
  }
}

/** What is too old for the chat to have it was there, for all that anybody knows: it is not said again. */
const unmet = ({ at, thread }: Unswept, readIn: string | null, keptFrom: number): Whereabouts =>
  thread === readIn && at.getTime() - BEFORE_MS < keptFrom ? 'gone' : [];

/** By the key that each carries. An edited message is told of twice, and stands there once. */
function standingIn(envelopes: readonly Envelope[]): Map<string, MessageRef[]> {
  const found = new Map<string, InMessage[]>();
  for (const { event } of envelopes) {
    if (event.type !== 'message.created' && event.type !== 'message.edited') continue;
    const { origin, key, ref } = event.message;
    if (origin !== 'self' || key === undefined) continue;
    const there = found.get(key) ?? [];
    if (!there.some((one) => one.ref.id === ref.id)) found.set(key, [...there, event.message]);
  }
  return new Map([...found].map(([key, there]) => [key, there.sort(bySaying).map(({ ref }) => ref)]));
}

const bySaying = (a: InMessage, b: InMessage): number => a.at - b.at || (a.ref.id < b.ref.id ? -1 : 1);
