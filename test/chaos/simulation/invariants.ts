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
  readonly chat: SimulatedChat;
  readonly posted: readonly Posted[];
  /** Nothing waits any more. */
  readonly isDone: boolean;
}

type Check = (night: Night) => readonly Breach[];

/** What must be so after every night, judged from what the chat shows, what the tables hold and what was acknowledged. */
export function breachesIn(night: Night): Breach[] {
  return CHECKS.flatMap((check) => check(night));
}

/** Nothing that was acknowledged is lost: to the chat, which then stops telling it, and to people in the war room. */
const nothingIsLost: Check = ({ tables, chat, posted }) => {
  const breaches: Breach[] = [];
  const rows = [...tables.inbox.values()];
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
    if (isPoison) continue;
    paragraphs.forEach((_, part) => {
      const own = keyOf({ id: deliveryId, part });
      const said = saidAs(tables, deliveryId, part);
      if (!chat.said.some(({ key, tidied }) => key === said && !tidied))
        breaches.push({ invariant: 'I1', what: `${own} never reached the chat${said === own ? '' : `, nor its digest ${said}`}` });
    });
  }
  return breaches;
};

/** The key under which a part of what was posted is to be there: its own, or that of the digest which holds it. */
function saidAs({ deliveries }: Tables, id: string, part: number): string {
  const digest = deliveries.get(deliveries.get(id)?.digestId ?? '');
  return digest && digest.status !== 'canceled' ? keyOf({ id: digest.id, part: 0 }) : keyOf({ id, part });
}

/** What somebody took away in the chat is not said again either: it counts. */
const nothingIsTwice: Check = ({ tables, chat }) => [
  ...twice(chat.said.flatMap(({ key, text, tidied }) => (key === null || tidied ? [] : text.split('\n')))).map((line) =>
    breach('I2', `"${line}" is twice in the chat`),
  ),
  ...twice(chat.said.flatMap(({ key, tidied }) => (key === null || tidied ? [] : [key]))).map((key) =>
    breach('I2', `${key} is twice in the chat`),
  ),
  ...twice(tables.handled).map((id) => breach('I2', `${id} was handled twice`)),
  ...[...tables.log.values()].flatMap((stream) => twice(stream.map(({ id }) => id))).map((id) => breach('I2', `${id} is twice in the log`)),
];

/** The chat shows what we said there in the log's order, but for what it had lost. That the log has no gap is for PostgreSQL to say. */
const oneOrder: Check = ({ tables, chat, posted }) => {
  const breaches: Breach[] = [];
  const placeOf = new Map<string, { room: string; place: number; end: number }>();
  for (const { deliveryId, mirrorId, position, paragraphs } of posted)
    paragraphs.forEach((_, part) => {
      const [key, place] = [saidAs(tables, deliveryId, part), position * 1_000 + part];
      const known = placeOf.get(key);
      placeOf.set(key, { room: mirrorId, place: Math.min(place, known?.place ?? place), end: Math.max(place, known?.end ?? place) });
    });
  const last = new Map<string, number>();
  for (const { key, tidied } of chat.said) {
    const at = key === null || chat.lost.has(key) ? undefined : placeOf.get(key);
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
const roomsAgree: Check = ({ tables, chat, isDone, schedule }) => {
  if (!isDone) return [breach('I7', 'something still waits long after the last fault')];
  const breaches: Breach[] = [];
  for (const said of chat.said) {
    const mirror = mirrorOf(tables, said.room);
    if (said.key !== null || !mirror || said.text === schedule.poison) continue;
    const copy = tables.copies.get(`${mirror.id}\n${said.id}`);
    const message = tables.messages.get(copy?.messageId ?? '');
    if (said.deleted ? message && message.deletedAt === null : message?.text !== said.text || message.deletedAt !== null)
      breaches.push(breach('I7', `the room does not read "${said.text}" (${said.room}:${said.id}) as the chat does`));
  }
  return breaches;
};

/** What is poisonous is put aside, and nothing else is. */
const poisonCostsItself: Check = ({ tables, chat, posted, schedule }) => {
  const poisonous = new Set([
    ...posted.filter(({ isPoison }) => isPoison).map(({ deliveryId }) => deliveryId),
    ...chat.said.filter(({ key, text }) => key === null && text === schedule.poison).map(({ room, id }) => `${room}:${id}`),
  ]);
  return [
    ...[...tables.putAside].filter(([id]) => !poisonous.has(id)).map(([id, why]) => breach('I9', `${id} was put aside: ${why}`)),
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
