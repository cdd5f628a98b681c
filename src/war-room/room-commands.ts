import { toText } from '#libs/rich-text/to-text';
import type { CommandDone, RoomCommand } from '#libs/war-room-protocol/commands';
import { LEAD } from '#libs/war-room-protocol/roles';
import type { Conversation } from '#src/conversation/conversation.service';
import type { Triage } from '#src/incidents/triage.service';
import { type Visibility, mustStillSee, viewerOf } from '#src/incidents/visibility.queries';
import type { Privacy } from '#src/incidents/privacy.service';
import type { Changed, Incidents, Request } from '#src/incidents/incidents.service';
import { namedPerson } from '#src/incidents/named-person.queries';
import { constraintOf, type Database, type Tx } from '#src/platform/database/database';
import type { RoleHolders } from '#src/incidents/roles/role-holders.service';
import type { Actor } from '#src/people/people.types';
import type { Messages } from '#src/rooms/messages.service';
import type { ParticipantCommands } from './participant-commands.ts';
import type { MessageCommands } from './message-commands.ts';
import type { UpdateCommands } from './update-commands.ts';

/**
 * What a person does in a room by page or API. The command's id is its event's id: sent again after a lost answer, it
 * finds what it did and answers the same.
 */
export class RoomCommands {
  constructor(
    private readonly database: Database,
    private readonly incidents: Incidents,
    private readonly triage: Triage,
    private readonly privacy: Privacy,
    private readonly roles: RoleHolders,
    private readonly visibility: Visibility,
    private readonly messages: Messages,
    private readonly conversation: Conversation,
    private readonly onParticipants: ParticipantCommands,
    private readonly onMessages: MessageCommands,
    private readonly onUpdates: UpdateCommands,
  ) {}

  async run(incidentId: string, command: RoomCommand, by: Actor): Promise<CommandDone> {
    if (command.type === 'message') {
      const { text, replyTo } = command.body;
      return { seq: await this.messages.post({ incidentId, id: command.id, text, by, ...(replyTo ? { replyTo } : {}) }) };
    }
    const once = (): Promise<CommandDone> => this.database.transaction((tx) => this.change(tx, incidentId, command, by));
    try {
      return await once();
    } catch (error) {
      // A message took the id at the same moment; the second time it is found before anything is changed.
      if (constraintOf(error) !== 'event_once') throw error;
      return once();
    }
  }

  private async change(tx: Tx, id: string, command: Exclude<RoomCommand, { type: 'message' }>, by: Actor): Promise<CommandDone> {
    await mustStillSee(tx, id, by);
    const request = { id, by, requestId: command.id };
    switch (command.type) {
      case 'command': {
        const { say, seq } = await this.conversation.say(tx, command.body.text.replace(/^\/+/, ''), by, id, command.id);
        return { seq, say: toText(say) };
      }
      case 'severity':
        return seqOf(await this.incidents.changeSeverity(tx, id, command.body.to, by, command.id, command.body.reason));
      case 'status':
        return seqOf(await this.incidents.changeStatus(tx, id, command.body.to, by, command.id));
      case 'lead':
        return this.giveRole(tx, request, LEAD, command.body.to);
      case 'role':
        return this.giveRole(tx, request, command.body.role, command.body.to);
      case 'resolve':
        return seqOf(await this.incidents.resolve(tx, id, command.body.learned, by, command.id));
      case 'reopen':
        return seqOf(await this.incidents.reopen(tx, request));
      case 'rename':
        return seqOf(await this.incidents.rename(tx, request, command.body.title));
      case 'summary':
        return seqOf(await this.incidents.summarise(tx, request, command.body.summary));
      case 'kind':
        return seqOf(await this.incidents.changeKind(tx, request, command.body.to));
      case 'accept':
        return seqOf(await this.triage.accept(tx, request));
      case 'decline':
        return seqOf(await this.triage.decline(tx, request, command.body.reason));
      case 'merge': {
        const into = await this.visibility.named(tx, command.body.into, await viewerOf(tx, by.person.id));
        return seqOf(await this.triage.merge(tx, request, into));
      }
      case 'privacy':
        return seqOf(await this.privacy.set(tx, request, command.body.private));
      case 'join':
      case 'leave':
      case 'add':
      case 'add-team':
      case 'remove':
        return seqOf(await this.onParticipants.run(tx, request, command));
      case 'update':
      case 'snooze':
      case 'skip':
        return { seq: await this.onUpdates.run(tx, request, command) };
      default:
        return { seq: await this.onMessages.run(tx, { incidentId: id, requestId: command.id, by }, command) };
    }
  }

  /** Whoever takes a role is told what it asks of them. */
  private async giveRole(tx: Tx, request: Request, role: string, to: string | null): Promise<CommandDone> {
    const me = request.by.person;
    const whom = to === null ? null : await namedPerson(tx, request.id, to, me);
    const { seq, say } = await this.roles.change(tx, request, role, whom);
    return seq !== null && whom?.id === me.id ? { seq, say } : { seq };
  }
}

const seqOf = ({ seq }: Changed): CommandDone => ({ seq });
