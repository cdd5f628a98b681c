import type { RoomEventOf } from '#libs/war-room-protocol/events';
import { isOpenCategory, type Person } from '#libs/war-room-protocol/vocabulary';
import type { RoomState } from './room-state.ts';

export type RoleGiven = RoomEventOf<'incident.role-changed'>;

/** Roles that this person has because somebody else gave them, until they say that they read it. Over, nothing is asked of them. */
export function rolesToRead({ roles, events, incident, rolesRead }: RoomState, me: Person): readonly RoleGiven[] {
  if (!isOpenCategory(incident.category)) return [];
  return roles
    .filter(({ holder }) => holder?.id === me.id)
    .map(({ key }) => events.findLast((event): event is RoleGiven => event.type === 'incident.role-changed' && event.data.role === key))
    .filter((given) => given !== undefined)
    .filter(({ by, seq }) => by !== null && by.id !== me.id && seq > rolesRead);
}
