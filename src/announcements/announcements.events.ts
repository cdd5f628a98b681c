import type { Audience } from '#libs/war-room-protocol/announcements';
import type { LoggedEvent } from '#src/platform/log/event.types';

export interface Announced {
  readonly announcementId: string;
  readonly surface: { readonly id: string; readonly name: string };
  /** What its chat calls the room. */
  readonly room: string;
  readonly audience: Audience;
}
export interface AnnouncementPosted extends Announced {
  readonly permalink?: string;
}
export interface AnnouncementFailed extends Announced {
  /** With what to do, in sentences. */
  readonly why: string;
}
export interface AnnouncementWithdrawn extends Announced {
  readonly why: 'private' | 'rule';
}

export interface AnnouncementAsked {
  /** Not of this incident: an admin changed where incidents are announced, or which. */
  readonly byRule?: true;
}

/** What becomes of an incident's announcements. */
export interface AnnouncementEvents {
  'announcement.asked': AnnouncementAsked;
  'announcement.posted': AnnouncementPosted;
  'announcement.failed': AnnouncementFailed;
  'announcement.removed': Announced;
  'announcement.withdrawn': AnnouncementWithdrawn;
}

export function isAnnouncementEvent<Type extends keyof AnnouncementEvents>(
  event: LoggedEvent,
  type: Type,
): event is LoggedEvent<Type, AnnouncementEvents[Type]> {
  return event.type === type;
}
