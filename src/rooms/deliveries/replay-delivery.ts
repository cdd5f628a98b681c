import { type Tx, afterCommit } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { QuarantineKey, Replayer } from '#src/platform/quarantine/quarantine.types';
import { sayAgain } from './say-again.ts';

/** Puts back into its lane what could not be said. */
export class ReplayDelivery implements Replayer {
  readonly kind = 'delivery';

  constructor(private readonly doorbell: Doorbell) {}

  async replay(tx: Tx, [id]: QuarantineKey): Promise<string> {
    if (!(await sayAgain(tx, String(id))))
      return 'Nothing is left to say: the chat had it after all, its room is closed, or it was deleted.';
    afterCommit(tx, () => this.doorbell.ring({ topic: 'deliveries', id: String(id) }));
    return 'It is looked for once more, and said next in its room where it is not there. If that fails, it lies here again.';
  }
}
