import type { RoomCommand } from '#libs/war-room-protocol/commands';
import type { Tx } from '#src/platform/database/database';
import type { Ask, Edits } from '#src/rooms/edits.service';
import type { Marks } from '#src/rooms/marks.service';
import type { Timeline } from '#src/timeline/timeline.service';

export type OnMessages = Extract<RoomCommand, { type: 'edit' | 'delete' | 'react' | 'pin' | 'entry' | 'edit-entry' | 'hide' }>;

/** What a person does with what was said, and with the timeline that is made of it. */
export class MessageCommands {
  constructor(
    private readonly edits: Edits,
    private readonly marks: Marks,
    private readonly timeline: Timeline,
  ) {}

  run(tx: Tx, ask: Ask, command: OnMessages): Promise<number | null> {
    switch (command.type) {
      case 'edit':
        return this.edits.edit(tx, ask, command.body.messageId, command.body.text);
      case 'delete':
        return this.edits.delete(tx, ask, command.body.messageId);
      case 'react':
        return this.marks.react(tx, ask, command.body.messageId, command.body.emoji, command.body.on);
      case 'pin':
        return this.marks.pin(tx, ask, command.body.messageId, command.body.on);
      case 'entry':
        return this.timeline.add(tx, ask, command.body.text, new Date(command.body.at));
      case 'edit-entry':
        return this.timeline.edit(tx, ask, command.body.entryId, command.body.text, new Date(command.body.at));
      case 'hide':
        return this.timeline.hide(tx, ask, command.body.itemId, command.body.on);
    }
  }
}
