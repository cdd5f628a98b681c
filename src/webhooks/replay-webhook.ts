import type { Tx } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { QuarantineKey, Replayer } from '#src/platform/quarantine/quarantine.types';
import { switchOn } from './switches.ts';

/** Switches on again what was switched off because its receiver did not answer. */
export class ReplayWebhook implements Replayer {
  readonly kind = 'webhook';

  constructor(private readonly doorbell: Doorbell) {}

  async replay(tx: Tx, [id]: QuarantineKey): Promise<string> {
    const isSwitched = await switchOn(tx, this.doorbell, String(id));
    return isSwitched ? 'It is on, and goes on where it stopped.' : 'It is on already, or was removed.';
  }
}
