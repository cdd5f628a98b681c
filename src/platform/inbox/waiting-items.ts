import type { Database, Tx } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import { StreamLog } from '#src/platform/log/log';
import { PROCESS_ID } from '#src/platform/loops/process-id';
import { putAside } from '#src/platform/quarantine/quarantine';
import { CLAIMS_BEFORE_QUARANTINE, type ClaimedItem, type Lane } from './inbox.types.ts';
import { claimNext, finish, leaseLanes, postpone, putBack, releaseLane } from './lanes.ts';

/**
 * What waits in the inbox, as a worker asks for it. Each answer is one transaction, and promises what `lanes` promises.
 *
 * There is a second one, in memory, to live through thousands of bad nights a minute (test/chaos/simulation); one test
 * holds the two equal.
 */
export interface WaitingItems<Transaction = Tx> {
  /** Besides those that are held here already. */
  leaseLanes(most: number, held: readonly Lane[]): Promise<Lane[]>;
  claimNext(lane: Lane): Promise<ClaimedItem | null>;
  /** Both or neither: the item is done, and so is the work. Neither when another process did it. */
  finish(item: ClaimedItem, work: (tx: Transaction) => Promise<void>): Promise<void>;
  /** The same for one that nobody can handle: it is put aside, and told of. */
  putAside(item: ClaimedItem, problem: string, tell: (tx: Transaction) => Promise<void>): Promise<void>;
  postpone(item: ClaimedItem, error: unknown): Promise<void>;
  putBack(item: ClaimedItem, waitMs: number): Promise<void>;
  releaseLane(lane: Lane, empty: boolean): Promise<void>;
}

export class WaitingInPostgres implements WaitingItems {
  private readonly streams: StreamLog;

  constructor(
    private readonly database: Database,
    doorbell: Doorbell,
    private readonly owner = PROCESS_ID,
  ) {
    this.streams = new StreamLog(database, doorbell);
  }

  leaseLanes(most: number, held: readonly Lane[]): Promise<Lane[]> {
    return leaseLanes(this.database, this.owner, most, held);
  }

  claimNext(lane: Lane): Promise<ClaimedItem | null> {
    return claimNext(this.database, this.owner, lane);
  }

  finish(item: ClaimedItem, work: (tx: Tx) => Promise<void>): Promise<void> {
    return this.database.transaction(async (tx) => {
      if (await finish(tx, item)) await work(tx);
    });
  }

  putAside(item: ClaimedItem, problem: string, tell: (tx: Tx) => Promise<void>): Promise<void> {
    return this.database.transaction(async (tx) => {
      if (!(await finish(tx, item, problem))) return;
      await tell(tx);
      const key = [item.instance, item.tenant, item.envelopeId];
      await putAside(tx, this.streams, { kind: 'inbox', key, problem, tries: CLAIMS_BEFORE_QUARANTINE });
    });
  }

  postpone(item: ClaimedItem, error: unknown): Promise<void> {
    return postpone(this.database, this.owner, item, error);
  }

  putBack(item: ClaimedItem, waitMs: number): Promise<void> {
    return putBack(this.database, this.owner, item, waitMs);
  }

  releaseLane(lane: Lane, empty: boolean): Promise<void> {
    return releaseLane(this.database, this.owner, lane, empty);
  }
}
