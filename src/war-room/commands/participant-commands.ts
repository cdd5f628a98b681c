import { namedPerson } from '#src/incidents/named-person.queries';
import { namedTeam } from '#src/incidents/named-team.queries';
import type { Participants } from '#src/incidents/participants.service';
import { type Handlers, seqOf } from './handlers.ts';

/** Who takes part. */
export const participantCommands = (participants: Participants): Handlers<'join' | 'leave' | 'add' | 'add-team' | 'remove'> => ({
  join: (tx, request, { observer = false }) => seqOf(participants.add(tx, request, request.by.person, observer)),
  leave: (tx, request) => seqOf(participants.remove(tx, request, request.by.person)),
  add: async (tx, request, { person, observer = false }) =>
    seqOf(participants.add(tx, request, await namedPerson(tx, request.id, person, request.by.person), observer)),
  'add-team': async (tx, request, { team, observer = false }) =>
    seqOf(participants.addTeam(tx, request, await namedTeam(tx, request.id, team), observer)),
  remove: async (tx, request, { person }) =>
    seqOf(participants.remove(tx, request, await namedPerson(tx, request.id, person, request.by.person))),
});
