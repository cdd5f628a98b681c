import type { RoomEvent } from '#libs/war-room-protocol/events';
import type { Me, RoomSnapshot } from '#libs/war-room-protocol/views';
import { PROTOCOL } from '#libs/war-room-protocol/vocabulary';
import { reduceRoom, roomFrom, type RoomState } from './room-state.ts';

/** As many as are drawn at first. */
const NEWEST = 300;

/** A room as it was shown here, and to whom. */
export interface KeptRoom {
  readonly keptAt: string;
  readonly me: Me;
  readonly snapshot: RoomSnapshot;
  /** The newest, by their numbers, without a gap. */
  readonly events: readonly RoomEvent[];
}

/** The rooms that this device has from before. */
export interface KeptRooms {
  /** Whoever opened a page is here now: what others saw here is nothing for them, and what is old for nobody. */
  iAm(personId: string): Promise<void>;
  /** Not by a page of somebody who was here before. */
  keep(reference: string, room: KeptRoom): Promise<void>;
  /** Null when it was not seen here, or kept by another page in a way that this one cannot read. */
  read(reference: string): Promise<KeptRoom | null>;
  /** It may not be seen any more. */
  forget(reference: string): Promise<void>;
}

/** Its facts of now, and the newest of what was said. */
export function keptFrom(me: Me, room: RoomState, keptAt: string): KeptRoom {
  const { incident, waiting, people, roles, mirrors, givenUp, read, rolesRead } = room;
  const snapshot = {
    protocol: PROTOCOL,
    incident,
    waiting,
    people: [...people],
    roles: [...roles],
    mirrors: [...mirrors],
    givenUp: [...givenUp],
    read: read && { ...read, roles: rolesRead },
  };
  return { keptAt, me, snapshot, events: [...room.events].sort((a, b) => a.seq - b.seq).slice(-NEWEST) };
}

export function roomFromKept({ snapshot, events }: KeptRoom): RoomState {
  const seq = (events[0]?.seq ?? 1) - 1;
  return reduceRoom({ ...roomFrom(snapshot), seq }, { type: 'events', events });
}
