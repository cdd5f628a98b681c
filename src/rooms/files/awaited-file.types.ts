import type { FileRef, RoomRef } from '@musterhq/chat-port';
import type { Actor } from '#src/people/people.types';

/** A file that a message of a chat came with. `fileId` is ours, made of whose message it is in, so that it is awaited once. */
export interface FileOfChat {
  readonly fileId: string;
  readonly room: RoomRef;
  readonly file: FileRef;
}

/** One that is being fetched. */
export interface AwaitedFile extends FileOfChat {
  readonly incidentId: string;
  readonly messageId: string;
  readonly by: Actor;
  readonly attempts: number;
  readonly awaitedSince: Date;
}
