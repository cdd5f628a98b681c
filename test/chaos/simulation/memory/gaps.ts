import { MUSTER } from '#src/platform/log/event.types';
import type { Gap, Place } from '#src/rooms/gaps/gap-store';
import { type Gaps, mayLack, unreadIn } from '#src/rooms/gaps/gaps';
import { ofMirror } from '#src/rooms/gaps/mirror-trouble.service';
import type { MarkKind } from '#src/rooms/rooms.events';
import { type GapRow, type MirrorRow, type Tables, UNFINISHED } from './tables.ts';

const SURFACE = 'The chat';

/** `gap-store`. */
export class GapsInMemory implements Gaps {
  constructor(private readonly tables: Tables) {}

  toClose(): Promise<Gap[]> {
    return this.tables.run(() =>
      [...this.tables.gaps.values()]
        .filter(({ state }) => state === 'reading' || state === 'merging' || state === 'posting')
        .sort((a, b) => a.from - b.from)
        .map((row) => this.toGap(row)),
    );
  }

  /** Nobody answers in threads here. */
  olderThreads(): Promise<string[]> {
    return this.tables.run(() => []);
  }

  keepPlace(gap: Gap, { cursor, notBefore, keptFrom, untold }: Place): Promise<boolean> {
    return this.tables.run(() => {
      const row = this.sameReading(gap);
      if (row) this.tables.change(row, { cursor, notBefore: notBefore?.getTime() ?? null, ...later(row, keptFrom), ...also(row, untold) });
      return row !== null;
    });
  }

  allRead(gap: Gap, keptFrom: Date | null, untold: readonly MarkKind[]): Promise<void> {
    return this.tables.run(() => {
      const row = this.sameReading(gap);
      if (row)
        this.tables.change(row, {
          state: 'merging',
          upTo: (this.tables.log.get(gap.incidentId) ?? []).length,
          ...later(row, keptFrom),
          ...also(row, untold),
        });
    });
  }

  /** What is said in the room is queued in the same moment here, so that no follower has to be waited for. */
  startPosting({ id, mirrorId }: Gap): Promise<boolean> {
    return this.tables.run(() => {
      const row = this.tables.gaps.get(id);
      if (row?.state !== 'merging') return false;
      for (const item of this.tables.inbox.values()) if (item.gapId === id && item.status === 'waiting') return false;
      const ofRoom = [...this.tables.deliveries.values()].filter((one) => one.mirrorId === mirrorId && one.lane === 'room');
      const lastPosition = ofRoom.reduce<number | null>((last, { position }) => Math.max(last ?? 0, position), null);
      this.tables.change(row, { state: 'posting', lastPosition });
      for (const one of ofRoom)
        if (
          (UNFINISHED.includes(one.status) || one.status === 'gathered') &&
          one.operation === 'send' &&
          one.messageId !== null &&
          one.gapId === null
        )
          this.tables.change(one, { gapId: id });
      return true;
    });
  }

  close(gap: Gap): Promise<void> {
    return this.tables.run(() => {
      const row = this.tables.gaps.get(gap.id);
      if (row?.state !== 'posting') return;
      const all = [...this.tables.deliveries.values()];
      const isWaiting = all.some(
        (one) =>
          one.mirrorId === row.mirrorId &&
          one.lane === 'room' &&
          one.position <= (row.lastPosition ?? -1) &&
          UNFINISHED.includes(one.status),
      );
      if (isWaiting) return;
      const inbound = (this.tables.log.get(gap.incidentId) ?? []).filter(
        ({ type, data }) => type === 'message.posted' && (data as { gapId?: string }).gapId === row.id,
      ).length;
      const outbound = all.filter((one) => one.gapId === row.id && one.status === 'sent').length;
      this.tables.change(row, { state: 'closed' });
      const mirror = this.tables.mirrors.get(row.mirrorId) as MirrorRow;
      if (mirror.state === 'catching-up') this.tables.change(mirror, { state: mirror.room === null ? 'opening' : 'open' });
      const unread = unreadIn(this.toGap(row));
      if (!row.parked && inbound === 0 && !unread) return;
      const of = ofMirror({ id: mirror.id, surface: SURFACE }, mirror);
      const told = { by: null, via: MUSTER };
      if (row.parked) this.tables.append(mirror.incidentId, { ...told, id: this.tables.newId(), type: 'mirror.resumed', data: of });
      this.tables.append(mirror.incidentId, {
        ...told,
        id: this.tables.newId(),
        type: 'gap.closed',
        data: {
          ...of,
          from: new Date(row.from).toISOString(),
          to: new Date(row.to ?? 0).toISOString(),
          inbound,
          outbound,
          ...unread,
          // Nobody reacts or pins here.
          learnt: { reactions: 0, pins: 0, mayLack: mayLack(row) },
        },
      });
    });
  }

  private sameReading({ id, to }: Gap): GapRow | null {
    const row = this.tables.gaps.get(id);
    return row?.state === 'reading' && Math.floor(row.to ?? 0) === to.getTime() ? row : null;
  }

  private toGap(row: GapRow): Gap {
    const mirror = this.tables.mirrors.get(row.mirrorId) as MirrorRow;
    return {
      id: row.id,
      mirrorId: row.mirrorId,
      incidentId: mirror.incidentId,
      instance: mirror.instance,
      tenant: mirror.tenant,
      surface: SURFACE,
      room: mirror.room,
      thread: null,
      from: new Date(row.from),
      to: new Date(row.to ?? 0),
      state: row.state as Gap['state'],
      parked: row.parked,
      cursor: row.cursor,
      notBefore: row.notBefore === null ? null : new Date(row.notBefore),
      keptFrom: row.keptFrom === null ? null : new Date(row.keptFrom),
      untold: row.untold,
    };
  }
}

const later = (row: GapRow, keptFrom: Date | null): Partial<GapRow> => ({
  keptFrom: keptFrom ? Math.max(row.keptFrom ?? -Infinity, keptFrom.getTime()) : row.keptFrom,
});

const also = (row: GapRow, untold: readonly MarkKind[]): Partial<GapRow> => ({
  untold: [...new Set([...(row.untold ?? []), ...untold])].sort(),
});

/** `MirrorTrouble`, for a chat as a whole: what the detector's word means for every room. */
export const trouble = {
  suspect(tables: Tables, instance: string, goodAt: number): void {
    for (const mirror of mirrorsIn(tables, instance)) {
      if (mirror.state === 'open') tables.change(mirror, { state: 'suspect' });
      else if (mirror.state !== 'catching-up' && mirror.state !== 'opening') continue;
      openGap(tables, mirror.id, goodAt);
    }
  },

  park(tables: Tables, instance: string, goodAt: number): void {
    for (const mirror of mirrorsIn(tables, instance)) {
      if (!['open', 'suspect', 'opening', 'catching-up'].includes(mirror.state)) continue;
      tables.change(mirror, { state: 'parked' });
      tables.change(openGap(tables, mirror.id, goodAt), { parked: true });
    }
  },

  catchUp(tables: Tables, instance: string, at: number): void {
    const ids = new Set<string>();
    for (const mirror of mirrorsIn(tables, instance)) {
      ids.add(mirror.id);
      if (mirror.state === 'parked') tables.change(mirror, { state: 'catching-up' });
      else if (mirror.state === 'suspect') tables.change(mirror, { state: 'open' });
    }
    for (const gap of tables.gaps.values())
      if (ids.has(gap.mirrorId) && gap.state === 'open') tables.change(gap, { state: 'reading', to: at });
  },
};

const mirrorsIn = (tables: Tables, instance: string): MirrorRow[] =>
  [...tables.mirrors.values()].filter((mirror) => mirror.instance === instance);

export const hasGap = (tables: Tables, mirrorId: string): boolean => [...tables.gaps.values()].some((gap) => gap.mirrorId === mirrorId);

/** `readFromTheBeginning`. */
export function readFromTheBeginning(tables: Tables, mirrorId: string, from: number): void {
  const isOpen = [...tables.gaps.values()].some((gap) => gap.mirrorId === mirrorId && gap.state === 'open');
  const gap = openGap(tables, mirrorId, from);
  if (!isOpen) tables.change(gap, { state: 'reading', to: tables.now() });
}

function openGap(tables: Tables, mirrorId: string, from: number): GapRow {
  for (const gap of tables.gaps.values()) {
    if (gap.mirrorId !== mirrorId || gap.state === 'closed') continue;
    tables.change(gap, { state: 'open', to: null, cursor: null, from: Math.min(gap.from, from) });
    return gap;
  }
  const gap: GapRow = {
    id: tables.newId(),
    mirrorId,
    from,
    to: null,
    state: 'open',
    parked: false,
    cursor: null,
    notBefore: null,
    keptFrom: null,
    untold: null,
    upTo: null,
    lastPosition: null,
  };
  tables.add(tables.gaps, gap.id, gap);
  return gap;
}
