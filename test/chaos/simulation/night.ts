import type { Envelope } from '@musterhq/chat-port';
import type { InboxHandler } from '#src/platform/inbox/inbox.types';
import { UNENDED_BEFORE_ASIDE } from '#src/rooms/deliveries/decide';
import type { Operation } from '#src/rooms/deliveries/delivery.types';
import { Bell } from './bell.ts';
import { trouble } from './memory/gaps.ts';
import { type DeliveryRow, type LogRow, type MirrorRow, Tables, UNFINISHED } from './memory/tables.ts';
import type { Rule } from './rules.ts';
import { type ChatNight, type Schedule, draw } from './schedule.ts';
import { SimulatedChat, contentOf } from './simulated-chat.ts';
import { SimulatedTime } from './simulated-time.ts';
import { Story } from './story.ts';
import { type Surroundings, WorkerProcess } from './worker-process.ts';
import { type Breach, type Posted, breachesIn } from './invariants.ts';

const START = Date.UTC(2026, 0, 1);
const SOME_TIME_MS = 75_000;
const INSTANCE = 'chat';
const BESIDE = 'chat beside';
/** A person looks at what is left to them so often. */
const DECIDES_EVERY_MS = 10_000;
const TENANT = 'T1';
/** I7. */
const DONE_WITHIN_MS = 120_000;
const MS_A_POST = 1_100;
/** What is deadly, or never answers, is tried three times, each with its settling, before it is given up. */
const POISON_MS = 240_000;
/** Looked for twice, after it has been said again for the last time. */
const SWEEP_MS = 600_000;
const RESTART_MS = 1_000;
const FAILURES_APART_MS = 5_000;

/** What came of a night. */
export interface Outcome {
  readonly schedule: Schedule;
  readonly breaches: readonly Breach[];
  /** What happened, when it was wanted. */
  readonly story: readonly string[];
  /** What was still waiting when it ended. */
  readonly left: readonly string[];
  /** What each room was told of what had been missed. */
  readonly exchanged: readonly Exchanged[];
  readonly simulatedMs: number;
}

export interface Exchanged {
  readonly inbound: number;
  readonly outbound: number;
}

export interface Wanted {
  /** A rule that is not kept in this night. */
  readonly without?: Rule | null;
  /** Whether somebody wants to read what happened. */
  readonly isTold?: boolean;
  /** What is not drawn, but so. */
  readonly given?: Partial<Schedule>;
}

/** Lives through one night. The same seed gives the same night. */
export async function liveThrough(seed: number, { without = null, isTold = false, given = {} }: Wanted = {}): Promise<Outcome> {
  const night = new Simulation(seed, without, isTold, given);
  return night.run();
}

class Simulation {
  private readonly schedule: Schedule;
  private readonly random: () => number;
  private readonly time = new SimulatedTime(START);
  private readonly tables: Tables;
  /** One, or two: each room has a mirror in each. */
  private readonly chats: readonly SimulatedChat[];
  private readonly story: Story;
  private readonly bell: Bell;
  private readonly around: Surroundings;
  private processes: WorkerProcess[] = [];
  private started = 0;
  private deaths = 0;
  private failedAt = -Infinity;
  private toCome = 0;
  private readonly posted: Posted[] = [];
  /** How often a person had each mirror's room made again. */
  private readonly decided = new Map<string, number>();

  constructor(seed: number, without: Rule | null, isTold: boolean, given: Partial<Schedule>) {
    const { schedule: drawn, random } = draw(seed);
    const schedule = { ...drawn, ...given };
    this.schedule = schedule;
    this.random = random;
    this.tables = new Tables(() => this.time.now(), without);
    this.story = new Story(() => this.time.now() - START, isTold);
    this.bell = new Bell(this.time, random);
    const findsRooms = without === 'a room in doubt is for a person' ? true : undefined;
    const chat = (instance: string, night: ChatNight): SimulatedChat => {
      const door = (envelope: Envelope): Promise<void> => this.door(instance, envelope);
      return new SimulatedChat(instance, TENANT, night, this.time, random, START, door, this.story, findsRooms);
    };
    this.chats = [chat(INSTANCE, schedule), ...(schedule.beside ? [chat(BESIDE, schedule.beside)] : [])];
    this.tables.follower = (incidentId, event) => this.follow(incidentId, event);
    this.around = {
      schedule,
      tables: this.tables,
      time: this.time,
      bell: this.bell,
      random,
      without,
      story: this.story,
      areFaultsOn: () => this.time.now() < START + schedule.healsAt,
      mayDie: () => ++this.deaths <= schedule.mostDeaths,
      mayFail: () => this.time.now() - this.failedAt >= FAILURES_APART_MS && ((this.failedAt = this.time.now()), true),
      adaptersFor: (kill) => new Map(this.chats.map((one) => [one.instance, one.adapter(kill)])),
      handlersFor: (kill) => [this.witness(kill)],
      onDeath: () => this.buried(),
    };
  }

  async run(): Promise<Outcome> {
    const { healsAt, posts, says, poison, processes, takenAway, isSwept, isGathered } = this.schedule;
    const rooms = this.openRooms();
    const mirrors = rooms.flat();
    for (let n = 0; n < processes; n++) this.startProcess();
    for (let n = 0; n < posts; n++) this.at(this.random() * healsAt, () => void this.tables.run(() => this.post(this.pick(rooms), n)));
    for (let n = 0; n < says; n++) this.at(this.random() * healsAt, () => this.say(this.pick(mirrors), n));
    for (let n = 0; n < takenAway; n++) this.at(this.random() * (healsAt + 60_000), () => this.takeAway());
    for (const chat of this.chats) this.planOutage(chat);
    if (this.schedule.beside) this.decideAgain();

    const parts = 3 * posts + says;
    const end =
      START +
      healsAt +
      DONE_WITHIN_MS +
      MS_A_POST * parts +
      (poison === null ? 0 : POISON_MS * (isGathered ? 2 : 1)) +
      (isSwept ? SWEEP_MS : 0);
    await this.time.run(end, () => this.isDone());
    const { schedule, tables, chats, decided, story } = this;
    // What was followed in a transaction that was undone was never queued.
    const posted = this.posted.filter(({ deliveryId }) => tables.deliveries.has(deliveryId));
    const breaches = breachesIn({ schedule, tables, chats, posted, decided, isDone: this.isDone() });
    return {
      schedule,
      breaches: breaches.map(({ invariant, what }) => ({ invariant, what: story.inWords(what) })),
      story: story.lines(),
      left: this.left().map((one) => story.inWords(one)),
      exchanged: [...tables.log.values()].flat().flatMap(({ type, data }) => (type === 'gap.closed' ? [data as Exchanged] : [])),
      simulatedMs: this.time.now() - START,
    };
  }

  /** Each with its mirrors. */
  private openRooms(): MirrorRow[][] {
    return Array.from({ length: this.schedule.rooms }, (_, n) => {
      const incidentId = this.tables.newId();
      this.tables.append(incidentId, { id: this.tables.newId(), type: 'incident.declared', by: null, via: HERE, data: {} });
      return this.chats.map((chat) => this.mirror(chat, incidentId, n));
    });
  }

  private mirror(chat: SimulatedChat, incidentId: string, n: number): MirrorRow {
    const { instance } = chat;
    const isOpen = n >= this.schedule.unopened;
    const id = this.tables.newId();
    const room = isOpen ? chat.addRoom(id) : null;
    const mirror: MirrorRow = { id, incidentId, instance, tenant: TENANT, state: isOpen ? 'open' : 'opening', room };
    this.tables.mirrors.set(id, mirror);
    this.story.name(id, `room ${n + 1} of ${instance}`);
    if (!isOpen) this.story.name(this.enqueue(mirror, 1, 'open-room', null, []), `making room ${n + 1} of ${instance}`);
    return mirror;
  }

  /** What is said in one chat is queued for the others in the same breath. */
  private follow(incidentId: string, { type, via, seq, data }: LogRow): void {
    if (type !== 'message.posted' || via.id === HERE.id) return;
    const { messageId, text } = data as { messageId: string; text: string };
    for (const mirror of this.tables.mirrors.values()) {
      if (mirror.incidentId !== incidentId || mirror.instance === via.id) continue;
      const deliveryId = this.enqueue(mirror, seq, 'send', messageId, [text]);
      this.story.name(deliveryId, `"${text}" for ${mirror.instance}`);
      this.posted.push({ deliveryId, mirrorId: mirror.id, position: seq, paragraphs: [text], isPoison: false });
      this.bell.ring({ topic: 'deliveries', id: mirror.id });
    }
  }

  /** A person, who is asked whether a room is to be made of which nobody knows whether it was: it is. */
  private decideAgain(): void {
    this.time.later(DECIDES_EVERY_MS, () => {
      void this.tables.run(() => {
        for (const row of this.roomsInDoubt()) {
          const again = { status: 'pending', unended: UNENDED_BEFORE_ASIDE - 1, looks: 0, owner: null, nextAt: this.time.now() } as const;
          this.tables.change(row, again);
          this.tables.putAside.delete(row.id);
          this.decided.set(row.mirrorId, (this.decided.get(row.mirrorId) ?? 0) + 1);
          this.story.tell('a person', () => `has it made again: ${row.id}`);
        }
      });
      this.decideAgain();
    });
  }

  private roomsInDoubt(): DeliveryRow[] {
    return [...this.tables.deliveries.values()].filter(({ operation, status }) => operation === 'open-room' && status === 'needs-a-person');
  }

  private planOutage({ instance, night }: SimulatedChat): void {
    const { outage } = night;
    if (!outage) return;
    const { from, to, suspectAt, parkAt, backAt } = outage;
    const goodAt = START + from - this.random() * 15_000;
    const tell = (ms: number, what: string, how: () => void): void =>
      this.at(ms, () => {
        this.story.tell('detector', () => what);
        void this.tables.run(how);
      });
    const believe = (isDoubted: boolean, provenAt: number) => this.tables.health.set(instance, { isDoubted, provenAt });
    this.at(from, () => believe(false, goodAt));
    this.story.tell(instance, () => `will be away from ${from / 1_000} s to ${to / 1_000} s`);
    tell(suspectAt, `doubts ${instance}`, () => {
      believe(true, goodAt);
      trouble.suspect(this.tables, instance, goodAt);
    });
    if (parkAt < to) tell(parkAt, `says that ${instance} is away`, () => trouble.park(this.tables, instance, goodAt));
    tell(backAt, `says that ${instance} is back`, () => {
      believe(false, this.time.now());
      trouble.catchUp(this.tables, instance, this.time.now());
      this.bell.ring({ topic: 'mirrors', id: instance });
    });
  }

  /** Somebody writes in the war room; what the follower makes of it is queued in the same breath. */
  private post(mirrors: readonly MirrorRow[], n: number): void {
    const { incidentId } = mirrors[0] as MirrorRow;
    const { poison } = this.schedule;
    const isPoison = n === 0 && poison !== null && !poison.startsWith('handler');
    const paragraphs = isPoison ? [poison] : Array.from({ length: 1 + Math.floor(this.random() * 3) }, (_, part) => `post ${n}.${part}`);
    const id = this.tables.newId();
    const by = { id: 'p1', name: 'Mia' };
    const text = paragraphs.join('\n\n');
    const position = this.tables.append(incidentId, { id, type: 'message.posted', by, via: HERE, data: { messageId: id, text } });
    this.tables.messages.set(id, { id, incidentId, author: by, text, deletedAt: null });
    for (const mirror of mirrors) {
      const deliveryId = this.enqueue(mirror, position, 'send', id, paragraphs);
      this.story.name(deliveryId, mirrors.length === 1 ? `post ${n}` : `post ${n} for ${mirror.instance}`);
      this.story.tell('war room', () => `post ${n} is written for ${mirror.id}: "${paragraphs.join(' / ')}"`);
      this.posted.push({ deliveryId, mirrorId: mirror.id, position, paragraphs, isPoison });
      this.bell.ring({ topic: 'deliveries', id: mirror.id });
    }
  }

  private enqueue(
    mirror: MirrorRow,
    position: number,
    operation: Operation,
    messageId: string | null,
    paragraphs: readonly string[],
  ): string {
    const id = this.tables.newId();
    this.tables.add(this.tables.deliveries, id, {
      id,
      mirrorId: mirror.id,
      lane: 'room',
      position,
      operation,
      messageId,
      content: paragraphs.length > 0 ? contentOf(...paragraphs) : null,
      createdAt: this.time.now(),
      parts: null,
      part: 0,
      thread: null,
      status: 'pending',
      attempts: 0,
      unended: 0,
      looks: 0,
      triedAt: null,
      nextAt: this.time.now(),
      settleAt: null,
      owner: null,
      claimUntil: null,
      fault: null,
      gapId: null,
      isDigest: false,
      digestId: null,
      again: null,
      lost: 0,
    });
    return id;
  }

  /** Somebody writes in the chat's room, once it is there, and thinks better of it now and then. */
  private say(mirror: MirrorRow, n: number): void {
    const chat = this.chats.find(({ instance }) => instance === mirror.instance) as SimulatedChat;
    const room = chat.roomOf(mirror.id);
    if (room === null) return this.at(5_000, () => this.say(mirror, n));
    const { poison } = this.schedule;
    const isPoison = n === 0 && poison !== null && poison.startsWith('handler');
    const said = chat.says(room, `U${n}`, isPoison ? poison : `said ${n}`);
    if (isPoison) return;
    const edits = Math.floor(this.random() * 3);
    for (let e = 1; e <= edits; e++) this.at(e * 1_000, () => (said.deleted ? undefined : chat.edits(said, `said ${n}, again ${e}`)));
    if (this.random() < 0.2) this.at(1_500, () => chat.isAway || chat.deletes(said));
  }

  /** Somebody takes a message of ours away, some time after it was said: what was said a moment ago may be on its way yet. */
  private takeAway(): void {
    const [chat] = this.chats as readonly [SimulatedChat];
    const there = chat.said.filter(({ key, at, deleted }) => key !== null && !deleted && this.time.now() - at > SOME_TIME_MS);
    if (there.length > 0) chat.deletes(this.pick(there));
  }

  private witness(kill: () => void): InboxHandler<Tables> {
    return {
      types: ['message.created', 'message.edited', 'message.deleted'],
      handle: (tables, { event, envelopeId }) => {
        if (event.type === 'message.created' && event.message.content.summary === 'handler throws')
          return Promise.reject(new Error('cannot be handled'));
        if (event.type === 'message.created' && event.message.content.summary === 'handler kills') {
          kill();
          return new Promise(() => undefined);
        }
        tables.handle(envelopeId);
        return Promise.resolve();
      },
    };
  }

  private door(instance: string, envelope: Envelope): Promise<void> {
    const alive = this.processes.filter(({ isAlive }) => isAlive);
    const one = alive[Math.floor(this.random() * alive.length)];
    if (!one) return Promise.reject(new Error('nobody is there'));
    return one.inbox.admit(instance, [envelope]).then(() => undefined);
  }

  private startProcess(): void {
    this.processes.push(new WorkerProcess(`process ${++this.started}`, this.around));
  }

  private buried(): void {
    this.processes = this.processes.filter(({ isAlive }) => isAlive);
    this.at(RESTART_MS, () => this.startProcess());
  }

  private at(ms: number, task: () => void): void {
    this.toCome++;
    this.time.later(ms, () => {
      this.toCome--;
      task();
    });
  }

  private isDone(): boolean {
    if (this.toCome > 0 || this.chats.some(({ underWay }) => underWay > 0) || this.roomsInDoubt().length > 0) return false;
    const { deliveries, inbox, gaps, unswept } = this.tables;
    for (const { status } of deliveries.values()) if (UNFINISHED.includes(status)) return false;
    for (const { status } of inbox.values()) if (status === 'waiting') return false;
    for (const { state } of gaps.values()) if (state !== 'closed') return false;
    return unswept.size === 0 || !this.isSwept;
  }

  private left(): string[] {
    const { deliveries, inbox, gaps, unswept } = this.tables;
    return [
      ...[...deliveries.values()].filter(({ status }) => UNFINISHED.includes(status)).map(({ id, status }) => `delivery ${id}, ${status}`),
      ...[...inbox.values()].filter(({ status }) => status === 'waiting').map(({ envelopeId }) => `envelope ${envelopeId}`),
      ...(this.isSwept ? [...unswept.values()] : []).map(({ deliveryId, part }) => `to be looked for: ${deliveryId}.${part}`),
      ...[...gaps.values()].filter(({ state }) => state !== 'closed').map(({ id, state }) => `gap ${id}, ${state}`),
    ];
  }

  private get isSwept(): boolean {
    return this.schedule.isSwept && this.around.without !== 'what was said is swept';
  }

  private pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)] as T;
  }
}

const HERE = { id: 'web', name: 'web' };
