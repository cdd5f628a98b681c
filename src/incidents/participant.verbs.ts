import { FormInvalid } from '#src/conversation/conversation.errors';
import type { Form } from '@musterhq/chat-port';
import type { Call, Verb } from '#src/conversation/conversation.types';
import type { ActorFact } from '#src/platform/log/event.types';
import type { TeamToCall } from '#src/teams/teams.types';
import { PersonUnknown, TeamOrPerson } from './incidents.errors.ts';
import { reply, requestOf } from './incidents.verbs.ts';
import { personNamed, pickedAs } from './named-person.queries.ts';
import { namedTeam, teamCalled } from './named-team.queries.ts';
import type { Participants } from './participants.service.ts';

const AS_OBSERVER = /\s*\bobserver$/i;
const A_TEAM = /^team\s+/i;

export function participantVerbs(participants: Participants): Verb[] {
  return [
    {
      name: 'join',
      usage: 'join <nothing, or observer>',
      help: 'takes part, to act or to watch.',
      inRoom: true,
      late: 'tell',
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
      late: 'tell',
      run: async (call) => reply(await participants.remove(call.tx, requestOf(call), call.by.person), 'You take no part any more.'),
    },
    {
      name: 'add',
      usage: 'add <a name or a team, and observer where they only watch>',
      help: 'lets somebody in, or everybody who is in a team now.',
      inRoom: true,
      ofSomebody: 'who-can',
      form: (text) => (text === '' ? addForm : null),
      async run(call) {
        const text = call.text || fromForm(call.values);
        // Somebody may be called so.
        const observer = !pickedAs(call, text) && AS_OBSERVER.test(text);
        const { team, person } = await named(call, observer ? text.replace(AS_OBSERVER, '') : text);
        if (team)
          return reply(await participants.addTeam(call.tx, requestOf(call), team, observer), `Everybody in ${team.name} takes part now.`);
        return reply(await participants.add(call.tx, requestOf(call), person, observer), `${person.name} takes part now.`);
      },
    },
    {
      name: 'remove',
      usage: 'remove <a name>',
      help: 'sends somebody out; of a private incident they see nothing any more.',
      inRoom: true,
      ofSomebody: 'anybody',
      async run(call) {
        const person = await personNamed(call, call.text);
        return reply(await participants.remove(call.tx, requestOf(call), person), `${person.name} takes no part any more.`);
      },
    },
  ];
}

const OBSERVER = 'observer';

const addForm: Form = {
  id: 'add',
  title: 'Let somebody in',
  submit: 'Let in',
  fields: [
    { id: 'person', label: 'Who?', required: true, t: 'person' },
    {
      id: 'as',
      label: 'To do what?',
      t: 'choice',
      value: ['responder'],
      options: [
        { value: 'responder', label: 'To act' },
        { value: OBSERVER, label: 'To watch' },
      ],
    },
  ],
};

/** The same words as in one line. */
function fromForm({ person, as }: Call['values']): string {
  const who = person?.[0]?.trim() ?? '';
  if (who === '') throw new FormInvalid({ person: 'Say who is to take part.' });
  return as?.[0] === OBSERVER ? `${who} ${OBSERVER}` : who;
}

type Named = { readonly team: TeamToCall; readonly person?: never } | { readonly team?: never; readonly person: ActorFact };

/** Somebody, or a team. "team" in front says which, where both have the name. @throws PersonUnknown, PersonAmbiguous, TeamUnknown, TeamOrPerson */
async function named(call: Call, given: string): Promise<Named> {
  const { tx } = call;
  const { id } = requestOf(call);
  if (pickedAs(call, given)) return { person: await personNamed(call, given) };
  if (A_TEAM.test(given)) return { team: await namedTeam(tx, id, given.replace(A_TEAM, '')) };
  const team = await teamCalled(tx, id, given);
  if (!team) return { person: await personNamed(call, given) };
  const person = await personNamed(call, given).catch((error: unknown) => {
    if (error instanceof PersonUnknown) return null;
    throw error;
  });
  if (person) throw new TeamOrPerson(given, person.id);
  return { team };
}
