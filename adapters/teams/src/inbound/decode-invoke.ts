import { createHash } from 'node:crypto';
import type { ChatEvent, Envelope, HttpOut, Interaction, Received } from '@musterhq/chat-port';
import { formOf } from '../content/form-card.ts';
import { type Wire, stringOf, wireOf } from '#libs/wire/wire';
import { asCardAnswer, asFetchAnswer, asSubmitAnswer } from './answers.ts';
import { momentOf, nameOf } from './activity.ts';
import { type Scene, sceneOf } from './scene.ts';
import type { Us } from './us.ts';

/** Teams waits fifteen seconds for the answer to a gesture, and a person less. */
const ANSWER_WITHIN_MS = 10_000;
/** When it heard no answer it sends a gesture again, and then once more under a new id. */
const REPEATED_WITHIN_MS = 120_000;

type Answering = Pick<NonNullable<Received['answer']>, 'encode'>;

/** A person pressed a button or sent a form, and the response is what they see. */
export function decodeInvoke(us: Us, activity: Wire, now: number): Received {
  const scene = sceneOf(us, activity);
  const id = nameOf(activity);
  const decoded = scene && gestureOf(stringOf(activity.name) ?? '', wireOf(activity.value), viaOf(scene, activity, id, now));
  const at = momentOf(activity, now);
  if (!decoded) {
    const event: ChatEvent = { type: 'unknown', name: `invoke ${stringOf(activity.name) ?? ''}`.trim() };
    return { envelopes: [{ id: `invoke:${id}`, lane: 'unknown', at, redelivery: 0, event }], out: NOT_KNOWN };
  }
  const envelope: Envelope = {
    id: `${scene.room.room}:invoke:${id}`,
    lane: `invoke:${id}`,
    at,
    redelivery: 0,
    event: decoded.event,
    ...repeats(scene, activity),
  };
  return { envelopes: [envelope], out: NOTHING, answer: { withinMs: ANSWER_WITHIN_MS, encode: decoded.encode } };
}

/** The same person, message and input are the same gesture. Asking for a form changes nothing, and people do it twice. */
function repeats({ room, thread, user }: Scene, { name, value, replyToId }: Wire): Pick<Envelope, 'sameAs'> {
  if (name === 'task/fetch') return {};
  const gesture = JSON.stringify([room.room, thread, user.user, replyToId, name, value]);
  return { sameAs: { key: createHash('sha256').update(gesture).digest('base64url'), windowMs: REPEATED_WITHIN_MS } };
}

const NOTHING: HttpOut = { status: 200 };
/** A 2xx, so that Teams does not ask again, and a person is told by Teams that nothing came of it. */
const NOT_KNOWN: HttpOut = { status: 200 };

function viaOf({ room, thread, user }: Scene, activity: Wire, id: string, now: number): Interaction {
  const message = stringOf(activity.replyToId);
  const on = message === undefined ? undefined : { room, id: message, ...(thread !== undefined && thread !== message && { thread }) };
  return { id, user, room, ...(on && { on }), expiresAt: now + ANSWER_WITHIN_MS, handle: id };
}

function gestureOf(name: string, value: Wire, via: Interaction): ({ event: ChatEvent } & Answering) | undefined {
  if (name === 'adaptiveCard/action') {
    const { verb, data } = wireOf(value.action);
    const id = stringOf(verb);
    return id === undefined ? undefined : { event: pressed(id, wireOf(data), via), encode: asCardAnswer };
  }
  const data = wireOf(value.data);
  if (name === 'task/fetch') {
    const id = stringOf(data.action);
    return id === undefined ? undefined : { event: pressed(id, data, via), encode: asFetchAnswer };
  }
  const form = name === 'task/submit' ? formOf(data.form) : undefined;
  if (!form) return undefined;
  const { id, state, fields } = form;
  const values = Object.fromEntries(
    fields.map((field) => [field.id, field.t === 'choices' ? listOf(data[field.id]) : oneOf(data[field.id])]),
  );
  const event: ChatEvent = { type: 'form', id, values, dismissed: false, via, ...(state !== undefined && { state }) };
  return { event, encode: asSubmitAnswer(form, values) };
}

function pressed(id: string, data: Wire, via: Interaction): ChatEvent {
  const value = stringOf(data.value);
  return { type: 'action', id, inputs: {}, via, ...(value !== undefined && { value }) };
}

/** Cards give several choices as one string with commas. */
const listOf = (value: unknown): string[] =>
  stringOf(value)
    ?.split(',')
    .filter((choice) => choice !== '') ?? [];
const oneOf = (value: unknown): string[] =>
  value === undefined || value === null || value === '' ? [] : [typeof value === 'string' ? value : JSON.stringify(value)];
