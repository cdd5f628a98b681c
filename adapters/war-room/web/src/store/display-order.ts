import type { RoomEvent } from '#libs/war-room-protocol/events';

/** When it happened, then the room's number: so a message read back after an outage stands where it was said. */
export function compareDisplay(a: RoomEvent, b: RoomEvent): number {
  if (a.displayAt !== b.displayAt) return a.displayAt < b.displayAt ? -1 : 1;
  return a.seq - b.seq;
}

/** `sorted` with `more` put in. Most events are the newest, so the common case is to append. */
export function inDisplayOrder(sorted: readonly RoomEvent[], more: readonly RoomEvent[]): readonly RoomEvent[] {
  const result = [...sorted];
  for (const event of more) {
    let at = result.length;
    while (at > 0 && compareDisplay(result[at - 1]!, event) > 0) at -= 1;
    result.splice(at, 0, event);
  }
  return result;
}
