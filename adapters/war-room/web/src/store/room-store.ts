import type { CommandDone, RoomCommand } from '#libs/war-room-protocol/commands';
import { mirrorView } from '#libs/war-room-protocol/mirrors';
import { streamEvents } from '#libs/war-room-protocol/stream';
import type { Me, RoomSnapshot } from '#libs/war-room-protocol/views';
import { PROTOCOL } from '#libs/war-room-protocol/vocabulary';
import * as z from 'zod/mini';
import type { Api } from '../api/api.ts';
import { Refused } from '../api/errors.ts';
import { readableEvent } from '../api/readable-events.ts';
import { pauseBeforeRetry } from '../connection/backoff.ts';
import { RoomConnection, type Connection } from '../connection/room-connection.ts';
import { readStream } from '../connection/read-stream.ts';
import type { StreamMessage } from '../connection/stream-lines.ts';
import { newId } from './new-id.ts';
import type { KeptEntries } from './kept-entries.ts';
import { keptFrom, type KeptRooms, roomFromKept } from './kept-room.ts';
import { OutgoingQueue, type Answer } from './outgoing-queue.ts';
import { hasGap, readAnew, reduceRoom, roomFrom, type RoomAction, type RoomState } from './room-state.ts';

/** The server tells the mirrors only when they change; this long after an event, silence means that they have not. */
const MIRRORS_QUIET_MS = 2_000;
/** One request that is lost is not worth a sentence. */
const NOT_TAKEN_TIMES = 2;
/** At most so often what is shown is written to the device. */
const KEEP_EVERY_MS = 3_000;

export interface RoomView {
  readonly me: Me | null;
  readonly room: RoomState | null;
  readonly connection: Connection;
  /** Since then the server answers, and takes nothing that is sent to it. */
  readonly notTaken: string | null;
  /** Shown from what this device had at that time: the server has not told of the room since. */
  readonly keptAt: string | null;
  /** The server speaks a newer protocol than this page. */
  readonly outdated: boolean;
}

/** What a person asks for, without the id that makes asking twice safe. */
export type Wish = RoomCommand extends infer C ? (C extends RoomCommand ? Omit<C, 'id'> : never) : never;

export interface StoreParts {
  readonly api: Api;
  readonly entriesOf: (personId: string, incidentId: string) => Promise<KeptEntries>;
  /** Null where the device keeps none. */
  readonly rooms: () => Promise<KeptRooms | null>;
  readonly online: () => boolean;
}

/** One room on this page: the connection feeds the reducer, the queue empties into the server, the screen reads `view`. */
export class RoomStore {
  readonly #ref: string;
  readonly #parts: StoreParts;
  readonly #listeners = new Set<() => void>();
  readonly #connection: RoomConnection;
  #queue: OutgoingQueue | null = null;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #notTakenTimes = 0;
  #stopped = false;
  #fetching = false;
  /** How the people here are told apart. Null: nobody said so yet. */
  #people: string | null = null;
  /** A role was made after the page was opened: what it asks for is not known here yet. */
  #lacksRoles = false;
  #view: RoomView = { me: null, room: null, connection: { name: 'connecting' }, notTaken: null, keptAt: null, outdated: false };

  constructor(ref: string, parts: StoreParts) {
    this.#ref = ref;
    this.#parts = parts;
    this.#connection = new RoomConnection({
      read: (signal, onOpen) => this.#read(signal, onOpen),
      onState: (connection) => this.#connected(connection),
      pause: pauseBeforeRetry,
      online: parts.online,
      now: () => new Date().toISOString(),
    });
  }

  readonly view = (): RoomView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start(): void {
    // Beside the first questions to the server, so that nothing waits for it.
    void this.#parts.rooms();
    this.#connection.start();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#keeping);
    this.#connection.stop();
    this.#queue?.stop();
  }

  wake(): void {
    this.#connection.wake();
    this.#queue?.wake();
  }

  offline(): void {
    this.#connection.drop();
  }

  readonly send = (wish: Wish): void => {
    this.#queue?.add({ ...wish, id: newId() });
  };

  /**
   * The same for what is waited for before anything else is done: answers why it was refused, or null. Where nobody answers
   * it is not known whether it was done, and it waits like the rest.
   */
  readonly ask = async (wish: Wish): Promise<string | null> => {
    const command: RoomCommand = { ...wish, id: newId() };
    const answer = await this.#post(command);
    if (answer.kind === 'refused') return answer.why;
    if (answer.kind === 'done') this.#answered(command, answer.done);
    if (answer.kind === 'unreachable') this.#queue?.add(command);
    return null;
  };

  readonly retry = (id: string): void => this.#queue?.retry(id);

  readonly discard = (id: string): void => this.#queue?.discard(id);

  /** Told once and not again: a lost one costs a line in the wrong place. */
  readonly read = (seq: number): void => void this.#parts.api.read(this.#ref, { seq }).catch(() => undefined);

  /** Of roles that others gave this person. Where the server does not hear it, they are shown once more. */
  readonly readRoles = (upTo: number): void => {
    this.#dispatch({ type: 'roles-read', upTo });
    void this.#parts.api.read(this.#ref, { seq: 0, roles: upTo }).catch(() => undefined);
  };

  readonly dismiss = (id: string): void => this.#dispatch({ type: 'notice-dismissed', id });

  async #read(signal: AbortSignal, onOpen: () => void): Promise<void> {
    await this.#load();
    const url = this.#parts.api.streamUrl(this.#ref, this.#view.room?.seq ?? 0);
    await readStream(url, signal, onOpen, (message) => this.#heard(message));
  }

  /** The room is shown as soon as its facts are there; its events follow page by page. */
  async #load(): Promise<void> {
    if (this.#view.room === null) await this.#open();
    else if (this.#view.keptAt !== null) await this.#openAnew();
    await this.#fetchMissing();
    if (this.#lacksRoles) await this.#learnRoles();
  }

  async #open(): Promise<void> {
    const [me, snapshot] = await this.#ask();
    await this.#begin(me, snapshot.incident.id, { room: roomFrom(snapshot), outdated: snapshot.protocol > PROTOCOL });
  }

  /** After what this device had of it: whole, because that was only the newest. */
  async #openAnew(): Promise<void> {
    const [me, snapshot] = await this.#ask();
    const room = await this.#withEvents(roomFrom(snapshot));
    const { outgoing = [], notices = [] } = this.#view.room ?? {};
    const change = { keptAt: null, outdated: snapshot.protocol > PROTOCOL };
    if (me.person.id === this.#view.me?.person.id)
      this.#show({ ...change, me, room: reduceRoom({ ...room, notices }, { type: 'outgoing', outgoing }) });
    else await this.#begin(me, snapshot.incident.id, { ...change, room });
  }

  /** Where nobody answers, what this device has of the room is shown meanwhile. What may not be seen any more is forgotten there. */
  async #ask(): Promise<readonly [Me, RoomSnapshot]> {
    try {
      const [me, snapshot] = await Promise.all([this.#parts.api.me(), this.#parts.api.snapshot(this.#ref)]);
      void this.#onDevice((rooms) => rooms.iAm(me.person.id));
      return [me, snapshot];
    } catch (error) {
      if (error instanceof Refused) this.#forget();
      else if (this.#view.room === null) await this.#showKept();
      throw error;
    }
  }

  #forget(): void {
    void this.#onDevice((rooms) => rooms.forget(this.#ref));
    if (this.#view.keptAt === null) return;
    this.#queue?.stop();
    this.#show({ me: null, room: null, keptAt: null });
  }

  async #showKept(): Promise<void> {
    const kept = await this.#onDevice((rooms) => rooms.read(this.#ref));
    if (kept) await this.#begin(kept.me, kept.snapshot.incident.id, { room: roomFromKept(kept), keptAt: kept.keptAt });
  }

  async #begin(me: Me, incidentId: string, change: Partial<RoomView>): Promise<void> {
    const kept = await this.#parts.entriesOf(me.person.id, incidentId);
    if (this.#stopped) return;
    this.#queue?.stop();
    this.#queue = this.#queueOf(kept);
    this.#show({ me, ...change });
    this.#queue.start();
  }

  async #withEvents(room: RoomState): Promise<RoomState> {
    for (let more = true; more;) {
      const page = await this.#parts.api.events(this.#ref, room.seq);
      const { seq } = room;
      room = reduceRoom(room, { type: 'events', events: page.events });
      more = page.more && room.seq !== seq;
    }
    return room;
  }

  /** Without it, or without the permission, there is nothing to be had: that is no reason to end. */
  async #onDevice<T>(work: (rooms: KeptRooms) => Promise<T>): Promise<T | null> {
    const rooms = await this.#parts.rooms();
    return rooms === null ? null : work(rooms).catch(() => null);
  }

  #keepSoon(): void {
    this.#keeping ??= setTimeout(() => {
      this.#keeping = undefined;
      const { me, room, keptAt } = this.#view;
      if (me === null || room === null || keptAt !== null) return;
      void this.#onDevice((rooms) => rooms.keep(this.#ref, keptFrom(me, room, new Date().toISOString())));
    }, KEEP_EVERY_MS);
  }

  /** Drawn when the newest is here: drawing each page of a long room on the way takes longer than all of them. */
  async #fetchMissing(): Promise<void> {
    for (let more = true; more;) {
      const page = await this.#parts.api.events(this.#ref, this.#view.room?.seq ?? 0);
      const before = this.#view.room?.seq;
      this.#apply({ type: 'events', events: page.events });
      more = page.more && this.#view.room?.seq !== before;
      if (!more || before === 0) this.#show({});
    }
  }

  #heard(message: StreamMessage): void {
    if (message.event === streamEvents.room) {
      const event = readableEvent(parsed(message.data));
      if (event !== undefined) this.#dispatch({ type: 'events', events: [event] });
      if (this.#view.room !== null && hasGap(this.#view.room)) void this.#fillGap();
    }
    if (message.event === streamEvents.people) void this.#readAs(String(parsed(message.data)));
    if (message.event === streamEvents.bye) this.#connection.drop();
    if (message.event === streamEvents.givenUp) {
      const lines = z.array(z.string()).safeParse(parsed(message.data));
      if (lines.success) this.#dispatch({ type: 'given-up', lines: lines.data });
    }
    if (message.event === streamEvents.mirrors) {
      const mirrors = z.array(mirrorView).safeParse(parsed(message.data));
      if (mirrors.success) this.#dispatch({ type: 'mirrors', mirrors: mirrors.data });
    }
  }

  /** If fetching fails too, the line is ended: reconnecting asks for everything after the last number anyway. */
  async #fillGap(): Promise<void> {
    if (this.#fetching) return;
    this.#fetching = true;
    await this.#fetchMissing().catch(() => this.#connection.drop());
    this.#fetching = false;
  }

  /** Two who are told of here turned out to be one, or to be two: what was read is read anew. */
  async #readAs(people: string): Promise<void> {
    const before = this.#people;
    this.#people = people;
    if (before === null || before === people) return;
    try {
      const [me, snapshot] = await this.#ask();
      const room = await this.#withEvents(roomFrom(snapshot));
      if (this.#view.room !== null) this.#show({ me, room: readAnew(room, this.#view.room) });
    } catch {
      this.#people = before;
      this.#connection.drop();
    }
  }

  async #learnRoles(): Promise<void> {
    this.#dispatch({ type: 'roles', roles: (await this.#parts.api.snapshot(this.#ref)).roles });
    this.#lacksRoles = false;
  }

  #connected(connection: Connection): void {
    this.#show({ connection });
    if (connection.name === 'live') this.#queue?.wake();
  }

  #queueOf(kept: KeptEntries): OutgoingQueue {
    return new OutgoingQueue({
      kept,
      post: (command) => this.#post(command),
      onChange: (outgoing) => this.#dispatch({ type: 'outgoing', outgoing }),
      onAnswer: (command, done) => this.#answered(command, done),
      pause: pauseBeforeRetry,
      now: () => new Date().toISOString(),
    });
  }

  #answered({ id }: RoomCommand, { say }: CommandDone): void {
    if (say !== undefined) this.#dispatch({ type: 'said', id, text: say, now: new Date().toISOString() });
  }

  async #post(command: RoomCommand): Promise<Answer> {
    try {
      const done = await this.#parts.api.command(this.#ref, command);
      this.#taken();
      return { kind: 'done', done };
    } catch (error) {
      if (!(error instanceof Refused)) {
        this.#notTaken();
        return { kind: 'unreachable' };
      }
      this.#taken();
      if (error.status !== 401) return { kind: 'refused', why: error.message, after: this.#view.room?.seq ?? 0 };
      this.#show({ connection: { name: 'signed-out' } });
      return { kind: 'signed-out' };
    }
  }

  #taken(): void {
    this.#notTakenTimes = 0;
    if (this.#view.notTaken !== null) this.#show({ notTaken: null });
  }

  #notTaken(): void {
    this.#notTakenTimes += 1;
    if (this.#notTakenTimes >= NOT_TAKEN_TIMES && this.#view.notTaken === null) this.#show({ notTaken: new Date().toISOString() });
  }

  #dispatch(action: RoomAction): void {
    this.#apply(action);
    this.#show({});
  }

  /** Without telling those who draw it. */
  #apply(action: RoomAction): void {
    if (this.#view.room === null) return;
    const before = this.#view.room.roles.length;
    const room = reduceRoom(this.#view.room, action);
    this.#view = { ...this.#view, room };
    if (action.type !== 'events') return;
    if (room.roles.length > before) {
      this.#lacksRoles = true;
      // As with a gap: coming back asks for it again.
      void this.#learnRoles().catch(() => this.#connection.drop());
    }
    this.#keepSoon();
    this.#queue?.arrived(action.events.map((event) => event.id));
    setTimeout(() => this.#quiet(room.seq), MIRRORS_QUIET_MS);
  }

  #quiet(upTo: number): void {
    const { room, connection } = this.#view;
    if (connection.name === 'live' && room !== null && room.mirrorsAt < upTo) this.#dispatch({ type: 'mirrors-quiet', upTo });
  }

  #show(change: Partial<RoomView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
