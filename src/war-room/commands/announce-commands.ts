import type { Announcements } from '#src/announcements/announcements.service';
import type { Handlers } from './handlers.ts';

/** Telling those who take no part in it. */
export const announceCommands = (announcements: Announcements): Handlers<'announce'> => ({
  announce: (tx, request) => announcements.ask(tx, request),
});
