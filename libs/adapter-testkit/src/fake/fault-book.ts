import type { Op, RoomRef } from '@musterhq/chat-port';
import type { FaultKind, FaultOptions } from '../harness.ts';

interface Entry {
  readonly op: Op | '*';
  readonly kind: FaultKind;
  readonly room?: RoomRef;
  readonly retryAfterMs?: number;
  skip: number;
  left: number;
}

export type Struck = Pick<Entry, 'kind' | 'retryAfterMs'>;

/** Which of the next calls go wrong, and how. The first entry that fits a call strikes it and is used up by one. */
export class FaultBook {
  private entries: Entry[] = [];
  private readonly counts = new Map<Op, number>();

  add(op: Op | '*', kind: FaultKind, n = 1, o: FaultOptions = {}): void {
    this.entries.push({ op, kind, left: n, skip: 0, ...o });
  }

  clear(): void {
    this.entries = [];
  }

  /** Counts the call as one that reached the platform, and says what strikes it. */
  strike(op: Op, room: string | undefined): Struck | undefined {
    const fits = this.entries.filter((e) => e.left > 0 && (e.op === op || e.op === '*') && (!e.room || e.room.room === room));
    const entry = fits.find(({ skip }) => skip === 0);
    for (const passed of fits) if (passed.skip > 0) passed.skip -= 1;
    if (entry) entry.left -= 1;
    if (entry?.kind !== 'refused') this.counts.set(op, this.requests(op) + 1);
    return entry;
  }

  requests(op: Op): number {
    return this.counts.get(op) ?? 0;
  }
}
