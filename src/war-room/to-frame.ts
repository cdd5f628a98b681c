import type { LoggedEvent } from '#src/platform/log/event.types';
import { toWire } from '#src/rooms/rooms.wire';

/** One frame of the stream. Made once for all who watch a room. */
export const toFrame = (event: LoggedEvent): string => `event: room\nid: ${event.seq}\ndata: ${JSON.stringify(toWire(event))}\n\n`;
