import type { RoomRef } from '@musterhq/chat-port';

/** What a form brings back: the incident that it is about, and the room in which it was asked for. */
interface FormState {
  readonly incidentId: string;
  /** Null in forms that were opened before the room was kept. */
  readonly room: RoomRef | null;
}

export const toState = (incidentId: string, room: RoomRef): string => JSON.stringify({ incidentId, room } satisfies FormState);

export const fromState = (state: string): FormState =>
  state.startsWith('{') ? (JSON.parse(state) as FormState) : { incidentId: state, room: null };
