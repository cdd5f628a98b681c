import type { MessageRef } from '@musterhq/chat-port';

/** A part of a delivery that was said, or may have been, and is still to be looked for. */
export interface Unswept {
  readonly deliveryId: string;
  readonly part: number;
  readonly thread: string | null;
  /** Nobody knows whether the chat has it. Otherwise it said so. */
  readonly isDoubtful: boolean;
  /** The chat's own time of it. */
  readonly at: Date;
  readonly saidAt: Date;
  /** The chat has shown it to us. */
  readonly seen: boolean;
  /** How often it was looked for and found. */
  readonly looks: number;
  /** A person has to decide about what else its delivery says: what was lost of it is said again after that. */
  readonly isLeft: boolean;
}

/** A chat's room in which something is to be looked for. */
export interface RoomToSweep {
  readonly mirrorId: string;
  readonly tenant: string;
  readonly room: string;
}

/** What came of looking, for everything that was due in one room. */
export interface Swept {
  /** Nothing more is to be looked for. */
  readonly over: readonly Unswept[];
  /** `found`: it is there, and was counted. */
  readonly again: readonly { readonly one: Unswept; readonly at: Date; readonly looks: number; readonly found: boolean }[];
  readonly lost: readonly Unswept[];
  /** What was in doubt and is there. */
  readonly there: readonly { readonly one: Unswept; readonly message: MessageRef }[];
  /** What stood there besides and is gone, and what it stood beside, by the chat's names. */
  readonly removed: readonly { readonly id: string; readonly kept: string }[];
}
