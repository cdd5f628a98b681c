import type { CommandDone, RoomCommand } from '#libs/war-room-protocol/commands';
import type { Changed, Request } from '#src/incidents/incidents.service';
import type { Tx } from '#src/platform/database/database';

/** A message is what a room is for: it takes a shorter way (`room-commands.ts`). */
export type Handled = Exclude<RoomCommand, { type: 'message' }>;

/** What a command does, in a transaction, once it is known that whoever asks sees the incident. */
export type Handler<Type extends Handled['type']> = (
  tx: Tx,
  request: Request,
  body: Extract<Handled, { type: Type }>['body'],
) => Promise<CommandDone>;

/** One for each type: a command without one does not compile. */
export type Handlers<Type extends Handled['type'] = Handled['type']> = { readonly [T in Type]: Handler<T> };

export const seqOf = async (change: Promise<Changed>): Promise<CommandDone> => ({ seq: (await change).seq });
