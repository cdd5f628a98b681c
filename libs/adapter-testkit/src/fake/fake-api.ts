import type { Capabilities, Content, Form, Limits, RoomChange, RoomSpec } from '@musterhq/chat-port';
import type { EventSender } from './event-sender.ts';
import type { Gestures } from './gestures.ts';
import { type WireMessage, wireMessage } from './happenings.ts';
import type { Line, Reply } from './line.ts';
import { BROUGHT, type FakeBody, render, TEXT_CHARS } from './render.ts';
import { parse } from './markup.ts';
import { type FakeMessage, type FakeRoom, US, type World } from './world.ts';

export const ROOM_NAME_CHARS = 40;
export const PAGE = 100;

export interface WireRoom {
  readonly id: string;
  readonly key?: string;
  readonly name: string;
  readonly topic: string;
  readonly archived: boolean;
  /** Who was invited and is not there. */
  readonly missing?: readonly string[];
}

export interface Post {
  readonly room: string;
  readonly thread?: number;
  readonly body: FakeBody;
  readonly key: string;
  readonly onlyFor?: string;
}

export interface WirePage {
  readonly messages: readonly WireMessage[];
  readonly reactions: Readonly<Record<number, readonly string[]>>;
  /** Who gave them, of the messages of this page. */
  readonly reactors: Readonly<Record<number, Readonly<Record<string, readonly string[]>>>>;
  readonly pins: readonly number[];
  readonly next?: string;
  /** What is older is forgotten. */
  readonly from?: number;
}

export interface WirePin {
  readonly number: number;
  readonly by: string;
}

export type RoomEdit = Omit<RoomChange, 'invite' | 'remove' | 'pin' | 'unpin'> & {
  readonly invite?: readonly string[];
  readonly remove?: readonly string[];
  readonly pin?: number;
  readonly unpin?: number;
};

const ok = (body?: unknown): Reply => ({ status: 200, body });
const no = (status: number): Reply => ({ status });

/** The fake chat's calls, as the adapter sees them. All cross the line, where they may go wrong. */
export class FakeApi {
  /** How many messages it gives at most, whatever is asked for. */
  page = PAGE;

  constructor(
    private readonly world: World,
    private readonly line: Line,
    private readonly events: EventSender,
    private readonly gestures: Gestures,
    private readonly now: () => number,
    private readonly chat: Pick<Capabilities, 'echo'> & Pick<Limits, 'kept'>,
  ) {}

  /** A call that does nothing: whether the chat is there and knows us. */
  hello(signal: AbortSignal): Promise<Reply> {
    return this.line.call('people', undefined, signal, () => ok());
  }

  post(p: Post, signal: AbortSignal): Promise<Reply> {
    const op = p.onlyFor === undefined ? 'send' : 'private';
    return this.line.call(
      op,
      p.room,
      signal,
      () =>
        this.inRoom(p.room, (room) => {
          if (p.body.markup.length > TEXT_CHARS) return no(413);
          if (p.thread !== undefined && !room.messages.some((m) => m.number === p.thread)) return no(412);
          const message = this.world.addMessage(p.room, { ...p, author: { kind: 'us', user: US }, at: this.now() });
          if (this.echoes && p.onlyFor === undefined) void this.events.tell({ kind: 'posted', message: wireMessage(message) });
          return ok(wireMessage(message));
        }),
      () => ok({ room: p.room, number: 1_000_000, thread: p.thread, at: this.now() }),
    );
  }

  putFile(room: string, bytes: Uint8Array, signal: AbortSignal): Promise<Reply> {
    return this.line.call('file', room, signal, () => {
      const id = `${BROUGHT}${this.world.files.size + 1}`;
      this.world.files.set(id, bytes);
      return ok({ id });
    });
  }

  openFile(room: string, id: string, signal: AbortSignal): Promise<Reply> {
    return this.line.call('file', room, signal, () => {
      const bytes = this.world.files.get(id);
      return bytes ? ok({ bytes }) : no(412);
    });
  }

  removeFile(room: string, id: string, signal: AbortSignal): Promise<Reply> {
    return this.line.call('file', room, signal, () => (this.world.files.delete(id) ? ok() : no(412)));
  }

  edit(room: string, number: number, body: FakeBody, signal: AbortSignal): Promise<Reply> {
    return this.line.call('edit', room, signal, () =>
      this.ours(room, number, (message) => {
        message.body = body;
        message.revision += 1;
        if (this.echoes) void this.events.tell({ kind: 'edited', message: wireMessage(message) });
        return ok(wireMessage(message));
      }),
    );
  }

  remove(room: string, number: number, signal: AbortSignal): Promise<Reply> {
    return this.line.call(
      'delete',
      room,
      signal,
      () =>
        this.ours(room, number, (message) => {
          message.removed = true;
          if (this.echoes) void this.events.tell({ kind: 'removed', room, number, by: US });
          return ok();
        }),
      () => ok(),
    );
  }

  react(room: string, number: number, emoji: string, on: boolean, signal: AbortSignal): Promise<Reply> {
    return this.line.call('react', room, signal, () =>
      this.inRoom(room, ({ messages }) => {
        const message = messages.find((m) => m.number === number && !m.removed);
        if (!message) return no(412);
        const who = message.reactions.get(emoji) ?? new Set();
        message.reactions.set(emoji, who);
        if (on) who.add(US);
        else who.delete(US);
        return ok();
      }),
    );
  }

  /** Oldest first; `next` continues where the page ended, whatever has happened since. */
  history(
    q: { room: string; thread?: number; after?: number; before?: number; cursor?: string; limit: number },
    signal: AbortSignal,
  ): Promise<Reply> {
    return this.line.call('history', q.room, signal, () => {
      const room = this.world.rooms.get(q.room);
      if (!room) return no(404);
      if (q.thread !== undefined && !room.messages.some((m) => m.number === q.thread)) return no(412);
      const from = Number(q.cursor ?? 0);
      const forgotten = this.forgottenOf(room);
      const keptFrom = (forgotten.at(-1)?.at ?? -Infinity) + 1;
      const found = room.messages
        .slice(forgotten.length)
        .filter(
          (m) =>
            !m.removed &&
            m.onlyFor === undefined &&
            m.number > from &&
            (q.thread === undefined ? m.thread === undefined : m.thread === q.thread || m.number === q.thread) &&
            m.at >= (q.after ?? -Infinity) &&
            m.at < (q.before ?? Infinity),
        );
      const here = found.slice(0, Math.min(q.limit, this.page));
      const messages = here.map((m) => wireMessage(m, room));
      const page: WirePage = {
        messages,
        reactions: Object.fromEntries(found.map((m) => [m.number, [...m.reactions.keys()].filter((e) => m.reactions.get(e)?.size)])),
        reactors: Object.fromEntries(here.map((m) => [m.number, reactorsOf(m)])),
        pins: [...room.pins.keys()],
        ...(keptFrom > (q.after ?? -Infinity) && { from: keptFrom }),
        ...(found.length > messages.length && { next: String(messages.at(-1)?.number ?? 0) }),
      };
      return ok(page);
    });
  }

  /** All that is pinned in the room. */
  pins(id: string, signal: AbortSignal): Promise<Reply> {
    return this.line.call('pins', id, signal, () => {
      const room = this.world.rooms.get(id);
      if (!room) return no(404);
      const pins: WirePin[] = [...room.pins].map(([number, by]) => ({ number, by }));
      return ok(pins);
    });
  }

  createRoom(spec: Omit<RoomSpec, 'members'> & { readonly members: readonly string[] }, signal: AbortSignal): Promise<Reply> {
    return this.line.call('room', undefined, signal, () => {
      const rooms = [...this.world.rooms.values()];
      const same = rooms.find((r) => r.key === spec.key);
      if (same) return ok(wireRoom(same));
      if (!/^[a-z0-9-]+$/.test(spec.name) || spec.name.length > ROOM_NAME_CHARS) return no(422);
      if (rooms.some((r) => r.name === spec.name && !r.archived)) return no(409);
      const room = this.world.addRoom({ ...spec, isPrivate: spec.private });
      void this.events.tell({ kind: 'room', room: room.id, change: 'created', value: room.name, by: US });
      return ok(wireRoom(room));
    });
  }

  /** The room of one person and us: made when it is first asked for. */
  directRoom(person: string, signal: AbortSignal): Promise<Reply> {
    return this.line.call('people', undefined, signal, () => {
      if (!this.world.people.has(person)) return no(404);
      const there = [...this.world.rooms.values()].find(({ alone }) => alone === person);
      return ok(wireRoom(there ?? this.world.addRoom({ name: person, alone: person, members: [person] })));
    });
  }

  getRoom(id: string, signal: AbortSignal): Promise<Reply> {
    return this.line.call('room', id, signal, () => {
      const room = this.world.rooms.get(id);
      return room ? ok(wireRoom(room)) : no(404);
    });
  }

  changeRoom(id: string, to: RoomEdit, signal: AbortSignal): Promise<Reply> {
    return this.line.call('room', id, signal, () => {
      const room = this.world.rooms.get(id);
      if (!room) return no(404);
      if (room.archived && to.archived !== false) return no(410);
      if (to.name !== undefined) room.name = to.name;
      if (to.topic !== undefined) room.topic = to.topic;
      if (to.archived !== undefined) room.archived = to.archived;
      for (const user of to.invite ?? []) if (this.world.people.get(user)?.active) room.members.add(user);
      for (const user of to.remove ?? []) room.members.delete(user);
      if (to.pin !== undefined) room.pins.set(to.pin, US);
      if (to.unpin !== undefined) room.pins.delete(to.unpin);
      if (to.bookmark) room.bookmarks.push(to.bookmark);
      return ok({ ...wireRoom(room), missing: (to.invite ?? []).filter((user) => !room.members.has(user)) });
    });
  }

  findPeople(fits: { email: string } | { handle: string } | { id: string }, signal: AbortSignal): Promise<Reply> {
    return this.line.call('people', undefined, signal, () => {
      const all = [...this.world.people.values()];
      if ('email' in fits) return ok(all.filter((p) => p.email === fits.email.toLowerCase()));
      if ('handle' in fits) return ok(all.filter((p) => p.name === fits.handle));
      return ok(all.filter((p) => p.id === fits.id));
    });
  }

  /** Shows a form to whoever made the gesture, once, while the gesture is fresh. */
  openForm(gesture: string, form: Form, signal: AbortSignal): Promise<Reply> {
    return this.line.call('private', undefined, signal, () => (this.gestures.open(gesture, form) ? ok() : no(408)));
  }

  /** Puts this on somebody's page, in place of what was there. */
  publishHome(user: string, content: Content, signal: AbortSignal): Promise<Reply> {
    return this.line.call('private', undefined, signal, () => {
      if (!this.world.people.has(user)) return no(404);
      const [page] = render(content).parts;
      this.world.homes.set(user, parse((page?.body as FakeBody).markup).text);
      return ok();
    });
  }

  private get echoes(): boolean {
    return this.chat.echo === 'event';
  }

  private forgottenOf({ messages }: FakeRoom): FakeRoom['messages'] {
    const { messages: most = Infinity, ms = Infinity } = this.chat.kept ?? {};
    return messages.filter((m, n) => messages.length - n > most || m.at < this.now() - ms);
  }

  private inRoom(id: string, act: (room: FakeRoom) => Reply): Reply {
    const room = this.world.rooms.get(id);
    if (!room) return no(404);
    return room.archived ? no(410) : act(room);
  }

  private ours(id: string, number: number, act: (message: FakeRoom['messages'][number]) => Reply): Reply {
    return this.inRoom(id, ({ messages }) => {
      const message = messages.find((m) => m.number === number && !m.removed);
      if (!message) return no(412);
      return message.author.kind === 'us' ? act(message) : no(403);
    });
  }
}

const reactorsOf = ({ reactions }: FakeMessage): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries([...reactions].filter(([, who]) => who.size > 0).map(([emoji, who]) => [emoji, [...who]]));

const wireRoom = ({ id, key, name, topic, archived }: FakeRoom): WireRoom => ({
  id,
  ...(key !== undefined && { key }),
  name,
  topic,
  archived,
});
