import type { Audience } from '#libs/war-room-protocol/announcements';
import type { Kind, Severity } from '#src/incidents/incidents.types';

/** A chat's workspace in which something can be announced. */
export interface Workspace {
  readonly instance: string;
  readonly tenant: string;
  /** As people call that chat. */
  readonly name: string;
}

/** Which incidents are announced by themselves in a room, for whom. */
export interface Rule extends Workspace {
  readonly audience: Audience;
  readonly room: string;
  readonly roomName: string;
  /** The least severe. */
  readonly severity: Severity;
  readonly kinds: readonly Kind[];
  /** Why the chat refused the last one, and what to do. */
  readonly trouble: string | null;
}
