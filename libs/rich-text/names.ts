import type { RoomRef, UserRef } from '@musterhq/chat-port';

/** How people and rooms are called on this screen. Content holds ids only; without a name the id is shown. */
export interface Names {
  readonly person?: (who: UserRef) => string | undefined;
  readonly room?: (ref: RoomRef) => string | undefined;
}
