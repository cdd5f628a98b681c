import type { Verb } from '#src/conversation/conversation.types';
import { reply, requestOf } from './incidents.verbs.ts';
import { namedPerson } from './named-person.queries.ts';
import type { Participants } from './participants.service.ts';

const AS_OBSERVER = /\s*\bobserver$/i;

export function participantVerbs(participants: Participants): Verb[] {
  return [
    {
      name: 'join',
      usage: 'join <nothing, or observer>',
      help: 'takes part, to act or to watch.',
      inRoom: true,
      async run(call) {
        const observer = AS_OBSERVER.test(call.text);
        const joined = await participants.add(call.tx, requestOf(call), call.by.person, observer);
        return reply(joined, observer ? 'You watch now.' : 'You take part now.');
      },
    },
    {
      name: 'leave',
      usage: 'leave',
      help: 'takes part no more, and gives back the roles you have.',
      inRoom: true,
      run: async (call) => reply(await participants.remove(call.tx, requestOf(call), call.by.person), 'You take no part any more.'),
    },
    {
      name: 'add',
      usage: 'add <a name, and observer where they only watch>',
      help: 'lets somebody in.',
      inRoom: true,
      async run(call) {
        const person = await namedPerson(call.tx, requestOf(call).id, call.text.replace(AS_OBSERVER, ''), call.by.person);
        const added = await participants.add(call.tx, requestOf(call), person, AS_OBSERVER.test(call.text));
        return reply(added, `${person.name} takes part now.`);
      },
    },
    {
      name: 'remove',
      usage: 'remove <a name>',
      help: 'sends somebody out; of a private incident they see nothing any more.',
      inRoom: true,
      async run(call) {
        const person = await namedPerson(call.tx, requestOf(call).id, call.text, call.by.person);
        return reply(await participants.remove(call.tx, requestOf(call), person), `${person.name} takes no part any more.`);
      },
    },
  ];
}
