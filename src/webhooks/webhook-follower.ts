import type { Tx } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Follower } from '#src/platform/followers/follower.types';
import type { LoggedEvent } from '#src/platform/log/event.types';
import { widen } from './lanes.ts';

/** Notes for each webhook how far each incident has come. What is sent is read in the log again, so nothing is copied here. */
export class WebhookFollower implements Follower {
  readonly name = 'webhooks';
  readonly kind = 'effect';

  constructor(private readonly doorbell: Doorbell) {}

  handle(tx: Tx, event: LoggedEvent): Promise<void> {
    return widen(tx, this.doorbell, event);
  }
}
