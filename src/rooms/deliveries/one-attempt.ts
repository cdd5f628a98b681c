import {
  type Attempt,
  type ChatAdapter,
  type Content,
  type Feature,
  type MessageRef,
  type Part,
  type RoomRef,
  type RoomSpec,
  done,
  refused,
  unknown,
} from '@musterhq/chat-port';
import { problemIn } from '#src/platform/logging/problem-in';
import { type WantedMember, changeMembers } from './change-members.ts';
import type { Look } from './decide.ts';
import { type Copy, type Delivery, keyOf } from './delivery.types.ts';
import type { Made } from './record-outcome.ts';
import { type Step, stepOf } from './step.ts';
import type { Step as UpkeepStep } from '../upkeep/next-step.ts';
import { keepUp } from '../upkeep/keep-up.ts';

/** What a delivery comes to at the moment it goes out. */
export interface ToSay {
  readonly content: Content | null;
  readonly spec: RoomSpec | null;
  readonly members: readonly WantedMember[] | null;
  /** What is to be seen to about the room; absent when that is in order. */
  readonly upkeep?: UpkeepStep;
  readonly thread: string | null;
  /** Whether a reaction or a pin is to be there. */
  readonly on: boolean;
}

export const roomOf = (delivery: Pick<Delivery, 'instance' | 'tenant' | 'room'>): RoomRef => ({
  adapter: delivery.instance,
  tenant: delivery.tenant,
  room: delivery.room ?? '',
});

interface Parts {
  readonly parts: readonly (Part | null)[];
  /** What the chat cannot show of it, in words. Absent where it was rendered before. */
  readonly losses?: readonly string[];
}

/** The bytes to say, made before the first attempt and kept: what was already rendered is never rendered again. */
export function partsOf(adapter: ChatAdapter, delivery: Delivery, content: Content | null): Parts {
  if (delivery.parts && delivery.operation !== 'card') return { parts: delivery.parts };
  if (delivery.operation === 'remove') return { parts: delivery.copies.map(() => null) };
  if (!content) return { parts: [] };
  const { parts, losses } = adapter.messages.render(content, roomOf(delivery));
  const words = [...new Set(losses.map(({ note }) => note))];
  // An edit that needs fewer parts than there are takes the rest away.
  const all = delivery.operation === 'edit' ? [...parts, ...delivery.copies.slice(parts.length).map(() => null)] : parts;
  return { parts: all, losses: words };
}

const NEEDS: Partial<Record<Step['do'], Feature>> = { edit: 'edit', remove: 'delete', react: 'react', pin: 'room.pin' };

/** Whether this chat can do it at all. */
export function can(adapter: ChatAdapter, delivery: Delivery, what: 'edit' | 'remove' | 'react' | 'pin'): boolean {
  const { features } = adapter.capabilities(roomOf(delivery));
  const level = features[NEEDS[what] as Feature];
  return level !== undefined && level !== 'none' && (what === 'pin' ? adapter.rooms : adapter.messages[what]) !== undefined;
}

/** One attempt, no more. A throw counts as unknown, so that an adapter's bug never causes a blind resend; `isThrown` knows it. */
export async function attempt(adapter: ChatAdapter, delivery: Delivery, to: ToSay, signal: AbortSignal): Promise<Attempt<Made>> {
  try {
    return await Promise.race([call(adapter, delivery, to, signal), ended(signal)]);
  } catch (error) {
    return unknown({ code: 'protocol', scope: 'message', native: THROWN, detail: problemIn(error) });
  }
}

async function call(
  adapter: ChatAdapter,
  delivery: Delivery,
  { spec, members, upkeep, on }: ToSay,
  signal: AbortSignal,
): Promise<Attempt<Made>> {
  if (spec) {
    if (!adapter.rooms) return refused({ code: 'unsupported', scope: 'room', detail: 'This chat has no rooms of its own.' });
    const made = await adapter.rooms.create(spec, signal);
    return made.outcome === 'done' ? { ...made, value: { room: made.value, asked: spec } } : made;
  }
  if (members) {
    const changed = await changeMembers(adapter, roomOf(delivery), members, signal);
    return changed.outcome === 'done' ? done(changed.value.length > 0 ? { stuck: changed.value } : null) : changed;
  }
  if (upkeep) return keepUp(adapter, roomOf(delivery), upkeep, signal);
  const step = stepOf(delivery);
  const { messages, rooms } = adapter;
  const room = roomOf(delivery);
  const key = keyOf(delivery);
  switch (step.do) {
    case 'nothing':
      return done(null);
    case 'send':
      return withReceipt(await messages.send({ key, room, part: step.part, ...(step.thread ? { thread: step.thread } : {}) }, signal));
    case 'edit': {
      if (!messages.edit) return withReceipt(await messages.send({ key, room, part: step.part }, signal));
      const edited = withReceipt(await messages.edit(refOf(room, step.copy), { key, part: step.part }, signal));
      return delivery.operation === 'card' ? edited : unlessGone(edited);
    }
    case 'remove':
      return unlessGone(await removed(adapter, delivery, refOf(room, step.copy), signal));
    case 'react':
      return unlessGone(await (messages.react?.(refOf(room, step.copy), delivery.emoji ?? '', on, signal) ?? done(undefined)));
    case 'pin': {
      const message = refOf(room, step.copy);
      return unlessGone(await (rooms?.change(room, on ? { pin: message } : { unpin: message }, signal) ?? done(undefined)));
    }
  }
}

/** A file first, where the chat keeps it apart from what shows it: either may be gone already. */
async function removed(
  { files, messages }: ChatAdapter,
  { chatFile, part }: Delivery,
  message: MessageRef,
  signal: AbortSignal,
): Promise<Attempt<unknown>> {
  if (chatFile && part === 0 && files?.remove) {
    const gone = await files.remove(message.room, chatFile, signal);
    if (gone.outcome !== 'done' && !(gone.outcome === 'refused' && gone.fault.code === 'not-found')) return gone;
  }
  return messages.remove?.(message, signal) ?? done(undefined);
}

const refOf = (room: RoomRef, { id, thread }: Copy): MessageRef => ({ room, id, ...(thread ? { thread } : {}) });

function withReceipt(made: Awaited<ReturnType<ChatAdapter['messages']['send']>>): Attempt<Made> {
  return made.outcome === 'done' ? { ...made, value: { receipt: made.value } } : made;
}

/** Somebody deleted our copy there. That is theirs to do, and leaves nothing to change. */
function unlessGone(made: Attempt<unknown>): Attempt<Made> {
  if (made.outcome === 'done') return { ...made, value: isMade(made.value) ? made.value : null };
  return made.outcome === 'refused' && made.fault.code === 'not-found' && made.fault.scope === 'message' ? done(null) : made;
}

const isMade = (value: unknown): value is Made => typeof value === 'object' && value !== null && 'receipt' in value;

const THROWN = 'thrown';

/** It had no outcome: the adapter broke its contract. */
export const isThrown = (made: Attempt<unknown>): boolean => made.outcome === 'unknown' && made.fault.native === THROWN;

/** An adapter must end by the signal; one that does not is not waited for. */
function ended(signal: AbortSignal): Promise<Attempt<never>> {
  const late = unknown({ code: 'timeout', scope: 'message', detail: 'The chat did not answer in time.' });
  if (signal.aborted) return Promise.resolve(late);
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(late), { once: true }));
}

/**
 * Looks for an attempt whose end nobody knows. What is harmless to do again counts as absent at once.
 */
export async function look(
  adapter: ChatAdapter,
  delivery: Delivery,
  since: number,
  signal: AbortSignal,
): Promise<{ seen: Look; made: Made }> {
  if (isRepeatable(adapter, delivery)) return { seen: 'absent', made: null };
  const step = stepOf(delivery);
  if (step.do !== 'send' || !adapter.messages.reconcile) return { seen: 'cannot-look', made: null };
  const { part, thread } = step;
  try {
    const seen = await adapter.messages.reconcile(
      { key: keyOf(delivery), room: roomOf(delivery), part, ...(thread ? { thread } : {}) },
      since,
      signal,
    );
    return typeof seen === 'string' ? { seen, made: null } : { seen: 'found', made: { receipt: seen.found, seen: true } };
  } catch {
    return { seen: 'cannot-tell', made: null };
  }
}

/** Whether looking for it asks the chat. */
export const isLookedForThere = (adapter: ChatAdapter, delivery: Delivery): boolean =>
  !isRepeatable(adapter, delivery) && stepOf(delivery).do === 'send' && adapter.messages.reconcile !== undefined;

/**
 * Whether trying again needs no looking first. Editing, taking away and marking again is harmless: same state. So is making a room
 * (same key, same room), but not where a chat has no way to find it by its key.
 */
export function isRepeatable(adapter: ChatAdapter, delivery: Delivery): boolean {
  if (delivery.operation === 'open-room') return adapter.capabilities().features['room.create'] !== 'partial';
  return stepOf(delivery).do !== 'send';
}
