import type { Feature } from './capabilities.ts';
import type { MessageRef, RoomRef, UserRef } from './names.ts';

/**
 * How one attempt ended. Three outcomes, because the difference between *refused* and *unknown* is the difference
 * between sending again and saying it twice. The core counts a throw as `unknown`.
 */
export type Attempt<T> =
  /** It happened. `settled: false`: accepted, and the platform is still at work on it. */
  | { outcome: 'done'; value: T; settled: boolean }
  /** It did not happen. */
  | { outcome: 'refused'; fault: Fault }
  /** Nobody knows whether it happened, or whether it still will. */
  | { outcome: 'unknown'; fault: Fault };

/** Why not, in words to act on (CP11): `scope` says what to stop, `code` whether waiting helps, `remedy` what a person can do. */
export interface Fault {
  code:
    | 'auth'
    | 'forbidden'
    | 'not-found'
    | 'closed'
    | 'conflict'
    | 'too-large'
    | 'invalid'
    | 'unsupported'
    | 'rate-limited'
    | 'unavailable'
    | 'timeout'
    | 'protocol';
  scope: 'message' | 'room' | 'tenant' | 'adapter';
  /** As the platform said it; absent when it did not. */
  retryAfterMs?: number;
  remedy?: 'reauthorize' | 'reinstall' | 'invite-bot' | 'shorten' | 'wait' | 'ask-admin';
  /** For an operator to read. No secrets, no words of messages. */
  detail?: string;
  /** The platform's own code. */
  native?: string;
}

export interface Receipt {
  message: MessageRef;
  /** When the platform says that the message was sent; of an edit, still when it was first sent. */
  at: number;
  permalink?: string;
}

/** One message of the platform, rendered. The core stores it before the first attempt, so that a repeat sends the same bytes. */
export interface Part {
  /** The platform's own JSON: survives being stored and read back. */
  body: unknown;
  /** UTF-16 code units of text that a person will see. */
  chars: number;
  bytes: number;
}

export interface Rendering {
  /** In the order in which they are to be sent; at least one. */
  parts: Part[];
  losses: { feature: Feature | 'text'; note: string }[];
}

/** One part on its way to one room. */
export interface Send {
  /**
   * Ours, the same for every attempt at this part: at most 64 characters, `a`–`z`, `0`–`9`, `.`, `:` and `-`. The message carries it
   * where the platform allows (CP3, CP7).
   */
  key: string;
  room: RoomRef;
  /** The id of the thread's first message. */
  thread?: string;
  part: Part;
  /** Shown to this person alone. */
  onlyFor?: UserRef;
}

/** It happened. `settled: false` means the platform accepted it and is still working on it. */
export const done = <T>(value: T, settled = true): Attempt<T> => ({ outcome: 'done', value, settled });

/** It did not happen, and the platform (or the network, before a byte was sent) said so. Trying again is safe. */
export const refused = (fault: Fault): Attempt<never> => ({ outcome: 'refused', fault });

/** Nobody knows whether it happened. Trying again without looking may say it twice. */
export const unknown = (fault: Fault): Attempt<never> => ({ outcome: 'unknown', fault });
