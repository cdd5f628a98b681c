import type { FakeBody } from './render.ts';

/** A message as the fake chat keeps it. Its number counts per room, so every room has a number 1. */
export interface FakeMessage {
  room: string;
  readonly number: number;
  readonly thread?: number;
  readonly author: FakeAuthor;
  readonly at: number;
  /** The key that a post of ours was sent with; people's messages have none. */
  readonly key?: string;
  /** The only one who sees it. */
  readonly onlyFor?: string;
  body: FakeBody;
  revision: number;
  removed: boolean;
  readonly reactions: Map<string, Set<string>>;
}

export interface FakeAuthor {
  readonly kind: 'us' | 'person' | 'bot';
  readonly user: string;
  /** Of an app that has no account. */
  readonly name?: string;
}

export interface FakeRoom {
  id: string;
  /** The person with whom we are alone in it. */
  readonly alone?: string;
  readonly key?: string;
  readonly isPrivate: boolean;
  name: string;
  topic: string;
  archived: boolean;
  readonly members: Set<string>;
  /** By message: who pinned it. */
  readonly pins: Map<number, string>;
  readonly bookmarks: { title: string; href: string }[];
  readonly messages: FakeMessage[];
}

export interface FakePerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** The chat does not know whether the address is theirs. */
  readonly isMailUnverified?: boolean;
  /** Who an identity provider says that they are. */
  readonly idp?: string;
  active: boolean;
}

export const US = 'muster';

/** The state of the fake chat and nothing else: no faults, no events, no time of its own. */
export class World {
  readonly rooms = new Map<string, FakeRoom>();
  readonly people = new Map<string, FakePerson>();
  /** By id. */
  readonly files = new Map<string, Uint8Array>();
  /** What stands on each person's page with us. */
  readonly homes = new Map<string, string>();

  addRoom(o: { name: string; key?: string; isPrivate?: boolean; topic?: string; members?: readonly string[]; alone?: string }): FakeRoom {
    const room: FakeRoom = {
      id: `R${this.rooms.size + 1}`,
      ...(o.key !== undefined && { key: o.key }),
      ...(o.alone !== undefined && { alone: o.alone }),
      isPrivate: o.isPrivate ?? o.alone !== undefined,
      name: o.name,
      topic: o.topic ?? '',
      archived: false,
      members: new Set([US, ...(o.members ?? [])]),
      pins: new Map(),
      bookmarks: [],
      messages: [],
    };
    this.rooms.set(room.id, room);
    return room;
  }

  room(id: string): FakeRoom {
    const room = this.rooms.get(id);
    if (!room) throw new Error(`The fake chat has no room ${id}`);
    return room;
  }

  /** Another id for it, under which it has all that it had. */
  moveRoom(id: string): FakeRoom {
    const room = this.room(id);
    this.rooms.delete(id);
    room.id = `${id}-moved`;
    for (const message of room.messages) message.room = room.id;
    this.rooms.set(room.id, room);
    return room;
  }

  message(roomId: string, number: number): FakeMessage {
    const message = this.room(roomId).messages.find((m) => m.number === number && !m.removed);
    if (!message) throw new Error(`The fake chat has no message ${number} in ${roomId}`);
    return message;
  }

  /** The id of the person with this name, who is made when first heard of. Ids are kept as they are. */
  person(name: string): string {
    if (!this.people.has(name)) this.people.set(name, { id: name, name, email: `${name}@example.test`, active: true });
    return name;
  }

  addMessage(roomId: string, m: Pick<FakeMessage, 'thread' | 'author' | 'at' | 'key' | 'onlyFor' | 'body'>, number?: number): FakeMessage {
    const { messages } = this.room(roomId);
    const next = Math.max(number ?? 0, (messages.at(-1)?.number ?? 0) + 1);
    const message: FakeMessage = { room: roomId, number: next, revision: 1, removed: false, reactions: new Map(), ...m };
    messages.push(message);
    return message;
  }
}
