import type { CommandDone, RoomCommand } from '#libs/war-room-protocol/commands';
import { mustStillSee } from '#src/incidents/visibility.queries';
import { type Database } from '#src/platform/database/database';
import { constraintOf } from '#src/platform/database/database-errors';
import type { Actor } from '#src/people/people.types';
import type { Messages } from '#src/rooms/messages.service';
import type { Handled, Handler, Handlers } from './handlers.ts';

/**
 * What a person does in a room by page or API. The command's id is its event's id: sent again after a lost answer, it
 * finds what it did and answers the same.
 */
export class RoomCommands {
  constructor(
    private readonly database: Database,
    private readonly messages: Messages,
    private readonly handlers: Handlers,
  ) {}

  async run(incidentId: string, command: RoomCommand, by: Actor): Promise<CommandDone> {
    if (command.type === 'message') {
      const { text, replyTo } = command.body;
      return { seq: await this.messages.post({ incidentId, id: command.id, text, by, ...(replyTo ? { replyTo } : {}) }) };
    }
    const once = (): Promise<CommandDone> => this.change(incidentId, command, by);
    try {
      return await once();
    } catch (error) {
      // A message took the id at the same moment; the second time it is found before anything is changed.
      if (constraintOf(error) !== 'event_once') throw error;
      return once();
    }
  }

  private change(id: string, { id: requestId, type, body }: Handled, by: Actor): Promise<CommandDone> {
    // The table's type pairs each body with its handler; TypeScript cannot follow that through a variable.
    const handle = this.handlers[type] as Handler<typeof type>;
    return this.database.transaction(async (tx) => {
      await mustStillSee(tx, id, by);
      return handle(tx, { id, by, requestId }, body as never);
    });
  }
}
