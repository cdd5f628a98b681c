import type { Change } from '../room/changes/changes.tsx';
import type { RoomStore } from '../store/room-store.ts';

/** What the palette needs of the room it was opened over. */
export interface RoomHere {
  readonly store: RoomStore;
  readonly change: (change: Change) => void;
}
