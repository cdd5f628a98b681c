import { textContent } from '#libs/rich-text/text-content';
import { NoIncidentHere, tellPeople } from '#src/conversation/conversation.errors';
import type { Verb } from '#src/conversation/conversation.types';
import { PrivateNotAnnounced } from './announcements.errors.ts';
import type { Announcements } from './announcements.service.ts';

tellPeople(PrivateNotAnnounced);

/** "announce", the same in every chat and in the war room. What a rule announces needs nobody to say it. */
export function announceVerb(announcements: Announcements): Verb {
  return {
    name: 'announce',
    usage: 'announce',
    help: 'tells everybody, in the rooms that were chosen for it, also where it would not be told by itself or its post was taken away.',
    inRoom: true,
    async run({ tx, by, incidentId, requestId }) {
      if (incidentId === null) throw new NoIncidentHere('announce', 'announce');
      const { seq, say } = await announcements.ask(tx, { id: incidentId, by, requestId });
      return { say: textContent(say), seq };
    },
  };
}
