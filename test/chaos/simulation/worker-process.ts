import type { ChatAdapter, Content } from '@musterhq/chat-port';
import type { Chat } from '#src/platform/chats/chats';
import type { Clock } from '#src/platform/loops/clock';
import { Turns } from '#src/platform/loops/turns';
import type { Admission } from '#src/platform/inbox/admit';
import { Inbox } from '#src/platform/inbox/inbox';
import { InboxWorker } from '#src/platform/inbox/inbox-worker';
import type { InboxHandler } from '#src/platform/inbox/inbox.types';
import { DeliveryWorker } from '#src/rooms/deliveries/delivery-worker';
import { type DigestRule, DIGESTS } from '#src/rooms/deliveries/digest';
import { type Timings, REAL_TIMINGS } from '#src/rooms/deliveries/decide';
import { CatchUp } from '#src/rooms/gaps/catch-up';
import type { MarksInHistory } from '#src/rooms/gaps/marks-in-history';
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
import { WaitingInMemory, storeInMemory } from './memory/waiting-items.ts';
import type { Rule } from './rules.ts';
import type { Schedule } from './schedule.ts';
import { contentOf, linesOf } from './simulated-chat.ts';
import type { SimulatedTime } from './simulated-time.ts';
import type { Story } from './story.ts';

/** A night ends soon after the second look. */
const SOON: SweepTimings = { ...SWEEP_TIMINGS, secondMs: 150_000, gatherMs: 10_000 };

/** A night has few words. */
const FEW: DigestRule = { ...DIGESTS, above: 1, afterMs: 20_000, most: 3 };

/** Nobody reacts or pins here, and the chat's history tells of neither. */
export const NO_MARKS: MarksInHistory = { reactions: () => Promise.resolve([]), pins: () => Promise.resolve([]) };

const NEVER = new Promise<never>(() => undefined);

type Ask<Args extends unknown[], T> = (...args: Args) => Promise<T>;
type Wire = <Args extends unknown[], T>(statement: Ask<Args, T>) => Ask<Args, T>;

const unawaited =
  (store: Ask<[readonly Admission[]], Set<string>>) =>
  (batch: readonly Admission[]): Promise<Set<string>> => {
    store(batch).catch(() => undefined);
    return Promise.resolve(new Set());
  };

export interface Surroundings {
  readonly schedule: Schedule;
  readonly tables: Tables;
  readonly time: SimulatedTime;
  readonly bell: Bell;
  readonly random: () => number;
  readonly without: Rule | null;
  readonly story: Story;
  /** Whether statements, stalls and deaths go by the schedule at this moment. */
  areFaultsOn(): boolean;
  /** Counts it. */
  mayDie(): boolean;
  /** The database is away now and then, and not three times while one thing is tried. */
  mayFail(): boolean;
  /** By what the chat is called. */
  adaptersFor(kill: () => void): ReadonlyMap<string, ChatAdapter>;
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
    const { tables, schedule, random, without, story } = around;
    const log = story.logOf(id);
    story.tell(id, () => 'starts');
    this.died = new Promise((_, reject) => (this.die = reject));
    this.died.catch(() => undefined);

    const clock = this.clock();
    const kill = (): void => this.kill();
    const bell = around.bell.of(() => this.isAlive);
    const turns = new Turns();
    const all = [...around.adaptersFor(kill)].map(([instance, adapter]): Chat => {
      const health = { state: 'ready', since: 0 } as const;
      return { id: instance, name: instance, plugin: instance, pretend: true, pace: 1, adapter: this.seenFromHere(adapter), health };
    });
    const timings: Timings = without === 'settled before said again' ? { ...REAL_TIMINGS, settleMs: 0 } : REAL_TIMINGS;
    const chats = { all: () => all, get: (instance: string) => all.find(({ id }) => id === instance) ?? null };
    const whatToSay: ConstructorParameters<typeof DeliveryWorker>[2] = {
      for: ({ id, content: own, operation, mirrorId, thread, isDigest }) => {
        const content = isDigest ? together(tables, id) : own;
        const spec = operation === 'open-room' ? { key: mirrorId, name: mirrorId, private: false, members: [] } : null;
        return Promise.resolve({ content, spec, members: null, thread, on: false });
      },
    };

    const store = this.throughTheWire((batch: readonly Admission[]) => storeInMemory(tables, batch));
    this.inbox = new Inbox(without === 'kept before it is acknowledged' ? unawaited(store) : store, bell);
    const waiting = this.wired(new WaitingInMemory(tables, id, this.died, random));
    const handlers = [
      new ReceiveMessage(
        this.wired(new HearingInMemory(), (ask) => this.insideATransaction(ask)),
        { meet: ({ user }) => Promise.resolve({ id: user, name: user }) },
        { learn: () => Promise.resolve(), named: (_room, content) => content },
      ),
      ...around.handlersFor(kill),
    ];
    const deliveries = this.wired(new DeliveriesInMemory(tables, id));
    const workers = [
      new DeliveryWorker(deliveries, chats, whatToSay, bell, log, undefined, timings, clock, turns, schedule.isGathered ? FEW : DIGESTS),
      new InboxWorker(waiting, bell, handlers, log, undefined, clock, turns),
      ...(schedule.outage || schedule.beside?.outage || schedule.unopened > 0
        ? [new CatchUp(this.wired(new GapsInMemory(tables)), deliveries, this.inbox, NO_MARKS, chats, bell, log, clock)]
        : []),
      ...(schedule.isSwept && without !== 'what was said is swept'
        ? [new Sweeper(this.wired(new SweepsInMemory(tables)), deliveries, chats, log, undefined, SOON, clock)]
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
    this.around.story.tell(this.id, () => 'is killed');
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

  private wired<Store extends object>(store: Store, through: Wire = (ask) => this.throughTheWire(ask)): Store {
    const wired = Object.create(store) as Record<string, unknown>;
    for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(store))) {
      const method = Reflect.get(store, name) as (...args: unknown[]) => Promise<unknown>;
      wired[name] = through(method.bind(store));
    }
    return wired as Store;
  }

  private throughTheWire<Args extends unknown[], T>(statement: Ask<Args, T>): Ask<Args, T> {
    if (this.isQuiet) return statement;
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

  /**
   * Fails or kills, and does not stop: everybody else would wait for it, as nobody does for a row's lock. Failures count as deaths:
   * what fails three times is put aside, whoever's fault that is.
   */
  private insideATransaction<Args extends unknown[], T>(statement: Ask<Args, T>): Ask<Args, T> {
    if (this.isQuiet) return statement;
    return (...args) => {
      const { badStatements, kills } = this.around.schedule;
      const drawn = this.around.areFaultsOn() ? this.around.random() * 1_000 : Infinity;
      if (drawn >= kills + badStatements || !this.around.mayDie()) return statement(...args);
      if (drawn < kills) {
        this.kill();
        return NEVER;
      }
      return this.around.mayFail() ? this.away() : statement(...args);
    };
  }

  private get isQuiet(): boolean {
    const { badStatements, stalls, kills, poison } = this.around.schedule;
    return badStatements + stalls + kills === 0 && !poison?.endsWith('kills');
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
      const ms = this.around.random() * 60_000;
      this.around.story.tell(this.id, () => `is stopped for ${(ms / 1_000).toFixed(1)} s`);
      this.frozenUntil = this.around.time.now() + ms;
      return this.awake();
    }
    return drawn < kills + stalls + badStatements && this.around.mayFail() ? this.away() : null;
  }

  private away(): Promise<never> {
    this.around.story.tell(this.id, () => 'cannot reach the database for a moment');
    return Promise.reject(new Error('the database is away'));
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
