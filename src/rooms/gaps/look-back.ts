import type { Envelope } from '@musterhq/chat-port';
import type { Chat, Chats } from '#src/platform/chats/chats';
import type { Database } from '#src/platform/database/database';
import type { Inbox } from '#src/platform/inbox/inbox';
import type { Log } from '#src/platform/logging/logging';
import { type Clock, REAL_CLOCK, within } from '#src/platform/loops/clock';
import { Loop } from '#src/platform/loops/loop';
import { Runs } from '#src/platform/loops/runs';
import type { Work } from '#src/platform/shedding/work.types';
import { Budgets, oneHalf } from '../deliveries/budgets.ts';
import type { Deliveries } from '../deliveries/deliveries.ts';
import { roomOf } from '../deliveries/one-attempt.ts';
import { type Past as History, ReadBack } from '../sweeps/read-back.ts';
import { SWEEP_TIMINGS, pacedSweep } from '../sweeps/sweep.ts';
import { type Known, type Past, compared, isStillCalm, knownIn, pastsToCompare, removeAgain } from './look-back-store.ts';
import type { MarksInHistory, Reading } from './marks-in-history.ts';
import { idsIn } from './marks-learnt.ts';
import { pinsOf } from './pins-of.ts';
import { takenAway } from './taken-away.ts';

const POLL_MS = 1_000;
const PAGE = 200;
const CALL_TIMEOUT_MS = 10_000;
/** So far before a gap: what people change or take away is mostly what they said lately. */
const BEFORE_MS = 6 * 3_600_000;
/** And so far into it, where something may have been heard although not all was. What was read of the gap itself is as it is now. */
const INTO_MS = 3_600_000;

/**
 * Looks once at what was said before a gap: what was changed or taken away there while the chat told us nothing, what people set on it
 * and took off it, is in no event, and older than what is read of the gap. It goes through the same inbox as live events; what of ours the chat said it took away and shows
 * is taken away again. Room by room, with one half of what the chat
 * allows, when nothing of that chat is left to catch up with; where it stands is kept in rows, and doing it twice changes nothing.
 */
export class LookBack {
  private readonly loop: Loop;
  private readonly runs = new Runs();
  private readonly stopping = new AbortController();
  private readonly budgets: Budgets;
  private readonly reader: ReadBack;

  constructor(
    private readonly database: Database,
    private readonly inbox: Pick<Inbox, 'admit'>,
    private readonly marks: MarksInHistory,
    private readonly tenants: Pick<Deliveries, 'holdTenant'>,
    private readonly chats: Pick<Chats, 'all'>,
    private readonly log: Log,
    private readonly work: Work,
    private readonly clock: Clock = REAL_CLOCK,
  ) {
    this.budgets = new Budgets(clock, this.stopping.signal, oneHalf);
    this.reader = new ReadBack(SWEEP_TIMINGS, clock, this.stopping.signal, this.budgets);
    this.loop = new Loop('look back', POLL_MS, () => this.lookDue(), log, clock);
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop.stop();
    await this.runs.ended();
  }

  private async lookDue(): Promise<void> {
    if (!this.work.isOn('mirrors')) return;
    for (const chat of this.chats.all()) {
      const pasts = await pastsToCompare(this.database, chat.id);
      for (const tenant of new Set(pasts.map((past) => past.tenant))) {
        const key = `${chat.id}/${tenant}`;
        if (!(await this.tenants.holdTenant(chat.id, tenant)) || this.runs.has(key)) continue;
        const here = pasts.filter((past) => past.tenant === tenant);
        this.runs.start(
          key,
          () => this.lookAll(chat, here),
          (error) => this.log.warn({ instance: chat.id, error }, 'rooms of a chat could not be looked back at, will try again'),
        );
      }
    }
  }

  private async lookAll(chat: Chat, pasts: readonly Past[]): Promise<void> {
    const { retryMs } = pacedSweep(SWEEP_TIMINGS, chat.pace);
    for (const past of pasts) {
      if (this.stopping.signal.aborted) return;
      try {
        await this.look(chat, past, retryMs);
      } catch (error) {
        this.log.warn({ gap: past.gapId, error }, 'a room could not be looked back at, will try again');
        await compared(this.database, past, retryMs);
      }
    }
  }

  private async look(chat: Chat, past: Past, retryMs: number): Promise<void> {
    const [after, before] = [past.from.getTime() - BEFORE_MS, Math.min(past.to.getTime(), past.from.getTime() + INTO_MS)];
    const room = roomOf({ instance: chat.id, ...past });
    const askedAt = this.clock.now();
    const read = chat.adapter.history ? await this.reader.read(chat, { room, after, before, limit: PAGE }) : 'gone';
    if (this.stopping.signal.aborted || !(await isStillCalm(this.database, past))) return;
    if (read === 'unread' || read === 'shut-out') return compared(this.database, past, retryMs);
    if (read !== 'gone') {
      await this.compare(chat.id, past, read, await knownIn(this.database, past, after, before));
      await this.compareMarks(chat, past, read, askedAt);
    }
    await compared(this.database, past, null);
  }

  /** Reactions and pins on what was said before the gap. A chat that does not say now what is pinned is not asked for it again. */
  private async compareMarks(chat: Chat, past: Past, read: History, askedAt: number): Promise<void> {
    const { gapId, room } = past;
    const reading = { ...past, instance: chat.id, room, lane: laneIn(read, past), id: `${gapId}:${askedAt}`, at: askedAt };
    const reactions = await this.marks.reactions(reading, read.shown);
    const pins = await this.pins(chat, reading, idsIn(read.envelopes));
    await this.inbox.admit(chat.id, [...reactions, ...pins], gapId);
  }

  private async pins(chat: Chat, reading: Reading, met: ReadonlySet<string>): Promise<Envelope[]> {
    if (!chat.adapter.history?.pins) return [];
    const room = roomOf(reading);
    await this.budgets.wait(chat, 'pins', room);
    const at = this.clock.now();
    const pinned = await within(this.clock, CALL_TIMEOUT_MS, this.stopping.signal, (signal) => pinsOf(chat.adapter, room, signal));
    return pinned?.outcome === 'done' ? this.marks.pins({ ...reading, at }, pinned.value, met) : [];
  }

  private async compare(instance: string, past: Past, read: History, known: readonly Known[]): Promise<void> {
    const gone = takenAway(known, read);
    const at = this.clock.now();
    const room = roomOf({ instance, ...past });
    const tombstones = gone.map((id): Envelope => {
      const event = { type: 'message.deleted', target: { room, id } } as const;
      return { id: `${past.room}:${id}:not-there:${past.gapId}`, lane: past.room, at, redelivery: 0, event };
    });
    await this.inbox.admit(instance, [...read.envelopes, ...tombstones], past.gapId);
    const again = await removeAgain(this.database, past, oursIn(read));
    if (gone.length + again > 0)
      this.log.info({ gap: past.gapId, gone: gone.length, again }, 'a chat was changed, or did not change, while it told us nothing');
  }
}

const laneIn = ({ envelopes }: History, { room }: Past): string => envelopes[0]?.lane ?? room;

const oursIn = ({ envelopes }: History): string[] =>
  envelopes.flatMap(({ event }) => (event.type === 'message.created' && event.message.origin === 'self' ? [event.message.ref.id] : []));
