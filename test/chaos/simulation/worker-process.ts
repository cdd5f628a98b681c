import type { ChatAdapter, Content } from '@musterhq/chat-port';
import type { Chat } from '#src/platform/chats/chats';
import type { Clock } from '#src/platform/loops/clock';
import { Turns } from '#src/platform/loops/turns';
import { Inbox } from '#src/platform/inbox/inbox';
import { InboxWorker } from '#src/platform/inbox/inbox-worker';
import type { InboxHandler } from '#src/platform/inbox/inbox.types';
import { DeliveryWorker } from '#src/rooms/deliveries/delivery-worker';
import { type DigestRule, DIGESTS } from '#src/rooms/deliveries/digest';
import { type Timings, REAL_TIMINGS } from '#src/rooms/deliveries/decide';
import { CatchUp } from '#src/rooms/gaps/catch-up';
import { ReceiveMessage } from '#src/rooms/receive-message';
import { type SweepTimings, SWEEP_TIMINGS } from '#src/rooms/sweeps/sweep';
import { Sweeper } from '#src/rooms/sweeps/sweeper';
import type { Bell } from './bell.ts';
import { DeliveriesInMemory } from './memory/deliveries.ts';
import { heldBy } from './memory/sent.ts';
import { GapsInMemory } from './memory/gaps.ts';
import { HearingInMemory } from './memory/hearing.ts';
import { SweepsInMemory } from './memory/sweeps.ts';
import type { Tables } from './memory/tables.ts';
import { type InboxWithout, WaitingInMemory, storeInMemory } from './memory/waiting-items.ts';
import type { Schedule } from './schedule.ts';
import { contentOf, linesOf } from './simulated-chat.ts';
import type { SimulatedTime } from './simulated-time.ts';

/** A night ends soon after the second look. */
const SOON: SweepTimings = { ...SWEEP_TIMINGS, secondMs: 150_000, gatherMs: 10_000 };

/** A night has few words. */
const FEW: DigestRule = { ...DIGESTS, above: 1, afterMs: 20_000, most: 3 };

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const NEVER = new Promise<never>(() => undefined);

/** What is taken away to see that it is missed. */
export interface Without extends InboxWithout {
  readonly settleDelay?: boolean;
  readonly sweeper?: boolean;
}

export interface Surroundings {
  readonly schedule: Schedule;
  readonly tables: Tables;
  readonly time: SimulatedTime;
  readonly bell: Bell;
  readonly random: () => number;
  readonly without: Without;
  /** Whether statements, stalls and deaths go by the schedule at this moment. */
  areFaultsOn(): boolean;
  /** Counts it. */
  mayDie(): boolean;
  /** The database is away now and then, and not three times while one thing is tried. */
  mayFail(): boolean;
  readonly instance: string;
  adapterFor(kill: () => void): ChatAdapter;
  handlersFor(kill: () => void): readonly InboxHandler<Tables>[];
  onDeath(): void;
}

/** The production workers in one process that may be stopped for a while, or killed, between any two statements. */
export class WorkerProcess {
  readonly inbox: Inbox;
  isAlive = true;
  private frozenUntil = 0;
  private readonly died: Promise<never>;
  private die: (why: Error) => void = () => undefined;
  private readonly ends: (() => Promise<void>)[] = [];

  constructor(
    readonly id: string,
    private readonly around: Surroundings,
  ) {
    const { tables, schedule, random, without, instance } = around;
    this.died = new Promise((_, reject) => (this.die = reject));
    this.died.catch(() => undefined);

    const clock = this.clock();
    const kill = (): void => this.kill();
    const bell = around.bell.of(() => this.isAlive);
    const turns = new Turns();
    const adapter = this.seenFromHere(around.adapterFor(kill));
    const chat: Chat = {
      id: instance,
      name: instance,
      plugin: instance,
      pretend: true,
      pace: 1,
      adapter,
      health: { state: 'ready', since: 0 },
    };
    const timings: Timings = without.settleDelay ? { ...REAL_TIMINGS, settleMs: 0 } : REAL_TIMINGS;
    const chats = { all: () => [chat], get: () => chat };
    const whatToSay: ConstructorParameters<typeof DeliveryWorker>[2] = {
      for: ({ id, content: own, operation, mirrorId, thread, isDigest }) => {
        const content = isDigest ? together(tables, id) : own;
        const spec = operation === 'open-room' ? { key: mirrorId, name: mirrorId, private: false, members: [] } : null;
        return Promise.resolve({ content, spec, members: null, thread, on: false });
      },
    };

    this.inbox = new Inbox(
      this.throughTheWire((batch) => storeInMemory(tables, batch, without)),
      bell,
    );
    const waiting = this.wired(new WaitingInMemory(tables, id, this.died, random, without));
    const handlers = [
      new ReceiveMessage(new HearingInMemory(), { meet: ({ user }) => Promise.resolve({ id: user, name: user }) }),
      ...around.handlersFor(kill),
    ];
    const deliveries = this.wired(new DeliveriesInMemory(tables, id));
    const workers = [
      new DeliveryWorker(deliveries, chats, whatToSay, bell, quiet, undefined, timings, clock, turns, schedule.isGathered ? FEW : DIGESTS),
      new InboxWorker(waiting, bell, handlers, quiet, undefined, clock, turns),
      ...(schedule.outage || schedule.unopened > 0
        ? [new CatchUp(this.wired(new GapsInMemory(tables)), this.inbox, chats, bell, quiet, clock)]
        : []),
      ...(schedule.isSwept && !without.sweeper
        ? [new Sweeper(this.wired(new SweepsInMemory(tables)), deliveries, chats, quiet, undefined, SOON, clock)]
        : []),
    ];
    for (const worker of workers) {
      this.ends.push(() => worker.stop());
      worker.start();
    }
  }

  kill(): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    this.die(new Error('killed'));
    this.around.onDeath();
  }

  private clock(): Clock {
    const { time } = this.around;
    return {
      now: () => time.now(),
      later: (ms, task) => time.later(ms, () => this.whenAwake(task)),
    };
  }

  private whenAwake(task: () => void): void {
    const { time } = this.around;
    if (!this.isAlive) return;
    if (time.now() >= this.frozenUntil) task();
    else time.later(this.frozenUntil - time.now(), () => this.whenAwake(task));
  }

  /** Nothing is done by the dead, nor while stopped. */
  private async awake(): Promise<void> {
    if (!this.isAlive) await NEVER;
    while (this.around.time.now() < this.frozenUntil) {
      await this.around.time.sleep(this.frozenUntil - this.around.time.now());
      if (!this.isAlive) await NEVER;
    }
  }

  private wired<Store extends object>(store: Store): Store {
    const wired = Object.create(store) as Record<string, unknown>;
    for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(store))) {
      const method = Reflect.get(store, name) as (...args: unknown[]) => Promise<unknown>;
      wired[name] = this.throughTheWire(method.bind(store));
    }
    return wired as Store;
  }

  private throughTheWire<Args extends unknown[], T>(statement: (...args: Args) => Promise<T>): (...args: Args) => Promise<T> {
    const { badStatements, stalls, kills, poison } = this.around.schedule;
    const isQuiet = badStatements + stalls + kills === 0 && !poison?.endsWith('kills');
    if (isQuiet) return statement;
    return async (...args) => {
      const before = this.trouble();
      if (before) await before;
      let answer: T;
      try {
        answer = await statement(...args);
      } catch (error) {
        await this.awake();
        throw error;
      }
      const after = this.trouble();
      if (after) await after;
      return answer;
    };
  }

  /** Null, mostly: then there is nothing to wait for. */
  private trouble(): Promise<unknown> | null {
    if (!this.isAlive) return NEVER;
    if (this.frozenUntil > this.around.time.now()) return this.awake().then(() => this.trouble());
    if (!this.around.areFaultsOn()) return null;
    const { badStatements, stalls, kills } = this.around.schedule;
    const drawn = this.around.random() * 2_000;
    if (drawn < kills + stalls && !this.around.mayDie()) return null;
    if (drawn < kills) {
      this.kill();
      return NEVER;
    }
    if (drawn < kills + stalls) {
      this.frozenUntil = this.around.time.now() + this.around.random() * 60_000;
      return this.awake();
    }
    return drawn < kills + stalls + badStatements && this.around.mayFail() ? Promise.reject(new Error('the database is away')) : null;
  }

  /** What a chat answers reaches only the living. */
  private seenFromHere(adapter: ChatAdapter): ChatAdapter {
    const here =
      <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) =>
      async (...args: Args): Promise<T> => {
        try {
          return await call(...args);
        } finally {
          await this.awake();
        }
      };
    const { messages, rooms, history } = adapter;
    return {
      ...adapter,
      messages: {
        ...messages,
        send: here(messages.send),
        ...(messages.reconcile ? { reconcile: here(messages.reconcile) } : {}),
        ...(messages.remove ? { remove: here(messages.remove) } : {}),
      },
      ...(rooms ? { rooms: { ...rooms, create: here(rooms.create) } } : {}),
      ...(history ? { history: { page: here(history.page) } } : {}),
    };
  }
}

/** A line for each that a digest holds. */
const together = (tables: Tables, digestId: string): Content =>
  contentOf(
    heldBy(tables, digestId)
      .sort((a, b) => a.position - b.position)
      .flatMap(({ content }) => linesOf(content))
      .join('\n'),
  );
