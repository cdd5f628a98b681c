import type { RoomEvent } from '#libs/war-room-protocol/events';
import type { RoomState } from './room-state.ts';

/** Asked for too late, and nobody applied it yet. */
export const isOpenOffer = ({ events }: RoomState, { type, id }: RoomEvent): boolean =>
  type === 'command.offered' && !events.some((later) => later.type === 'command.applied' && later.data.offerId === id);
