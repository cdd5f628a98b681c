import { type Attempt, type ChatAdapter, type Content, type Part, type RoomRef, type RoomSpec, unknown } from '@musterhq/chat-port';
import type { Look } from './decide.ts';
import { type Delivery, keyOf } from './delivery.types.ts';
import type { Made } from './record-outcome.ts';

export const roomOf = (delivery: Pick<Delivery, 'instance' | 'tenant' | 'room'>): RoomRef => ({
  adapter: delivery.instance,
  tenant: delivery.tenant,
  room: delivery.room ?? '',
});

/** The bytes to say, made before the first attempt and kept: what was already rendered is never rendered again. */
export function partsOf(adapter: ChatAdapter, delivery: Delivery, content: Content | null): readonly Part[] {
  if (delivery.parts && delivery.operation !== 'card') return delivery.parts;
  return content ? adapter.messages.render(content, roomOf(delivery)).parts : [];
}

/** One attempt, no more. A throw counts as unknown, so that an adapter's bug never causes a blind resend; `isThrown` knows it. */
export async function attempt(
  adapter: ChatAdapter,
  delivery: Delivery,
  parts: readonly Part[],
  spec: RoomSpec | null,
  signal: AbortSignal,
): Promise<Attempt<Made>> {
  try {
    return await Promise.race([call(adapter, delivery, parts, spec, signal), ended(signal)]);
  } catch (error) {
    return unknown({ code: 'protocol', scope: 'message', native: THROWN, detail: String(error).slice(0, 300) });
  }
}

async function call(
  adapter: ChatAdapter,
  delivery: Delivery,
  parts: readonly Part[],
  spec: RoomSpec | null,
  signal: AbortSignal,
): Promise<Attempt<Made>> {
  if (spec) {
    if (!adapter.rooms)
      return { outcome: 'refused', fault: { code: 'unsupported', scope: 'room', detail: 'This chat has no rooms of its own.' } };
    const made = await adapter.rooms.create(spec, signal);
    return made.outcome === 'done' ? { ...made, value: { room: made.value } } : made;
  }
  const part = parts[delivery.part];
  if (!part) return { outcome: 'done', value: null, settled: true };

  const room = roomOf(delivery);
  const edited = delivery.operation === 'card' && delivery.card !== null && adapter.messages.edit;
  const made = edited
    ? await edited.call(adapter.messages, { room, id: delivery.card ?? '' }, { key: keyOf(delivery), part }, signal)
    : await adapter.messages.send({ key: keyOf(delivery), room, part }, signal);
  return made.outcome === 'done' ? { ...made, value: { receipt: made.value } } : made;
}

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
 * Looks for an attempt whose end nobody knows. Making a room or editing a card again is harmless (same key, same room;
 * same state), so those count as absent at once.
 */
export async function look(
  adapter: ChatAdapter,
  delivery: Delivery,
  since: number,
  signal: AbortSignal,
): Promise<{ seen: Look; made: Made }> {
  const part = delivery.parts?.[delivery.part];
  if (delivery.operation === 'open-room' || (delivery.operation === 'card' && delivery.card !== null) || !part)
    return { seen: 'absent', made: null };
  if (!adapter.messages.reconcile) return { seen: 'cannot-tell', made: null };
  try {
    const seen = await adapter.messages.reconcile({ key: keyOf(delivery), room: roomOf(delivery), part }, since, signal);
    return typeof seen === 'string' ? { seen, made: null } : { seen: 'found', made: { receipt: seen.found } };
  } catch {
    return { seen: 'cannot-tell', made: null };
  }
}

/** Whether trying again needs no looking first. */
export const isRepeatable = (delivery: Delivery): boolean =>
  delivery.operation === 'open-room' || (delivery.operation === 'card' && delivery.card !== null);
