import { textContent } from '#libs/rich-text/text-content';
import type { Verb } from '#src/conversation/conversation.types';
import { requestOf, reply } from './incidents.verbs.ts';
import type { Privacy } from './privacy.service.ts';

export function privacyVerbs(privacy: Privacy, roomUrl: (reference: string) => string): Verb[] {
  return [
    {
      name: 'make-private',
      usage: 'make-private',
      help: 'shows the incident to those who take part only.',
      inRoom: true,
      run: async (call) => reply(await privacy.set(call.tx, requestOf(call), true), 'Only those who take part see this incident now.'),
    },
    {
      name: 'make-public',
      usage: 'make-public',
      help: 'shows the incident to everybody in the organisation again.',
      inRoom: true,
      run: async (call) =>
        reply(await privacy.set(call.tx, requestOf(call), false), 'Everybody in the organisation sees this incident now.'),
    },
    {
      name: 'let-in',
      usage: 'let-in <INC-247>',
      help: 'lets an admin into a private incident, and tells its room.',
      inRoom: false,
      forThemAlone: true,
      async run({ tx, text, by, requestId }) {
        const { incident } = await privacy.letIn(tx, text, by, requestId);
        return {
          say: textContent(`You take part in ${incident.reference} now, and its room was told: ${roomUrl(incident.reference)}`),
          seq: null,
        };
      },
    },
  ];
}
