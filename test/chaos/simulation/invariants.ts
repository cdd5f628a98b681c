import { keyOf } from '#src/rooms/deliveries/delivery.types';
import type { MirrorRow, Tables } from './memory/tables.ts';
import type { Schedule } from './schedule.ts';
import type { SimulatedChat } from './simulated-chat.ts';

/** A promise that did not hold, by its name in this folder's README. */
export interface Breach {
  readonly invariant: 'I1' | 'I2' | 'I3' | 'I4' | 'I7' | 'I9';
  readonly what: string;
}

/** What somebody said in the war room. */
export interface Posted {
  readonly deliveryId: string;
  readonly mirrorId: string;
  readonly position: number;
  readonly paragraphs: readonly string[];
  readonly isPoison: boolean;
}

/** Everything there is to judge a night by. */
export interface Night {
  readonly schedule: Schedule;
  readonly tables: Tables;
  readonly chats: readonly SimulatedChat[];
  readonly posted: readonly Posted[];
  /** How often a person had a mirror's room made again. */
  readonly decided: ReadonlyMap<string, number>;
  /** Nothing waits any more. */
  readonly isDone: boolean;
}

type Check = (night: Night) => readonly Breach[];

/** What must be so after every night, judged from what the chat shows, what the tables hold and what was acknowledged. */
export function breachesIn(night: Night): Breach[] {
  return CHECKS.flatMap((check) => check(night));
}

/** Nothing that was acknowledged is lost: to the chat, which then stops telling it, and to people in the war room. */
const nothingIsLost: Check = ({ tables, chats, posted }) => {
  const breaches: Breach[] = [];
  for (const chat of chats) {
    const here = posted.filter(({ mirrorId }) => tables.mirrors.get(mirrorId)?.instance === chat.instance);
    breaches.push(...lostIn(chat, tables, here));
  }
  return breaches;
};

function lostIn(chat: SimulatedChat, tables: Tables, posted: readonly Posted[]): Breach[] {
  const breaches: Breach[] = [];
  const rows = [...tables.inbox.values()].filter(({ instance }) => instance === chat.instance);
  for (const id of chat.acknowledged)
    if (!rows.some(({ envelopeId }) => envelopeId === id))
      breaches.push({ invariant: 'I1', what: `${id} was acknowledged and is not kept` });
  const told = new Set([...tables.log.values()].flat().map(({ id }) => id));
  const handled = new Set(rows.filter(({ status }) => status === 'done').map(({ envelopeId }) => envelopeId));
  for (const { key, room, id, deleted } of chat.said) {
    const mirror = mirrorOf(tables, room);
    if (key !== null || deleted || !mirror || !handled.has(`${room}:${id}`)) continue;
    if (!told.has(tables.copies.get(`${mirror.id}\n${id}`)?.messageId ?? ''))
      breaches.push({ invariant: 'I1', what: `${room}:${id} was handled and is not in the log` });
  }
  for (const { deliveryId, paragraphs, isPoison } of posted) {
    if (isPoison || isLeftToAPerson(tables, chat, deliveryId) || isTakenBack(tables, deliveryId)) continue;
    paragraphs.forEach((_, part) => {
      const own = keyOf({ id: deliveryId, part });
      const said = saidAs(tables, deliveryId, part);
      if (!chat.said.some(({ key, tidied }) => key === said && !tidied))
        breaches.push({ invariant: 'I1', what: `${own} never reached the chat${said === own ? '' : `, nor its digest ${said}`}` });
    });
  }
  return breaches;
}

/** Whoever said it in another chat took it back there: a chat that has lost it, or has none of it yet, is not told. */
const isTakenBack = ({ deliveries, messages }: Tables, id: string): boolean =>
  (messages.get(deliveries.get(id)?.messageId ?? '')?.deletedAt ?? null) !== null;

/** Where nothing is found again, whatever nobody knows of is for a person: it may be there, and is not said once more. */
function isLeftToAPerson({ deliveries, putAside }: Tables, { night }: SimulatedChat, id: string): boolean {
  return night.shape === 'blind' && (putAside.has(id) || putAside.has(deliveries.get(id)?.digestId ?? ''));
}

/** The key under which a part of what was posted is to be there: its own, or that of the digest which holds it. */
function saidAs({ deliveries }: Tables, id: string, part: number): string {
  const digest = deliveries.get(deliveries.get(id)?.digestId ?? '');
  return digest && digest.status !== 'canceled' ? keyOf({ id: digest.id, part: 0 }) : keyOf({ id, part });
}

/** What somebody took away in the chat is not said again either: it counts. */
const nothingIsTwice: Check = ({ tables, chats, decided }) => [
  ...chats
    .flatMap(({ made }) => [...made])
    .flatMap(([mirrorId, rooms]) =>
      rooms > 1 + (decided.get(mirrorId) ?? 0) ? [breach('I2', `${mirrorId} has ${rooms} rooms, and nobody asked for that`)] : [],
    ),
  ...chats.flatMap((chat) => [
    ...twice(chat.said.flatMap(({ key, text, tidied }) => (key === null || tidied ? [] : text.split('\n')))).map((line) =>
      breach('I2', `"${line}" is twice in ${chat.instance}`),
    ),
    ...twice(chat.said.flatMap(({ key, tidied }) => (key === null || tidied ? [] : [key]))).map((key) =>
      breach('I2', `${key} is twice in ${chat.instance}`),
    ),
  ]),
  ...twice(tables.handled).map((id) => breach('I2', `${id} was handled twice`)),
  ...[...tables.log.values()].flatMap((stream) => twice(stream.map(({ id }) => id))).map((id) => breach('I2', `${id} is twice in the log`)),
];

/** The chat shows what we said there in the log's order, but for what it had lost. That the log has no gap is for PostgreSQL to say. */
const oneOrder: Check = ({ tables, chats, posted }) => {
  const breaches: Breach[] = [];
  const placeOf = new Map<string, { room: string; place: number; end: number }>();
  for (const { deliveryId, mirrorId, position, paragraphs } of posted)
    paragraphs.forEach((_, part) => {
      const [key, place] = [saidAs(tables, deliveryId, part), position * 1_000 + part];
      const known = placeOf.get(key);
      placeOf.set(key, { room: mirrorId, place: Math.min(place, known?.place ?? place), end: Math.max(place, known?.end ?? place) });
    });
  const last = new Map<string, number>();
  for (const { key, tidied, isLost } of chats.flatMap((chat) =>
    chat.said.map((said) => ({ ...said, isLost: chat.lost.has(said.key ?? '') })),
  )) {
    const at = key === null || isLost ? undefined : placeOf.get(key);
    if (!at || tidied) continue;
    if (at.place < (last.get(at.room) ?? 0)) breaches.push(breach('I3', `${key} stands after what was said later`));
    last.set(at.room, Math.max(at.end, last.get(at.room) ?? 0));
  }
  return breaches;
};

interface Folded {
  text: string;
  isDeleted: boolean;
}

/** The tables say of every message what the log says. */
const stateIsTheLog: Check = ({ tables }) => {
  const folded = new Map<string, Folded>();
  for (const { type, data } of [...tables.log.values()].flat()) {
    const { messageId, text } = data as { messageId: string; text: string };
    const known = folded.get(messageId);
    if (type === 'message.posted') folded.set(messageId, { text, isDeleted: false });
    if (type === 'message.edited' && known) known.text = text;
    if (type === 'message.deleted' && known) known.isDeleted = true;
  }
  const breaches = [...tables.messages.values()].flatMap(({ id, text, deletedAt }) => {
    const said = folded.get(id);
    return said?.text === text && said.isDeleted === (deletedAt !== null)
      ? []
      : [breach('I4', `message ${id}, "${text}", is not what the log says`)];
  });
  return folded.size === tables.messages.size ? breaches : [...breaches, breach('I4', 'the log has other messages than the table')];
};

/** In time after the last fault: nothing waits, and the war room reads as the chat does. */
const roomsAgree: Check = ({ tables, chats, isDone, schedule }) => {
  if (!isDone) return [breach('I7', 'something still waits long after the last fault')];
  return chats.flatMap((chat) => disagreements(chat, tables, schedule));
};

function disagreements(chat: SimulatedChat, tables: Tables, schedule: Schedule): Breach[] {
  const breaches: Breach[] = [];
  for (const said of chat.said) {
    // It never told of it, and shows it to nobody.
    if (chat.night.shape === 'blind' && chat.untold.has(`${said.room}:${said.id}`)) continue;
    const mirror = mirrorOf(tables, said.room);
    if (said.key !== null || !mirror || said.text === schedule.poison) continue;
    const copy = tables.copies.get(`${mirror.id}\n${said.id}`);
    const message = tables.messages.get(copy?.messageId ?? '');
    if (said.deleted ? message && message.deletedAt === null : message?.text !== said.text || message.deletedAt !== null)
      breaches.push(breach('I7', `the room does not read "${said.text}" (${said.room}:${said.id}) as the chat does`));
  }
  return breaches;
}

/** What is poisonous is put aside, and nothing else is. */
const poisonCostsItself: Check = ({ tables, chats, posted, schedule }) => {
  const poisonous = new Set([
    ...posted.filter(({ isPoison }) => isPoison).map(({ deliveryId }) => deliveryId),
    ...chats
      .flatMap(({ said }) => said)
      .filter(({ key, text }) => key === null && text === schedule.poison)
      .map(({ room, id }) => `${room}:${id}`),
  ]);
  const { kills, stalls, badStatements } = schedule;
  const isDoubtful = (id: string): boolean =>
    chats.some(
      (chat) =>
        tables.mirrors.get(tables.deliveries.get(id)?.mirrorId ?? '')?.instance === chat.instance &&
        chat.night.shape === 'blind' &&
        (kills + stalls + badStatements > 0 || [...chat.doubtful].some((what) => what.startsWith(`send ${id}.`))),
    );
  return [
    ...[...tables.putAside]
      .filter(([id]) => !poisonous.has(id) && !isDoubtful(id))
      .map(([id, why]) => breach('I9', `${id} was put aside: ${why}`)),
    ...[...poisonous].filter((id) => !tables.putAside.has(id)).map((id) => breach('I9', `${id} is poisonous and was not put aside`)),
  ];
};

const CHECKS: readonly Check[] = [nothingIsLost, nothingIsTwice, oneOrder, stateIsTheLog, roomsAgree, poisonCostsItself];

const mirrorOf = (tables: Tables, room: string): MirrorRow | null =>
  [...tables.mirrors.values()].find((mirror) => mirror.room === room) ?? null;

const breach = (invariant: Breach['invariant'], what: string): Breach => ({ invariant, what });

function twice(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return [...new Set(ids.filter((id) => seen.has(id) || !seen.add(id)))];
}
