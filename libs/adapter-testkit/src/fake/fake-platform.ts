import type { Capabilities, Limits, Op } from '@musterhq/chat-port';
import type { Delivered, Delivery, FaultKind, FaultOptions, ObservedMessage } from '../harness.ts';
import { EventSender } from './event-sender.ts';
import { FakeApi } from './fake-api.ts';
import { FaultBook } from './fault-book.ts';
import { Gestures, type ShownForm } from './gestures.ts';
import { type What, wireMessage } from './happenings.ts';
import { Line } from './line.ts';
import { escape, parse } from './markup.ts';
import { type FakeAuthor, type FakeMessage, type FakeRoom, US, World } from './world.ts';

export interface FakePlatformOptions {
  readonly tenant?: string;
  readonly now?: () => number;
  readonly secret?: string;
  /** What this chat tells about our own posts; `event` unless told. */
  readonly echo?: Capabilities['echo'];
  /** Whether a post of ours can be found again by its key; `key` unless told. */
  readonly reconcile?: Capabilities['reconcile'];
  /** How much of a room's past it keeps; all of it unless told. */
  readonly kept?: Limits['kept'];
  /** False where nothing of a room's past can be read; it can unless told. */
  readonly hasPast?: boolean;
  /** The largest file that it takes; any unless told. */
  readonly fileBytes?: number;
  /** Where this chat says in public how it is; nowhere unless told. */
  readonly statusUrl?: string;
}

/** Where a message of the fake chat is. */
export interface Place {
  readonly room: string;
  readonly number: number;
  readonly thread?: number;
}

/**
 * A chat that lives in memory: people, rooms, its API and its events, and everything that can go wrong with them.
 *
 * Rooms are named by their id in the chat (`R1`), people by their name, who are made when first heard of. Acts of people
 * return when the adapter has acknowledged them or failed to. It has no timers; its clock is the machine's unless told.
 */
export class FakePlatform {
  readonly tenant: string;
  readonly secret: string;
  readonly echo: Capabilities['echo'];
  readonly reconcile: Capabilities['reconcile'];
  readonly kept: Limits['kept'];
  readonly hasPast: boolean;
  readonly fileBytes: number | undefined;
  readonly statusUrl: string | undefined;
  readonly now: () => number;
  readonly world = new World();
  readonly events: EventSender;
  readonly api: FakeApi;

  private readonly faults = new FaultBook();
  private readonly line = new Line(this.faults);
  private readonly gestures: Gestures;

  constructor(o: FakePlatformOptions = {}) {
    this.tenant = o.tenant ?? 'T1';
    this.secret = o.secret ?? 'open sesame';
    this.echo = o.echo ?? 'event';
    this.reconcile = o.reconcile ?? 'key';
    this.kept = o.kept;
    this.hasPast = o.hasPast ?? true;
    this.fileBytes = o.fileBytes;
    this.statusUrl = o.statusUrl;
    this.now = o.now ?? Date.now;
    this.events = new EventSender(this.secret, this.now);
    this.gestures = new Gestures(this.now);
    this.api = new FakeApi(this.world, this.line, this.events, this.gestures, this.now, this);
  }

  // Rooms and what is in them

  /** A room that the bot is in, already there before anybody asked the adapter. */
  addRoom(name: string, members: readonly string[] = []): FakeRoom {
    return this.world.addRoom({ name, members: members.map((m) => this.world.person(m)) });
  }

  rooms(): readonly FakeRoom[] {
    return [...this.world.rooms.values()];
  }

  roomByKey(key: string): FakeRoom | undefined {
    return this.rooms().find((room) => room.key === key);
  }

  /** What people see in the room now, threads included, oldest first. */
  observed(room: string): ObservedMessage[] {
    return this.world
      .room(room)
      .messages.filter((m) => !m.removed && m.onlyFor === undefined)
      .map(observed);
  }

  /** What only this person sees in the room, oldest first. */
  observedOnlyBy(person: string, room: string): ObservedMessage[] {
    return this.world
      .room(room)
      .messages.filter((m) => !m.removed && m.onlyFor === person)
      .map(observed);
  }

  /** Forms that were opened on people's screens, oldest first. */
  forms(): readonly ShownForm[] {
    return this.gestures.shown;
  }

  // What people do

  async say(by: string, room: string, text: string, o: SayOptions = {}): Promise<Acted> {
    const author = { kind: o.bot ? 'bot' : 'person', user: this.world.person(by) } as const;
    return this.posted(room, { author, text, ...o });
  }

  /** Said by an app that has no account, under this name. */
  async appSays(name: string, room: string, text: string, delivery?: Delivery): Promise<Acted> {
    return this.posted(room, { author: { kind: 'bot', user: 'app-1', name }, text, ...(delivery && { delivery }) });
  }

  /** Said where nobody but this person and we can read it. */
  async sayAlone(by: string, text: string, delivery?: Delivery): Promise<Acted> {
    const found = this.rooms().find(({ alone }) => alone === by);
    const room = found ?? this.world.addRoom({ name: by, alone: by, members: [this.world.person(by)] });
    return this.say(by, room.id, text, { ...(delivery && { delivery }) });
  }

  async edit(by: string, { room, number }: Place, text: string, delivery?: Delivery): Promise<Acted> {
    const message = this.world.message(room, number);
    this.world.person(by);
    message.body = plain(text);
    message.revision += 1;
    return this.act({ kind: 'edited', message: wireMessage(message) }, delivery, message);
  }

  async remove(by: string, { room, number }: Place, delivery?: Delivery): Promise<Acted> {
    const message = this.world.message(room, number);
    message.removed = true;
    return this.act({ kind: 'removed', room, number, ...threadOf(message), by: this.world.person(by) }, delivery, message);
  }

  async react(by: string, { room, number }: Place, emoji: string, on = true, delivery?: Delivery): Promise<Acted> {
    const message = this.world.message(room, number);
    const who = message.reactions.get(emoji) ?? new Set();
    message.reactions.set(emoji, who);
    if (on) who.add(this.world.person(by));
    else who.delete(by);
    return this.act({ kind: 'reacted', room, number, ...threadOf(message), by, emoji, on }, delivery, message);
  }

  async pin(by: string, { room, number }: Place, on = true, delivery?: Delivery): Promise<Acted> {
    const message = this.world.message(room, number);
    const { pins } = this.world.room(room);
    if (on) pins.set(number, this.world.person(by));
    else pins.delete(number);
    return this.act({ kind: 'pinned', room, number, ...threadOf(message), by: this.world.person(by), on }, delivery, message);
  }

  /** `name` without the slash. Never repeated by the chat: what does not arrive is lost. */
  async command(by: string, room: string, name: string, text = '', delivery?: Delivery): Promise<Acted> {
    return this.act({ kind: 'commanded', room, name, text, ...this.gestures.make(this.world.person(by)) }, delivery);
  }

  async press(by: string, { room, number }: Place, action: string, value?: string, delivery?: Delivery): Promise<Acted> {
    const message = this.world.message(room, number);
    const gesture = this.gestures.make(this.world.person(by));
    const pressed = { room, number, ...threadOf(message), action, ...(value !== undefined && { value }), ...gesture };
    return this.act({ kind: 'pressed', ...pressed }, delivery, message);
  }

  async submit(by: string, form: string, values: Record<string, string[]>, o: SubmitOptions = {}): Promise<Acted> {
    const { state, dismissed = false, delivery } = o;
    const gesture = this.gestures.make(this.world.person(by));
    return this.act({ kind: 'submitted', form, values, dismissed, ...(state !== undefined && { state }), ...gesture }, delivery);
  }

  /** Looks at their page with us. */
  async openHome(by: string, delivery?: Delivery): Promise<Acted> {
    return this.act({ kind: 'home', by: this.world.person(by) }, delivery);
  }

  async join(by: string, room: string, delivery?: Delivery): Promise<Acted> {
    this.world.room(room).members.add(this.world.person(by));
    return this.act({ kind: 'member', room, by, change: 'joined' }, delivery);
  }

  async leave(by: string, room: string, delivery?: Delivery): Promise<Acted> {
    this.world.room(room).members.delete(by);
    return this.act({ kind: 'member', room, by: this.world.person(by), change: 'left' }, delivery);
  }

  /** Takes us out of the room, or brings us back into it. */
  async putOut(by: string, room: string, isOut = true, delivery?: Delivery): Promise<Acted> {
    return this.act({ kind: 'room', room, change: isOut ? 'left' : 'entered', by: this.world.person(by) }, delivery);
  }

  async rename(by: string, room: string, name: string, delivery?: Delivery): Promise<Acted> {
    this.world.room(room).name = name;
    return this.act({ kind: 'room', room, change: 'renamed', value: name, by: this.world.person(by) }, delivery);
  }

  async archive(by: string, room: string, delivery?: Delivery): Promise<Acted> {
    this.world.room(room).archived = true;
    return this.act({ kind: 'room', room, change: 'archived', by: this.world.person(by) }, delivery);
  }

  async unarchive(by: string, room: string, delivery?: Delivery): Promise<Acted> {
    this.world.room(room).archived = false;
    return this.act({ kind: 'room', room, change: 'unarchived', by: this.world.person(by) }, delivery);
  }

  /** Gives the room another id. */
  async move(room: string, delivery?: Delivery): Promise<Acted> {
    const { id } = this.world.moveRoom(room);
    return this.act({ kind: 'room', room, change: 'moved', value: id, by: this.world.person('mia') }, delivery);
  }

  /** Says that others can read it, or no others. */
  async openTo(by: string, room: string, change: 'made-public' | 'made-private' | 'shared', delivery?: Delivery): Promise<Acted> {
    return this.act({ kind: 'room', room, change, by: this.world.person(by) }, delivery);
  }

  /** Drops what happens in this minute, and says so. */
  async fallBehind(delivery?: Delivery): Promise<Acted> {
    const now = this.now();
    return this.act({ kind: 'dropped', from: now - 30_000, to: now + 30_000 }, delivery);
  }

  /** Something that no adapter has heard of. */
  async unfamiliar(name: string, delivery?: Delivery): Promise<Acted> {
    return this.act({ kind: 'other', name }, delivery);
  }

  // What goes wrong

  /** The next `n` calls of this kind go wrong in this way; see `FaultKind`. */
  fault(op: Op | '*', kind: FaultKind, n = 1, o: FaultOptions = {}): void {
    this.faults.add(op, kind, n, o);
  }

  /** Ends every fault; what hangs is reset, what was late is applied. */
  heal(): void {
    this.faults.clear();
    this.line.release();
  }

  /**
   * The whole chat is away: calls fail, sockets drop, and what people still do is told to nobody, ever (`silent`, it can
   * only be read back later) or when it is up again (`held`).
   */
  down(events: 'silent' | 'held' = 'silent', calls: FaultKind = 'error-before'): void {
    this.faults.add('*', calls, Infinity);
    this.events.turn(false);
    this.events.quiet(events);
  }

  /** Everything works again. Resolves when events that were held have been delivered. */
  async up(): Promise<void> {
    this.heal();
    this.events.turn(true);
    await this.events.loud();
  }

  /** How many calls of this kind reached the chat. */
  requests(op: Op): number {
    return this.faults.requests(op);
  }

  private posted(room: string, { author, text, thread, number, delivery }: Posted): Promise<Acted> {
    const message = this.world.addMessage(room, { thread, author, at: this.now(), body: plain(text) }, number);
    return this.act({ kind: 'posted', message: wireMessage(message, this.world.room(room)) }, delivery, message);
  }

  private async act(what: What, delivery?: Delivery, message?: FakeMessage): Promise<Acted> {
    const deliveries = await this.events.tell(what, delivery);
    const place = message && { room: message.room, number: message.number, ...threadOf(message) };
    return { deliveries, ...(place && { place }) };
  }
}

export interface SayOptions {
  readonly thread?: number;
  readonly bot?: boolean;
  /** The number it shall have; higher than the room's last. */
  readonly number?: number;
  readonly delivery?: Delivery;
}

interface Posted extends Omit<SayOptions, 'bot'> {
  readonly author: FakeAuthor;
  readonly text: string;
}

export interface SubmitOptions {
  readonly state?: string;
  readonly dismissed?: boolean;
  readonly delivery?: Delivery;
}

/** How an act of a person went: where its message is, and whether the adapter took it. */
export interface Acted {
  readonly deliveries: readonly Delivered[];
  readonly place?: Place;
}

const threadOf = (m: FakeMessage): { thread?: number } => (m.thread === undefined ? {} : { thread: m.thread });

/** People write plainly: what they type means only itself, but for our name with an @ before it. */
const plain = (text: string): FakeMessage['body'] => ({
  markup: escape(text).replace(new RegExp(`@${US}\\b`, 'g'), `<@${US}>`),
  summary: text,
  actions: [],
});

const observed = (m: FakeMessage): ObservedMessage => ({
  id: String(m.number),
  ...(m.thread !== undefined && { thread: String(m.thread) }),
  author: m.author.kind,
  ...(m.key !== undefined && { key: m.key }),
  ...parse(m.body.markup),
});
