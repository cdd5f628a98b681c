export type SurfaceState = 'ok' | 'suspect' | 'down' | 'recovering';

/** A look that was sent and whose echo is awaited. */
export interface Look {
  readonly nonce: string;
  readonly sentAt: number;
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
  /** The last miss. */
  readonly missedAt: number | null;
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
  /** Why no look can be sent although the chat answers. */
  readonly blind: string | null;
  /** When somebody last watched, and who. */
  readonly watchedAt: number;
  readonly owner: string;
}

/** How sending a look ended. Whether it arrived is only told by its echo. Prepared: there is a room for looks now, and no look yet. */
export type Sent =
  | { readonly t: 'sent' | 'unsure' | 'prepared' }
  | { readonly t: 'limited'; readonly retryAfterMs: number }
  | { readonly t: 'impossible'; readonly why: string };

export interface Call {
  readonly at: number;
  readonly good: boolean;
}

/** What is known now. */
export interface Observation {
  /** Who watches. */
  readonly owner: string;
  /** False where our own posts do not come back as events: then only calls are judged. */
  readonly echoes: boolean;
  /** When the echo of the look under way was admitted. */
  readonly heardAt: number | null;
  readonly sent: Sent | null;
  /** Real calls of the last minute, oldest first. */
  readonly calls: readonly Call[];
  /** Gaps of this chat that are not closed yet. */
  readonly unclosed: number;
  /** A person's word, given just now. */
  readonly said: 'down' | 'back' | null;
  /** The mark of the next look, should there be one. */
  readonly nonce: string;
}

export interface Transition {
  readonly from: SurfaceState;
  readonly to: SurfaceState;
  readonly why: string;
}

export interface Decision {
  readonly state: Standing;
  readonly transition?: Transition;
  /** The look has been written down as under way; whoever decided sends it after that is durable. */
  readonly canary?: 'send';
}
