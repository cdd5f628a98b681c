import * as z from 'zod/mini';
import type { RoomCommand } from '#libs/war-room-protocol/commands';
import type { Shelf } from './shelf.ts';
import type { Outgoing } from './outgoing.ts';

/** Written by this page itself; what the server no longer takes, it refuses with a reason. */
const roomCommand = z.custom<RoomCommand>(
  (kept) => z.object({ id: z.string(), type: z.string(), body: z.looseObject({}) }).safeParse(kept).success,
);

const keptEntry = z.discriminatedUnion('state', [
  z.object({ command: roomCommand, writtenAt: z.string(), state: z.literal('waiting') }),
  z.object({ command: roomCommand, writtenAt: z.string(), state: z.literal('failed'), why: z.string(), after: z._default(z.number(), 0) }),
]);

/**
 * One person's unsent entries of one room, on this device. Each has a place of its own, so that two tabs never overwrite
 * each other's; their ids grow with time, so reading them back keeps the order.
 */
export class KeptEntries {
  readonly #shelf: Shelf;
  readonly #prefix: string;

  constructor(shelf: Shelf, personId: string, incidentId: string) {
    this.#shelf = shelf;
    this.#prefix = `muster.outgoing.${personId}.${incidentId}.`;
  }

  read(): readonly Outgoing[] {
    return this.#shelf
      .names(this.#prefix)
      .map((name) => keptEntry.safeParse(this.#shelf.read(name)))
      .flatMap((kept) => (kept.success ? [kept.data] : []))
      .sort((a, b) => (a.command.id < b.command.id ? -1 : 1));
  }

  write(entry: Outgoing): void {
    this.#shelf.write(this.#prefix + entry.command.id, entry);
  }

  drop(id: string): void {
    this.#shelf.drop(this.#prefix + id);
  }
}
