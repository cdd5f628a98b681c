import type { MessageRef, RoomRef, UserRef } from './names.ts';
import type { Feature } from './capabilities.ts';

// Outbound: one attempt, three honest outcomes. A throw counts as 'unknown', so an author's bug never causes a blind resend.
export type Attempt<T> =
  | { outcome: 'done'; value: T; settled: boolean /* false: accepted, still under way on their side */ }
  | { outcome: 'refused'; fault: Fault }
  | { outcome: 'unknown'; fault: Fault };
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
  retryAfterMs?: number;
  remedy?: 'reauthorize' | 'reinstall' | 'invite-bot' | 'shorten' | 'wait' | 'ask-admin';
  detail?: string;
  native?: string;
}
export interface Receipt {
  message: MessageRef;
  at: number;
  permalink?: string;
}
export interface Part {
  body: unknown;
  chars: number;
  bytes: number;
} // the platform's own JSON, stored before the first attempt
export interface Rendering {
  parts: Part[];
  losses: { feature: Feature | 'text'; note: string }[];
}
export interface Send {
  key: string;
  room: RoomRef;
  thread?: string;
  part: Part;
  onlyFor?: UserRef;
}

/** It happened. `settled: false` means the platform accepted it and is still working on it. */
export const done = <T>(value: T, settled = true): Attempt<T> => ({ outcome: 'done', value, settled });

/** It did not happen, and the platform (or the network, before a byte was sent) said so. Trying again is safe. */
export const refused = (fault: Fault): Attempt<never> => ({ outcome: 'refused', fault });

/** Nobody knows whether it happened. Trying again without looking may say it twice. */
export const unknown = (fault: Fault): Attempt<never> => ({ outcome: 'unknown', fault });
