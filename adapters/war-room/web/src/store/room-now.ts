import type { RoomNow } from '#libs/war-room-protocol/most-needed';
import { nextUpdateDue } from '#libs/war-room-protocol/waiting';
import type { RoomState } from './room-state.ts';

export const roomNow = ({ incident, waiting }: RoomState): RoomNow => ({
  category: incident.category,
  severity: incident.severity,
  status: incident.status,
  isLed: incident.lead !== null,
  updateDue: nextUpdateDue(waiting),
});
