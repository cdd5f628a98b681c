import type { Role } from '#src/platform/config/config.schema';

/** What a child says to the supervisor. */
export type FromChild =
  /** It serves its roles now. Said once after each start. */
  | { readonly type: 'ready'; readonly roles: readonly Role[] }
  /** Somebody needs a role that is not running, such as `practice`. Asking again is harmless. */
  | { readonly type: 'want'; readonly role: Role }
  /** The answer to `links?`: full addresses. The sign-in link works once. */
  | { readonly type: 'links'; readonly signIn: string; readonly practice: string };

/** What the supervisor says to a child. A child also stops when the channel closes: then the supervisor is gone. */
export type ToChild =
  | { readonly type: 'links?' }
  | { readonly type: 'stop' }
  /** To one that stands by: the process it stands by for is gone, it is its turn. */
  | { readonly type: 'turn' };

/** The argument of a child that loads everything and then waits for its turn. */
export const STANDBY = 'standby';
