import { type Attempt, type MessageRef, refused, unknown } from '@musterhq/chat-port';
import type { Chat, Chats } from '#src/platform/chats/chats';
import { inStep } from '#src/platform/chats/in-step';
import type { Log } from '#src/platform/logging/logging';
import { type Clock, REAL_CLOCK, within } from '#src/platform/loops/clock';
import { Loop } from '#src/platform/loops/loop';
import { Runs } from '#src/platform/loops/runs';
import { ALL_ON, type Work } from '#src/platform/shedding/work.types';
import { Budgets, aQuarter } from '../deliveries/budgets.ts';
import { isForGood } from '../deliveries/decide.ts';
import type { Deliveries } from '../deliveries/deliveries.ts';
import { roomOf } from '../deliveries/one-attempt.ts';
import { ReadBack, canReadBack } from './read-back.ts';
import { type Besides, type SweepTimings, type Whereabouts, SWEEP_TIMINGS, afterSweep, pacedSweep } from './sweep.ts';
import type { RoomToSweep, Swept, Unswept } from './sweep.types.ts';
import type { Sweeps } from './sweeps.ts';

type Again = Swept['again'][number];
type Removed = Swept['removed'][number];
type There = Swept['there'][number];

const POLL_MS = 1_000;

/**
 * Looks twice for what a chat says it has: what stands there twice is taken away but for the first, and what was never there is
 * said again. One reading of a room's history serves everything that is due in it; a Muster in which nothing was said reads
 * nothing. Where it stands is kept in rows, so whoever goes on after a crash goes on there.
 */
export class Sweeper {
  private readonly loop: Loop;
  /** One room at a time for each tenant: looking may be late, and must not crowd out saying. */
  private readonly runs = new Runs();
  private readonly stopping = new AbortController();
  private readonly budgets: Budgets;
  private readonly reader: ReadBack;

  constructor(
    private readonly sweeps: Sweeps,
    private readonly tenants: Pick<Deliveries, 'holdTenant'>,
    private readonly chats: Pick<Chats, 'all'>,
    private readonly log: Log,
    private readonly work: Work = ALL_ON,
    private readonly timings: SweepTimings = SWEEP_TIMINGS,
    private readonly clock: Clock = REAL_CLOCK,
  ) {
    this.budgets = new Budgets(clock, this.stopping.signal, aQuarter);
    this.reader = new ReadBack(timings, clock, this.stopping.signal, this.budgets);
    this.loop = new Loop(
      'sweeper',
      () => inStep(chats, POLL_MS),
      () => this.sweepDue(),
      log,
      clock,
    );
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop.stop();
    await this.runs.ended();
  }

  private async sweepDue(): Promise<void> {
    if (!this.work.isOn('mirrors')) return;
    for (const chat of this.chats.all()) {
      const rooms = await this.sweeps.rooms(chat.id);
      for (const tenant of new Set(rooms.map((room) => room.tenant))) {
        const key = `${chat.id}/${tenant}`;
        if (!(await this.tenants.holdTenant(chat.id, tenant)) || this.runs.has(key)) continue;
        const here = rooms.filter((room) => room.tenant === tenant);
        this.runs.start(
          key,
          () => this.sweepAll(chat, here),
          (error) => this.log.warn({ instance: chat.id, error }, 'a chat could not be swept, will try again'),
        );
      }
    }
  }

  private async sweepAll(chat: Chat, rooms: readonly RoomToSweep[]): Promise<void> {
    for (const room of rooms) {
      if (this.stopping.signal.aborted) return;
      try {
        await this.sweep(chat, room);
      } catch (error) {
        this.log.warn({ mirror: room.mirrorId, error }, 'a room could not be swept, will try again');
      }
    }
  }

  private async sweep(chat: Chat, { mirrorId, tenant, room }: RoomToSweep): Promise<void> {
    const due = await this.sweeps.due(mirrorId);
    const ref = roomOf({ instance: chat.id, tenant, room });
    const found: Map<Unswept, Whereabouts> = canReadBack(chat.adapter)
      ? await this.reader.find(chat, ref, due)
      : new Map(due.map((one) => [one, 'gone']));
    // Where we may post and not read, nothing but this tells us that we hear nothing.
    if ([...found.values()].includes('shut-out') && (await this.sweeps.shutOut(mirrorId))) return;
    const timings = pacedSweep(this.timings, chat.pace);
    const swept = { over: [] as Unswept[], again: [] as Again[], lost: [] as Unswept[], removed: [] as Removed[], there: [] as There[] };
    for (const [one, where] of found) {
      const besides = typeof where === 'string' ? 'nothing' : await this.tidy(chat, where, swept.removed);
      if (one.isDoubtful && typeof where !== 'string' && where[0]) swept.there.push({ one, message: where[0] });
      const next = afterSweep(one, where, besides, this.clock.now(), timings);
      if (next.to === 'look-again') swept.again.push({ one, at: new Date(next.at), looks: next.looks, found: next.found });
      else swept[next.to].push(one);
    }
    // What was not read to its end was not looked for.
    if (this.stopping.signal.aborted) return;
    for (const { deliveryId, part } of swept.lost)
      this.log.warn({ delivery: deliveryId, part }, 'the chat does not have what it said it had, or what nobody knew of');
    await this.sweeps.record(mirrorId, swept, new Date(this.clock.now() + timings.retryMs));
  }

  /** Takes away what stands there besides the first. */
  private async tidy(chat: Chat, [first, ...others]: readonly MessageRef[], removed: Removed[]): Promise<Besides> {
    let besides: Besides = 'nothing';
    for (const message of others) {
      await this.budgets.wait(chat, 'delete', message.room);
      const made = await this.remove(chat, message);
      this.log.warn({ instance: chat.id, message: message.id, outcome: made.outcome }, 'a chat has it twice, the later is taken away');
      const isAway = made.outcome === 'done' || (made.outcome === 'refused' && made.fault.code === 'not-found');
      if (first && isAway) removed.push({ id: message.id, kept: first.id });
      if (isAway) besides = besides === 'nothing' ? 'taken-away' : besides;
      else besides = isForGood(made) ? 'stays' : 'to-be-tried-again';
    }
    return besides;
  }

  private async remove(chat: Chat, message: MessageRef): Promise<Attempt<void>> {
    const { messages } = chat.adapter;
    const { callTimeoutMs } = pacedSweep(this.timings, chat.pace);
    const call = (signal: AbortSignal): Promise<Attempt<void>> =>
      messages.remove?.(message, signal) ?? Promise.resolve(refused({ code: 'unsupported', scope: 'room' }));
    try {
      return await within(this.clock, callTimeoutMs, this.stopping.signal, call);
    } catch {
      return unknown({ code: 'protocol', scope: 'message' });
    }
  }
}
