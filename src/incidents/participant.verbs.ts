import type { Call, Verb } from '#src/conversation/conversation.types';
import type { ActorFact } from '#src/platform/log/event.types';
import type { TeamToCall } from '#src/teams/teams.types';
import { PersonUnknown, TeamOrPerson } from './incidents.errors.ts';
import { reply, requestOf } from './incidents.verbs.ts';
import { namedPerson } from './named-person.queries.ts';
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
      usage: 'add <a name or a team, and observer where they only watch>',
      help: 'lets somebody in, or everybody who is in a team now.',
      inRoom: true,
      async run(call) {
        const observer = AS_OBSERVER.test(call.text);
        const { team, person } = await named(call, call.text.replace(AS_OBSERVER, ''));
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
      async run(call) {
        const person = await namedPerson(call.tx, requestOf(call).id, call.text, call.by.person);
        return reply(await participants.remove(call.tx, requestOf(call), person), `${person.name} takes no part any more.`);
      },
    },
  ];
}

type Named = { readonly team: TeamToCall; readonly person?: never } | { readonly team?: never; readonly person: ActorFact };

/** Somebody, or a team. "team" in front says which, where both have the name. @throws PersonUnknown, PersonAmbiguous, TeamUnknown, TeamOrPerson */
async function named({ tx, by, ...call }: Call, given: string): Promise<Named> {
  const { id } = requestOf({ tx, by, ...call });
  if (A_TEAM.test(given)) return { team: await namedTeam(tx, id, given.replace(A_TEAM, '')) };
  const team = await teamCalled(tx, id, given);
  if (!team) return { person: await namedPerson(tx, id, given, by.person) };
  const person = await namedPerson(tx, id, given, by.person).catch((error: unknown) => {
    if (error instanceof PersonUnknown) return null;
    throw error;
  });
  if (person) throw new TeamOrPerson(given, person.id);
  return { team };
}
