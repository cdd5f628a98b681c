import { uuidv7 } from 'uuidv7';
import type { Database } from '#src/platform/database/database';
import { MUSTER } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { type GapClosed, type MarkKind, MARK_KINDS } from '../rooms.events.ts';
import {
  type Gap,
  type Place,
  allRead,
  closeGap,
  gapsToClose,
  inboundOf,
  keepPlace,
  lockGap,
  marksOf,
  olderThreads,
  outboundOf,
  startPosting,
  unmerged,
  unsaid,
} from './gap-store.ts';
import { ofMirror } from './mirror-trouble.service.ts';

/**
 * The gaps there are, as whoever closes them asks for them. Each answer is one transaction, and promises what `gap-store`
 * promises.
 *
 * There is a second one, in memory, to live through thousands of bad nights a minute (test/chaos/simulation); one test
 * holds the two equal.
 */
export interface Gaps {
  toClose(): Promise<Gap[]>;
  /** Threads that began before what is read of the room, newest first: of what was answered there the room itself tells nothing. */
  olderThreads(gap: Gap): Promise<string[]>;
  /** False when this is not the reading any more that began with the gap as given. */
  keepPlace(gap: Gap, place: Place): Promise<boolean>;
  /** `keptFrom`: what was said before could not be read, and is not in the log when this closes. `untold`: nor could these. */
  allRead(gap: Gap, keptFrom: Date | null, untold: readonly MarkKind[]): Promise<void>;
  /** From here on what waited is said. False while something that was read back is not in the log yet. */
  startPosting(gap: Gap): Promise<boolean>;
  /** Tells what was exchanged, once everything that waited has been said. */
  close(gap: Gap): Promise<void>;
}

export class GapsInPostgres implements Gaps {
  constructor(
    private readonly database: Database,
    private readonly streams: StreamLog,
  ) {}

  toClose(): Promise<Gap[]> {
    return gapsToClose(this.database);
  }

  olderThreads(gap: Gap): Promise<string[]> {
    return olderThreads(this.database, gap);
  }

  keepPlace(gap: Gap, place: Place): Promise<boolean> {
    return keepPlace(this.database, gap, place);
  }

  allRead(gap: Gap, keptFrom: Date | null, untold: readonly MarkKind[]): Promise<void> {
    return allRead(this.database, gap, keptFrom, untold);
  }

  startPosting(gap: Gap): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const locked = await lockGap(tx, gap.id, 'merging');
      if (!locked || (await unmerged(tx, locked))) return false;
      await startPosting(tx, locked);
      return true;
    });
  }

  close(gap: Gap): Promise<void> {
    return this.database.transaction(async (tx) => {
      const locked = await lockGap(tx, gap.id, 'posting');
      if (!locked || (await unsaid(tx, locked))) return;
      const inbound = await inboundOf(tx, locked);
      const outbound = await outboundOf(tx, locked);
      const learnt = { ...(await marksOf(tx, locked)), mayLack: mayLack(locked) };
      await closeGap(tx, locked);
      const unread = unreadIn(locked);
      // What was answered beneath an announcement stands in the room as late, which says enough.
      const isQuiet = locked.thread !== null || (!locked.parked && inbound === 0);
      if (isQuiet && !unread) return;

      const of = ofMirror({ id: gap.mirrorId, surface: gap.surface }, gap);
      const data: GapClosed = { ...of, from: gap.from.toISOString(), to: gap.to.toISOString(), inbound, outbound, ...unread, learnt };
      if (locked.parked)
        await this.streams.append(tx, gap.incidentId, { id: uuidv7(), type: 'mirror.resumed', by: null, via: MUSTER, data: of });
      await this.streams.append(tx, gap.incidentId, { id: uuidv7(), type: 'gap.closed', by: null, via: MUSTER, data });
    });
  }
}

/** In one order. */
export const mayLack = ({ untold }: Pick<Gap, 'untold'>): MarkKind[] => MARK_KINDS.filter((kind) => untold?.includes(kind) ?? true);

/** The part of the gap that nobody could read any more; what was said before the gap was heard then. */
export function unreadIn({ from, to, keptFrom }: Pick<Gap, 'from' | 'to' | 'keptFrom'>): Pick<GapClosed, 'unreadUntil'> | undefined {
  if (keptFrom === null || keptFrom <= from) return undefined;
  return { unreadUntil: (keptFrom < to ? keptFrom : to).toISOString() };
}
