import type { Verb } from '#src/conversation/conversation.types';
import { reply, requestOf } from './incidents.verbs.ts';
import type { Triage } from './triage.service.ts';
import { type Visibility, viewerOf } from './visibility.queries.ts';

export function triageVerbs(triage: Triage, visibility: Visibility): Verb[] {
  return [
    {
      name: 'accept',
      usage: 'accept',
      help: 'takes the incident out of triage.',
      inRoom: true,
      run: async (call) => reply(await triage.accept(call.tx, requestOf(call)), 'Accepted.'),
    },
    {
      name: 'decline',
      usage: 'decline <why it is no incident>',
      help: 'ends it: it was none.',
      inRoom: true,
      run: async (call) => reply(await triage.decline(call.tx, requestOf(call), call.text), 'Declined.'),
    },
    {
      name: 'merge',
      usage: 'merge <INC-247>',
      help: 'says that it is the same as another one, where people go on.',
      inRoom: true,
      async run(call) {
        const into = await visibility.named(call.tx, call.text, await viewerOf(call.tx, call.by.person.id));
        return reply(await triage.merge(call.tx, requestOf(call), into), `Merged into ${call.text.toUpperCase()}.`);
      },
    },
  ];
}
