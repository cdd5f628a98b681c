import type { RoomCommand } from '#libs/war-room-protocol/commands';
import type { Changed } from '#src/incidents/incidents.service';
import type { Participants } from '#src/incidents/participants.service';
import { namedPerson } from '#src/incidents/named-person.queries';
import { namedTeam } from '#src/incidents/named-team.queries';
import type { Tx } from '#src/platform/database/database';

export type OnParticipants = Extract<RoomCommand, { type: 'join' | 'leave' | 'add' | 'add-team' | 'remove' }>;
type Request = Parameters<Participants['remove']>[1];

/** Who takes part. */
export class ParticipantCommands {
  constructor(private readonly participants: Participants) {}

  async run(tx: Tx, request: Request, command: OnParticipants): Promise<Changed> {
    const me = request.by.person;
    switch (command.type) {
      case 'join':
        return this.participants.add(tx, request, me, command.body.observer ?? false);
      case 'leave':
        return this.participants.remove(tx, request, me);
      case 'add':
        return this.participants.add(
          tx,
          request,
          await namedPerson(tx, request.id, command.body.person, me),
          command.body.observer ?? false,
        );
      case 'add-team':
        return this.participants.addTeam(tx, request, await namedTeam(tx, request.id, command.body.team), command.body.observer ?? false);
      case 'remove':
        return this.participants.remove(tx, request, await namedPerson(tx, request.id, command.body.person, me));
    }
  }
}
