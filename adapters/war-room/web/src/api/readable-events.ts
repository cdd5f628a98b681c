import * as z from 'zod/mini';
import { roomEvent, type RoomEvent } from '#libs/war-room-protocol/events';

const anyEvent = z.looseObject({ seq: z.number(), id: z.string(), at: z.string(), displayAt: z.string() });
const anyPage = z.looseObject({ events: z.array(z.unknown()) });

/**
 * An event as this page understands it. One of a kind that it does not know (the server is newer) becomes `hidden`: its
 * number is kept, so the room goes on. Undefined when not even its number can be read.
 */
export function readableEvent(raw: unknown): RoomEvent | undefined {
  const event = roomEvent.safeParse(raw);
  if (event.success) return event.data;
  const envelope = anyEvent.safeParse(raw);
  if (!envelope.success) return undefined;
  const { seq, id, at, displayAt } = envelope.data;
  return { seq, id, at, displayAt, late: false, by: null, via: { id: 'web', name: 'web' }, type: 'hidden', data: {} };
}

export function readableEvents(raw: unknown): unknown {
  const page = anyPage.safeParse(raw);
  return page.success ? { ...page.data, events: page.data.events.map(readableEvent) } : raw;
}
