import type { Tx } from '#src/platform/database/database';
import type { LoggedEvent } from '#src/platform/log/event.types';

/** An effect reaches the world outside and starts at the end of every stream; a projection starts at the beginning. */
export type FollowerKind = 'effect' | 'projection';

export interface Follower {
  /** Kept in the database: renaming it makes it a new one. */
  readonly name: string;
  readonly kind: FollowerKind;
  /**
   * Acts on one event, in the transaction that moves the cursor: both happen or neither does. May be called again for
   * the same event after a failure. No network.
   */
  handle(tx: Tx, event: LoggedEvent): Promise<void>;
}
