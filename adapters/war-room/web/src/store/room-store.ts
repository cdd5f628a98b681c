import type { CommandDone, RoomCommand } from '#libs/war-room-protocol/commands';
import { mirrorView } from '#libs/war-room-protocol/mirrors';
import { streamEvents } from '#libs/war-room-protocol/stream';
import type { Me } from '#libs/war-room-protocol/views';
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
import { KeptEntries } from './kept-entries.ts';
import { OutgoingQueue, type Answer } from './outgoing-queue.ts';
import { hasGap, reduceRoom, roomFrom, type RoomAction, type RoomState } from './room-state.ts';
import type { Shelf } from './shelf.ts';

/** The server tells the mirrors only when they change; this long after an event, silence means that they have not. */
const MIRRORS_QUIET_MS = 2_000;

export interface RoomView {
  readonly me: Me | null;
  readonly room: RoomState | null;
  readonly connection: Connection;
  /** The server speaks a newer protocol than this page. */
  readonly outdated: boolean;
}

/** What a person asks for, without the id that makes asking twice safe. */
export type Wish = RoomCommand extends infer C ? (C extends RoomCommand ? Omit<C, 'id'> : never) : never;

export interface StoreParts {
  readonly api: Api;
  readonly shelf: Shelf;
  readonly online: () => boolean;
}

/** One room on this page: the connection feeds the reducer, the queue empties into the server, the screen reads `view`. */
export class RoomStore {
  readonly #ref: string;
  readonly #parts: StoreParts;
  readonly #listeners = new Set<() => void>();
  readonly #connection: RoomConnection;
  #queue: OutgoingQueue | null = null;
  #fetching = false;
  /** A role was made after the page was opened: what it asks for is not known here yet. */
  #lacksRoles = false;
  #view: RoomView = { me: null, room: null, connection: { name: 'connecting' }, outdated: false };

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
    this.#connection.start();
  }

  stop(): void {
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

  /** Once. The room is shown as soon as its facts are there; its events follow page by page. */
  async #load(): Promise<void> {
    if (this.#view.room === null) {
      const [me, snapshot] = await Promise.all([this.#parts.api.me(), this.#parts.api.snapshot(this.#ref)]);
      this.#show({ me, room: roomFrom(snapshot), outdated: snapshot.protocol > PROTOCOL });
      this.#queue = this.#queueOf(me.person.id, snapshot.incident.id);
      this.#queue.start();
    }
    await this.#fetchMissing();
    if (this.#lacksRoles) await this.#learnRoles();
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

  async #learnRoles(): Promise<void> {
    this.#dispatch({ type: 'roles', roles: (await this.#parts.api.snapshot(this.#ref)).roles });
    this.#lacksRoles = false;
  }

  #connected(connection: Connection): void {
    this.#show({ connection });
    if (connection.name === 'live') this.#queue?.wake();
  }

  #queueOf(personId: string, incidentId: string): OutgoingQueue {
    return new OutgoingQueue({
      kept: new KeptEntries(this.#parts.shelf, personId, incidentId),
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
      return { kind: 'done', done: await this.#parts.api.command(this.#ref, command) };
    } catch (error) {
      if (!(error instanceof Refused)) return { kind: 'unreachable' };
      if (error.status !== 401) return { kind: 'refused', why: error.message, after: this.#view.room?.seq ?? 0 };
      this.#show({ connection: { name: 'signed-out' } });
      return { kind: 'signed-out' };
    }
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
