import { type Projection, TELLS_ONLY } from '#src/platform/log/projection.types';
import type { AnnouncementEvents } from './announcements.events.ts';

/** Like mirrors, announcements belong to the Muster whose chats they are in. */
export const announcementProjection: Projection<AnnouncementEvents> = {
  'announcement.asked': TELLS_ONLY,
  'announcement.posted': TELLS_ONLY,
  'announcement.failed': TELLS_ONLY,
  'announcement.removed': TELLS_ONLY,
  'announcement.withdrawn': TELLS_ONLY,
};
