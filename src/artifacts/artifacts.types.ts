import type { FileFact } from '#libs/war-room-protocol/files';
import type { ActorFact } from '#src/platform/log/event.types';
import type { Actor } from '#src/people/people.types';

/** A file as it arrives. */
export interface ToAdd {
  readonly incidentId: string;
  /** Made by whoever sends it: sent again under the same id, it is the same file. */
  readonly id: string;
  /** What the sender calls it. */
  readonly name: string;
  readonly alt: string | null;
  /** The message it goes with. */
  readonly messageId: string | null;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly by: Actor;
}

/** A file as its row tells. */
export interface Artifact {
  readonly incidentId: string;
  readonly fact: FileFact;
  readonly by: ActorFact;
  readonly addedAt: Date;
  readonly removedAt: Date | null;
}
