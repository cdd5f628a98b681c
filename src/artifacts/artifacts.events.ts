import type { FileFact } from '#libs/war-room-protocol/files';
import type { LoggedEvent } from '#src/platform/log/event.types';

export type FileAdded = Readonly<FileFact>;
export interface FileRemoved {
  readonly fileId: string;
  readonly name: string;
}

/** What is announced of files, by type. */
export interface ArtifactEvents {
  'file.added': FileAdded;
  'file.removed': FileRemoved;
}

export function isArtifactEvent<Type extends keyof ArtifactEvents>(
  event: LoggedEvent,
  type: Type,
): event is LoggedEvent<Type, ArtifactEvents[Type]> {
  return event.type === type;
}
