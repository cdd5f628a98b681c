import type { Proof } from './look-proof.ts';
import type { ActorFact } from '#src/platform/log/event.types';

export type SurfaceState = 'ok' | 'suspect' | 'down' | 'recovering';
/** What a person says of a chat. */
export type Word = 'down' | 'back';

/** A look that was sent and whose echo is awaited. */
export interface Look {
  readonly nonce: string;
  readonly sentAt: number;
}

/** Half of what a chat does for us: it takes what is said here, and tells what is said there. */
export type Half = 'send' | 'events';

/** A message that is posted and taken away again, seldom: where changes of one work, new ones may be lost. */
export interface SecondLook {
  readonly look: Look | null;
  readonly nextAt: number;
  /** Misses in a row. */
  readonly strikes: number;
}

/** What the detector holds of one chat in one tenant. All times are the database's clock, in milliseconds. */
export interface Standing {
  readonly state: SurfaceState;
  readonly since: number;
  /** Up to here everything is known to have arrived: the last good look before any trouble. */
  readonly goodAt: number;
  /** The last good look; null before the first. */
  readonly provenAt: number | null;
  readonly look: Look | null;
  readonly nextAt: number;
  /** Misses in a row. */
  readonly strikes: number;
  /** When looks were missed lately, oldest first; absent before the first. */
  readonly misses?: readonly number[];
  /** Good looks in a row in this state. */
  readonly goods: number;
  /** Good looks that lead out of `down`: one, and one more each time the chat fell again before it was well. */
  readonly needs: number;
  /** When it went down, until the word "ok". */
  readonly fellAt: number | null;
  /** Calls and misses before this belong to an outage that is over. */
  readonly clearedAt: number;
  /** Until then a person's "it is down" stands. */
  readonly wordUntil: number | null;
  /** Of the misses in a row, how many were sent all the same: the chat answered the call. */
  readonly answered?: number;
  /** Absent before the first time it was watched. */
  readonly second?: SecondLook;
  /** What is in trouble, where the other half is known to work. */
  readonly half?: Half | null;
  /** Muster reaches nothing outside at all. */
  readonly cutOff?: boolean;
  /** It went down while that was so: whether it is the chat's own fault nobody knows, and nobody was told. */
  readonly untold?: boolean;
  /** By whose word it is in this state; absent where nobody's is needed to know it. */
  readonly saidBy?: ActorFact | null;
  /** What the last good look proved, where that is less than that events arrive; absent before the first such look. */
  readonly proof?: Proof;
  /** Why no look can be sent although the chat answers. */
  readonly blind: string | null;
  /** When somebody last watched, and who. */
  readonly watchedAt: number;
  readonly owner: string;
}

/** What people said in a chat and no event brought, although its history shows it. */
export interface Overheard {
  readonly count: number;
  /** The first of it was said after this. */
  readonly from: number;
}

/**
 * How sending a look ended. Whether it arrived is only told by its echo; `proven` where there are no echoes, and it was found out otherwise. Prepared: there is
 * a room for looks now, and no look yet.
 */
export type Sent =
  | { readonly t: 'sent' | 'unsure' | 'prepared' }
  | { readonly t: 'proven'; readonly by: Proof; readonly unheard?: Overheard | null }
  | { readonly t: 'limited'; readonly retryAfterMs: number }
  | { readonly t: 'impossible'; readonly why: string };

export interface Call {
  readonly at: number;
  readonly good: boolean;
}

/** What is known of a look under way. */
export interface Looked {
  /** When its echo was admitted. */
  readonly heardAt: number | null;
  readonly sent: Sent | null;
}

/** What is known now. */
export interface Observation {
  /** Who watches. */
  readonly owner: string;
  /** False where no look can be made: then only calls are judged. */
  readonly looks: boolean;
  /** When the echo of the look under way was admitted. */
  readonly heardAt: number | null;
  readonly sent: Sent | null;
  /** Of the second look; null where none can be made. */
  readonly second: (Looked & { readonly nonce: string }) | null;
  /** Whether Muster reaches nothing outside at all. */
  readonly cutOff: boolean;
  /** What was said there and not told to us, found with the look that was just made; absent where nobody looks for it. */
  readonly unheard?: Overheard | null;
  /** When anybody else was last heard there. */
  readonly othersAt: number | null;
  /** Real calls of the last minute, oldest first. */
  readonly calls: readonly Call[];
  /** Gaps of this chat that are not closed yet. */
  readonly unclosed: number;
  /** A person's word, given just now. */
  readonly said: { readonly word: Word; readonly by: ActorFact } | null;
  /** The mark of the next look, should there be one. */
  readonly nonce: string;
}

export interface Transition {
  readonly from: SurfaceState;
  readonly to: SurfaceState;
  readonly why: string;
  /** Whose word it came of. */
  readonly saidBy?: ActorFact;
}

export interface Decision {
  readonly state: Standing;
  readonly transition?: Transition;
  /** The look has been written down as under way; whoever decided sends it after that is durable. */
  readonly canary?: 'send';
  /** The same of the second look. */
  readonly post?: 'send';
}
