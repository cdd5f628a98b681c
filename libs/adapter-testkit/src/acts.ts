import assert from 'node:assert/strict';
import type { Attempt, Content, Envelope, InMessage, MessageRef, Receipt, RoomRef, Send } from '@musterhq/chat-port';
import type { Stage } from './case.ts';
import type { Injection } from './harness.ts';

export type MessageEnvelope = Envelope & { event: { type: 'message.created' | 'message.edited'; message: InMessage } };

/** A call that nobody ends lasts this long at most; far more than a simulator in the same process needs. */
const CALL_MS = 1_500;

/** For a call that nobody keeps from ending. */
export const soon = (): AbortSignal => AbortSignal.timeout(CALL_MS * 2);

export const text = (v: string): Content => ({ blocks: [{ t: 'p', c: [{ t: 'text', v }] }], summary: 'Conformance' });

/** A send of this content as the core would make it; the content has to fit in one part. */
export function sendOf({ adapter }: Stage, room: RoomRef, key: string, content: Content | string, thread?: string): Send {
  const { parts } = adapter.messages.render(typeof content === 'string' ? text(content) : content, room);
  const [part] = parts;
  assert.ok(part && parts.length === 1, `A short message has to be one part, not ${parts.length}`);
  return { key, room, part, ...(thread !== undefined && { thread }) };
}

/** One attempt, with the core's rule that a throw counts as `unknown`. */
export async function attempt(stage: Stage, send: Send, signal?: AbortSignal): Promise<Attempt<Receipt>> {
  try {
    return await within(
      CALL_MS * 2,
      'send to end by its signal',
      stage.adapter.messages.send(send, signal ?? AbortSignal.timeout(CALL_MS)),
    );
  } catch (error) {
    if (error instanceof Overdue) throw error;
    return { outcome: 'unknown', fault: { code: 'protocol', scope: 'adapter', detail: String(error) } };
  }
}

/** The simulator refuses what the kit did not ask it to refuse. */
const hintAt = (sent: Attempt<unknown>): string =>
  sent.outcome === 'refused' && sent.fault.code === 'rate-limited' ? '. A simulator does not keep to its rates by itself' : '';

/** Sends and expects to be told that it was done. */
export async function post(stage: Stage, room: RoomRef, key: string, content: Content | string, thread?: string): Promise<Receipt> {
  const sent = await attempt(stage, sendOf(stage, room, key, content, thread));
  assert.equal(sent.outcome, 'done', `Nothing was wrong, yet the send ended ${JSON.stringify(sent)}${hintAt(sent)}`);
  return (sent as Extract<typeof sent, { outcome: 'done' }>).value;
}

/** A person says something and it is delivered; the message's envelope as it was admitted. */
export async function heard(stage: Stage, room: RoomRef, words: string, thread?: MessageRef): Promise<MessageEnvelope> {
  const injection = await stage.inject({ do: 'say', room, text: words, ...(thread && { thread }) });
  return envelopeOf(stage, messageOf(injection));
}

export function messageOf({ message }: Injection): MessageRef {
  assert.ok(message, 'The harness has to say which message the act made');
  return message;
}

export const isAbout =
  (ref: MessageRef, type?: MessageEnvelope['event']['type']) =>
  (e: Envelope): e is MessageEnvelope =>
    (e.event.type === 'message.created' || e.event.type === 'message.edited') &&
    (type === undefined || e.event.type === type) &&
    sameMessage(e.event.message.ref, ref);

export const isAboutDeletion =
  (ref: MessageRef) =>
  ({ event }: Envelope): boolean =>
    event.type === 'message.deleted' && sameMessage(event.target, ref);

export const sameMessage = (a: MessageRef, b: MessageRef): boolean => a.id === b.id && sameRoom(a.room, b.room);

export const sameRoom = (a: RoomRef, b: RoomRef): boolean => a.room === b.room && a.tenant === b.tenant && a.adapter === b.adapter;

export async function envelopeOf(
  { inlet }: Stage,
  ref: MessageRef,
  type: MessageEnvelope['event']['type'] = 'message.created',
): Promise<MessageEnvelope> {
  return (await inlet.until(isAbout(ref, type), `${type} of ${ref.id} in ${ref.room.room}`)) as MessageEnvelope;
}

/** The people's messages of these rooms, in the order they were admitted; our own and repeats are left out. */
export function wordsAdmitted({ inlet }: Stage, ...rooms: readonly RoomRef[]): string[] {
  const seen = new Set<string>();
  return inlet.admitted.flatMap(({ id, event }) => {
    if (event.type !== 'message.created') return [];
    const { message } = event;
    if (seen.has(id) || message.origin !== 'human' || !rooms.some((room) => sameRoom(room, message.ref.room))) return [];
    seen.add(id);
    return [wordsOf(message.content)];
  });
}

/** The words of a message, as far as a person's plain message has any structure. */
export function wordsOf({ blocks }: Content): string {
  const words = (node: unknown): string => {
    if (Array.isArray(node)) return node.map(words).join('');
    if (typeof node !== 'object' || node === null) return '';
    const { v, c } = node as { v?: unknown; c?: unknown };
    return typeof v === 'string' ? v : words(c);
  };
  return words(blocks);
}

class Overdue extends Error {}

/** The promise, or a failure that says what did not end in time. The timer ends with it. */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Overdue(`Waited ${ms} ms for ${what}`)), ms);
  });
  return Promise.race([promise, overdue]).finally(() => clearTimeout(timer));
}
