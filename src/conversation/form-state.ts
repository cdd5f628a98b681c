import type { RoomRef } from '@musterhq/chat-port';

/** What a form brings back: the incident that it is about, and the room in which it was asked for. */
interface FormState {
  readonly incidentId: string;
  /** Null in forms that were opened before the room was kept. */
  readonly room: RoomRef | null;
}

/** Or the gesture by which a message was picked: it lies in the inbox, and a chat keeps little in a form. */
interface PickedState {
  readonly picked: string;
}

export const toState = (incidentId: string, room: RoomRef): string => JSON.stringify({ incidentId, room } satisfies FormState);
export const toPicked = (envelopeId: string): string => JSON.stringify({ picked: envelopeId } satisfies PickedState);

export function fromState(state: string): FormState | null {
  if (!state.startsWith('{')) return { incidentId: state, room: null };
  const read = JSON.parse(state) as FormState | PickedState;
  return 'picked' in read ? null : read;
}

/** The envelope of the gesture; null in any other form. */
export function pickedFrom(state: string | undefined): string | null {
  if (!state?.startsWith('{')) return null;
  const read = JSON.parse(state) as FormState | PickedState;
  return 'picked' in read ? read.picked : null;
}
