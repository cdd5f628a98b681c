import { textContent } from '#libs/rich-text/text-content';
import { NoIncidentHere } from '#src/conversation/conversation.errors';
import type { Verb } from '#src/conversation/conversation.types';
import type { SayAgain } from './say-again.service.ts';

/** "say-again", the same in every chat and in the war room: everything of the room. A single message has a button. */
export function sayAgainVerb(sayAgain: SayAgain): Verb {
  return {
    name: 'say-again',
    usage: 'say-again',
    help: 'says once more what a chat of this room did not take, and what nobody knows whether it has.',
    inRoom: true,
    async run({ tx, by, incidentId, requestId }) {
      if (incidentId === null) throw new NoIncidentHere('say-again', 'say-again');
      const { seq, say } = await sayAgain.ask(tx, { incidentId, requestId, by }, null);
      return { say: textContent(say), seq };
    },
  };
}
