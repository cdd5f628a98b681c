import { uuidv7 } from 'uuidv7';
import type { Database } from '#src/platform/database/database';
import { MUSTER } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { shutOut } from '../shut-out.ts';
import { dispelDoubt, sayAfterDoubt } from './doubt.ts';
import { giveUp, holdDeliveries, keepFirst, lookAgain, lose, roomsToSweep, unsweptIn } from './sweep-store.ts';
import type { RoomToSweep, Swept, Unswept } from './sweep.types.ts';

/**
 * What chats say they have and was not looked for twice. Each answer is one transaction, and promises what `sweep-store`
 * promises.
 *
 * There is a second one, in memory, to live through thousands of bad nights a minute (test/chaos/simulation); one test
 * holds the two equal.
 */
export interface Sweeps {
  /** Those where something is due and nothing speaks against the chat. */
  rooms(instance: string): Promise<RoomToSweep[]>;
  due(mirrorId: string): Promise<Unswept[]>;
  record(mirrorId: string, swept: Swept, retryAt: Date): Promise<void>;
  /** We are not in its room: what was said there is looked for once we are. False where that is no room of ours. */
  shutOut(mirrorId: string): Promise<boolean>;
}

export class SweepsInPostgres implements Sweeps {
  constructor(
    private readonly database: Database,
    private readonly streams: StreamLog,
  ) {}

  rooms(instance: string): Promise<RoomToSweep[]> {
    return roomsToSweep(this.database, instance);
  }

  due(mirrorId: string): Promise<Unswept[]> {
    return unsweptIn(this.database, mirrorId);
  }

  shutOut(mirrorId: string): Promise<boolean> {
    return this.database.transaction((tx) => shutOut(tx, this.streams, mirrorId, null, { id: uuidv7(), by: null, via: MUSTER }));
  }

  record(mirrorId: string, { over, again, lost, removed, there }: Swept, retryAt: Date): Promise<void> {
    return this.database.transaction(async (tx) => {
      // Deliveries before what is to be looked for of them: so does everybody who says that one was said.
      await holdDeliveries(tx, [...lost, ...there.map(({ one }) => one)]);
      await giveUp(tx, over);
      await lookAgain(tx, again);
      for (const { id, kept } of removed) await keepFirst(tx, mirrorId, id, kept);
      for (const { one, message } of there) await dispelDoubt(tx, this.streams, one, message);
      const [doubtful, acknowledged] = [lost.filter((one) => one.isDoubtful), lost.filter((one) => !one.isDoubtful)];
      await sayAfterDoubt(tx, doubtful);
      if (acknowledged.length > 0) await lose(tx, this.streams, mirrorId, acknowledged, retryAt);
    });
  }
}
