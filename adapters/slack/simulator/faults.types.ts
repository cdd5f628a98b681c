/**
 * Where a fault strikes. Nothing said: every Web API call.
 * `on` takes method names and patterns (`chat.postMessage`, `chat.*`, `!auth.test` to leave one out) and the families `writes`, `reads` and `login`.
 */
export interface FaultTarget {
  readonly on?: string | readonly string[];
  /** A channel's id or name, `*` allowed. Calls that name no channel are then not struck. */
  readonly channel?: string;
  /** How often it strikes before it is used up. Absent: until cleared. */
  readonly times?: number;
  /** The share of matching calls struck, 0 to 1, drawn from the simulator's seed. Absent: all. */
  readonly chance?: number;
}

/** One Web API call goes wrong. `applied` says whether Slack did what was asked before it went wrong. */
export type CallFault = FaultTarget &
  (
    | { readonly kind: 'status'; readonly status: 500 | 501 | 502 | 503 | 504; readonly applied?: boolean }
    /** Accepted, and never answered. */
    | { readonly kind: 'silence'; readonly applied?: boolean }
    /** Never answered, and applied only `byMs` later, when the caller has long given up. */
    | { readonly kind: 'applied-late'; readonly byMs: number }
    /** Answered rightly, only later. */
    | { readonly kind: 'slow'; readonly byMs: number }
    /** The connection is cut: before anything was done, or after it was done (some bytes of an answer may have left). */
    | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
    /** 429. `retryAfter` in seconds; null leaves the header out. Default 1. */
    | { readonly kind: 'rate-limited'; readonly retryAfter?: number | null }
    /** HTTP 200 with `ok: false`. */
    | { readonly kind: 'error'; readonly error: string; readonly applied?: boolean }
    /** HTTP 200 with a body that is no Slack answer. */
    | { readonly kind: 'garbage'; readonly body?: string; readonly applied?: boolean }
    /** 302 to another address. */
    | { readonly kind: 'redirect'; readonly to: string }
    /** `ok: true`, and nobody ever sees the message: not people, not the history, no event. */
    | { readonly kind: 'vanish' }
    | { readonly kind: 'token-revoked'; readonly error?: 'token_revoked' | 'token_expired' | 'account_inactive' | 'invalid_auth' }
  );

/** What Slack sends to the app goes wrong. */
export type DeliveryFault =
  /** Events, commands and interactions do not reach the app, and are never sent later. People go on writing. */
  | { readonly kind: 'events-silent' }
  /** More happens than Slack tells one app in an hour: the rest is dropped, and once a minute the app is told so. */
  | { readonly kind: 'events-limited' }
  | { readonly kind: 'events-late'; readonly byMs: number; readonly times?: number }
  /** Holds events back until `size` are there, then sends them in reverse. What is held when the fault is cleared is sent then. */
  | { readonly kind: 'events-out-of-order'; readonly size: number }
  /** Every event `copies` times, the same event_id. */
  | { readonly kind: 'events-repeated'; readonly copies: number; readonly times?: number }
  /** Every event twice, with different event ids. */
  | { readonly kind: 'events-twinned'; readonly times?: number };

export type SocketFault =
  /** Once, at once: every open socket gets `warning`, then `refresh_requested`, then is closed. */
  | { readonly kind: 'sockets-recycled' }
  /** Once, at once: sockets die without a goodbye. */
  | { readonly kind: 'sockets-cut' }
  /** Once, at once: the oldest open socket goes on answering pings, and brings and takes nothing any more, for as long as it lives. */
  | { readonly kind: 'socket-half-dead' }
  /** Sockets stay open, but answer no ping, send none, and carry nothing. */
  | { readonly kind: 'pong-lost' };

export type OutageFault =
  /** The listener is shut: a connection is refused by the machine itself. The page is away too, until cleared. */
  | { readonly kind: 'refused' }
  /** A total outage: the Web API fails and events are silent. `people: 'stuck'` also keeps people from writing. */
  | { readonly kind: 'all'; readonly api?: 'status' | 'refused' | 'silence'; readonly people?: 'stuck' };

export type Fault = CallFault | DeliveryFault | SocketFault | OutageFault;
