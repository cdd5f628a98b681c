import type { Content, Envelope, InMessage, Interaction, MessageRef, RoomRef, UserRef } from '@musterhq/chat-port';
import type { Gesture, Happening, WireMessage } from './happenings.ts';
import { parse } from './markup.ts';
import { US } from './world.ts';

/** Who is who in one installation of the fake chat. */
export interface Names {
  readonly adapter: string;
  readonly tenant: string;
}

export const roomRef = ({ adapter, tenant }: Names, room: string): RoomRef => ({ adapter, tenant, room });
export const userRef = ({ adapter, tenant }: Names, user: string): UserRef => ({ adapter, tenant, user });

export const messageRef = (names: Names, m: { room: string; number: number; thread?: number | undefined }): MessageRef => ({
  room: roomRef(names, m.room),
  id: String(m.number),
  ...(m.thread !== undefined && { thread: String(m.thread) }),
});

/** What happened, in the port's words. Numbers count per room, so no id is ever a number alone. */
export function decode(names: Names, { serial, at, redelivery, what }: Happening): Envelope {
  const envelope = (id: string, lane: string, event: Envelope['event']): Envelope => ({ id, lane, at, redelivery, event });
  switch (what.kind) {
    case 'posted':
      return created(names, what.message, redelivery);
    case 'edited':
      return edited(names, what.message, at, redelivery);
    case 'removed':
      return envelope(`${what.room}:${what.number}:removed`, what.room, {
        type: 'message.deleted',
        target: messageRef(names, what),
        by: userRef(names, what.by),
      });
    case 'reacted':
    case 'pinned': {
      const { room, number, by, emoji, on } = what;
      const mark = { target: messageRef(names, what), user: userRef(names, by), added: on };
      return envelope(
        `${room}:${number}:${what.kind}:${serial}`,
        room,
        what.kind === 'pinned' ? { type: 'pin', ...mark } : { type: 'reaction', ...mark, ...(emoji !== undefined && { emoji }) },
      );
    }
    case 'commanded':
      return envelope(what.gesture, laneOf(what), {
        type: 'command',
        name: what.name,
        text: what.text,
        via: interaction(names, what, what.room),
      });
    case 'pressed':
      return envelope(what.gesture, laneOf(what), {
        type: 'action',
        id: what.action,
        ...(what.value !== undefined && { value: what.value }),
        inputs: {},
        via: { ...interaction(names, what, what.room), on: messageRef(names, what) },
      });
    case 'submitted':
      return envelope(what.gesture, laneOf(what), {
        type: 'form',
        id: what.form,
        ...(what.state !== undefined && { state: what.state }),
        values: what.values,
        dismissed: what.dismissed,
        via: interaction(names, what),
      });
    case 'member':
      return envelope(`${what.room}:${what.change}:${serial}`, what.room, {
        type: 'member',
        room: roomRef(names, what.room),
        user: userRef(names, what.by),
        change: what.change,
      });
    case 'room':
      return envelope(`${what.room}:${what.change}:${serial}`, what.room, {
        type: 'room',
        room: roomRef(names, what.room),
        change: what.change,
        ...(what.value !== undefined && { value: what.value }),
        by: userRef(names, what.by),
      });
    case 'dropped': {
      const { from, to } = what;
      return envelope(`dropped:${serial}`, 'dropped', { type: 'missed', tenant: names.tenant, from, to });
    }
    case 'home':
      return envelope(`home:${serial}`, `home:${what.by}`, { type: 'home.opened', user: userRef(names, what.by) });
    default:
      return envelope(`unknown:${serial}`, 'unknown', { type: 'unknown', name: what.name });
  }
}

export const created = (names: Names, m: WireMessage, redelivery = 0): Envelope => ({
  id: `${m.room}:${m.number}`,
  lane: m.room,
  at: m.at,
  redelivery,
  event: { type: 'message.created', message: inMessage(names, m) },
});

export const edited = (names: Names, m: WireMessage, at: number, redelivery = 0): Envelope => ({
  id: `${m.room}:${m.number}:${m.revision}`,
  lane: m.room,
  at,
  redelivery,
  event: { type: 'message.edited', message: inMessage(names, m) },
});

const ORIGIN = { us: 'self', person: 'human', bot: 'bot' } as const;

function inMessage(names: Names, m: WireMessage): InMessage {
  return {
    ref: messageRef(names, m),
    author: userRef(names, m.from.user),
    ...(m.from.name !== undefined && { authorName: m.from.name }),
    origin: ORIGIN[m.from.kind],
    ...(m.from.kind === 'us' && m.key !== undefined && { key: m.key }),
    content: contentOf(m),
    at: m.at,
    revision: String(m.revision),
    mentionsMe: parse(m.body.markup).pinged.includes(US),
    ...toMeIn(m),
    files: [...(m.body.files ?? [])],
  };
}

function toMeIn({ body: { markup }, alone = false }: WireMessage): Pick<InMessage, 'toMe'> {
  const name = `<@${US}>`;
  const isNamed = markup.startsWith(name);
  if (!isNamed && !alone) return {};
  return { toMe: { text: parse(markup.slice(isNamed ? name.length : 0)).text.trim(), alone } };
}

const contentOf = ({ body }: WireMessage): Content => {
  const { text } = parse(body.markup);
  return { blocks: [{ t: 'p', c: [{ t: 'text', v: text }] }], summary: text };
};

/** A gesture stands alone: nothing has to wait for it, and it waits for nothing. */
const laneOf = ({ gesture }: Gesture): string => `gesture:${gesture}`;

const interaction = (names: Names, { gesture, by, expiresAt }: Gesture, room?: string): Interaction => ({
  id: gesture,
  user: userRef(names, by),
  ...(room !== undefined && { room: roomRef(names, room) }),
  expiresAt,
  handle: gesture,
});
