import * as z from 'zod/mini';
import type { CommandDone, RoomCommand } from '#libs/war-room-protocol/commands';
import type { Outgoing } from './outgoing.ts';

/** What one page of this browser tells the others. */
export type News =
  | { readonly kind: 'changed' }
  /** The server has it. */
  | { readonly kind: 'done'; readonly command: RoomCommand; readonly done: CommandDone };

/** One person's unsent entries of one room, on this device: those of all its pages. */
export interface KeptEntries {
  /** Oldest first. Null where the device cannot tell: then what this page knows is all there is. */
  read(): Promise<readonly Outgoing[] | null>;
  /** Rejects where the device does not take it. */
  write(entry: Outgoing): Promise<void>;
  drop(ids: readonly string[]): Promise<void>;
  /** While no other page sends to this room, if that can be had. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** The other pages in this room. */
  tell(news: News): void;
  /** Until what comes back is called. */
  hear(listener: (news: News) => void): () => void;
}

/** Written by this page itself; what the server no longer takes, it refuses with a reason. */
const roomCommand = z.custom<RoomCommand>(
  (kept) => z.object({ id: z.string(), type: z.string(), body: z.looseObject({}) }).safeParse(kept).success,
);

const keptEntry = z.discriminatedUnion('state', [
  z.object({ command: roomCommand, writtenAt: z.string(), state: z.literal('waiting') }),
  z.object({ command: roomCommand, writtenAt: z.string(), state: z.literal('failed'), why: z.string(), after: z._default(z.number(), 0) }),
]);

/** Those that can be read, oldest first: their ids grow with time. */
export function entriesFrom(kept: readonly unknown[]): readonly Outgoing[] {
  return kept
    .map((one) => keptEntry.safeParse(one))
    .flatMap((one) => (one.success ? [one.data] : []))
    .sort(oldestFirst);
}

export const oldestFirst = (a: Outgoing, b: Outgoing): number => (a.command.id < b.command.id ? -1 : 1);
