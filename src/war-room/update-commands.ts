import type { RoomCommand } from '#libs/war-room-protocol/commands';
import type { Request } from '#src/incidents/incidents.service';
import type { Tx } from '#src/platform/database/database';
import type { Nudges } from '#src/updates/nudges.service';
import type { Updates } from '#src/updates/updates.service';

export type OnUpdates = Extract<RoomCommand, { type: 'update' | 'snooze' | 'skip' }>;

/** Where it stands, told by somebody, and what Muster asks for, answered. */
export class UpdateCommands {
  constructor(
    private readonly updates: Updates,
    private readonly nudges: Nudges,
  ) {}

  async run(tx: Tx, request: Request, command: OnUpdates): Promise<number | null> {
    switch (command.type) {
      case 'update':
        return this.updates.share(tx, request, command.body);
      case 'snooze':
        return (await this.nudges.snooze(tx, request, command.body.nudgeId, command.body.minutes)).seq;
      case 'skip':
        return (await this.nudges.skip(tx, request, command.body.nudgeId)).seq;
    }
  }
}
