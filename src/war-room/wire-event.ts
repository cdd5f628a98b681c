import { fromMarkdown } from '#libs/rich-text/from-markdown';
import { toHtml } from '#libs/rich-text/to-html';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import type { LoggedEvent } from '#src/platform/log/event.types';
import { isRoomEvent } from '#src/rooms/rooms.events';

/** A log event as pages and the API read it. Message bodies are rendered here, once, and safe to insert. */
export function toWire(event: LoggedEvent): RoomEvent {
  const data =
    isRoomEvent(event, 'message.posted') || isRoomEvent(event, 'message.edited')
      ? { ...event.data, html: toHtml(fromMarkdown(event.data.text)) }
      : event.data;
  return {
    seq: event.seq,
    id: event.id,
    at: event.at.toISOString(),
    displayAt: event.displayAt,
    late: event.late,
    by: event.by,
    via: event.via,
    type: event.type,
    data,
  } as RoomEvent;
}

/** One frame of the stream. Made once for all who watch a room. */
export const toFrame = (event: LoggedEvent): string => `event: room\nid: ${event.seq}\ndata: ${JSON.stringify(toWire(event))}\n\n`;
