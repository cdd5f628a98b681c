import type { MessageRef, Receipt } from '@musterhq/chat-port';
import type { Delivery, DeliveryStatus } from '#src/rooms/deliveries/delivery.types';
import { FIRST_MS, GATHER_MS, LOST_BEFORE_ASIDE } from '#src/rooms/sweeps/sweep-store';
import type { RoomToSweep, Swept, Unswept } from '#src/rooms/sweeps/sweep.types';
import type { Sweeps } from '#src/rooms/sweeps/sweeps';
import { markSent, rememberCopy } from './sent.ts';
import { type CopyRow, type Tables, type UnsweptRow, keyOf } from './tables.ts';

/** `sweep-store`, as far as rooms and words go: no cards, edits or threads, and at the real world's pace. */
export class SweepsInMemory implements Sweeps {
  constructor(private readonly tables: Tables) {}

  rooms(instance: string): Promise<RoomToSweep[]> {
    return this.tables.run(() => {
      const { unswept, mirrors, gaps } = this.tables;
      const due = new Set([...unswept.values()].filter(({ dueAt }) => dueAt <= this.tables.now()).map(({ mirrorId }) => mirrorId));
      const inDoubt = new Set([...gaps.values()].filter(({ state }) => state !== 'closed').map(({ mirrorId }) => mirrorId));
      return [...mirrors.values()]
        .filter((mirror) => due.has(mirror.id) && mirror.instance === instance && mirror.state === 'open' && !inDoubt.has(mirror.id))
        .flatMap(({ id, tenant, room }) => (room === null ? [] : [{ mirrorId: id, tenant, room }]))
        .sort((a, b) => (a.mirrorId < b.mirrorId ? -1 : 1));
    });
  }

  due(mirrorId: string): Promise<Unswept[]> {
    return this.tables.run(() =>
      [...this.tables.unswept.values()]
        .filter((row) => row.mirrorId === mirrorId && row.dueAt <= this.tables.now())
        .sort((a, b) => a.at - b.at || (keyOfRow(a) < keyOfRow(b) ? -1 : 1))
        .map(({ deliveryId, part, nativeId, at, saidAt, seen, looks }) => ({
          ...{ deliveryId, part, seen, looks, thread: null, isDoubtful: nativeId === null, isLeft: this.isLeft(deliveryId) },
          ...{ at: new Date(at), saidAt: new Date(saidAt) },
        })),
    );
  }

  record(mirrorId: string, { over, again, lost, removed, there }: Swept, retryAt: Date): Promise<void> {
    return this.tables.run(() => {
      const { tables } = this;
      for (const one of over) tables.remove(tables.unswept, keyOfRow(one));
      for (const { one, at, looks, found } of again) {
        const row = tables.unswept.get(keyOfRow(one));
        if (row) tables.change(row, { dueAt: at.getTime(), looks, seen: row.seen || found });
      }
      for (const { id, kept } of removed) keepFirst(tables, mirrorId, id, kept);
      for (const { one, message } of there) this.dispelDoubt(mirrorId, one, message);
      for (const one of lost.filter(({ isDoubtful }) => isDoubtful)) this.sayAfterDoubt(one);
      this.lose(
        mirrorId,
        lost.filter(({ isDoubtful }) => !isDoubtful),
        retryAt,
      );
    });
  }

  private isLeft(id: string): boolean {
    const isInDoubt = [...this.tables.unswept.values()].some(({ deliveryId, nativeId }) => deliveryId === id && nativeId === null);
    return ['needs-a-person', 'refused'].includes(this.tables.deliveries.get(id)?.status ?? '') && !isInDoubt;
  }

  /** Nobody is put out of a room there. */
  shutOut(): Promise<boolean> {
    return Promise.resolve(false);
  }

  private dispelDoubt(mirrorId: string, { deliveryId: id, part }: Unswept, message: MessageRef): void {
    const { tables } = this;
    const row = tables.unswept.get(keyOf(id, String(part)));
    if (row?.nativeId === null) tables.change(row, { nativeId: message.id });
    if (!markSent(tables, { id, part }, ['pending', 'sending', 'unknown', 'needs-a-person', 'refused'])) return;
    rememberCopy(tables, { mirrorId, messageId: tables.deliveries.get(id)?.messageId ?? null }, message.id, part);
    tables.remove(tables.putAside, id);
  }

  private sayAfterDoubt(one: Unswept): void {
    const { tables } = this;
    tables.remove(tables.unswept, keyOfRow(one));
    const row = tables.deliveries.get(one.deliveryId);
    const message = tables.messages.get(row?.messageId ?? '');
    if (row?.status !== 'needs-a-person' || row.part !== one.part || (message && message.deletedAt !== null)) return;
    if (tables.mirrors.get(row.mirrorId)?.state !== 'open') return;
    tables.change(row, { status: 'pending', lost: row.lost + 1, unended: 0, looks: 0, owner: null, settleAt: tables.now() });
    tables.change(row, { nextAt: tables.now(), fault: null, parts: row.part === 0 ? null : row.parts });
    tables.remove(tables.putAside, one.deliveryId);
  }

  private lose(mirrorId: string, lost: readonly Unswept[], retryAt: Date): void {
    const { tables } = this;
    for (const one of lost) {
      const row = tables.unswept.get(keyOfRow(one));
      if (row) tables.change(row, { dueAt: retryAt.getTime() });
    }
    if (tables.mirrors.get(mirrorId)?.state !== 'open') return;
    for (const deliveryId of new Set(lost.map((one) => one.deliveryId))) {
      const gone = lost
        .filter((one) => one.deliveryId === deliveryId)
        .map((one) => tables.unswept.get(keyOfRow(one)))
        .filter((row): row is UnsweptRow => row !== undefined && !row.seen && isOver(tables.deliveries.get(deliveryId)?.status));
      if (gone.length === 0) continue;
      for (const row of gone) {
        tables.remove(tables.unswept, keyOfRow(row));
        tables.remove(tables.copies, keyOf(mirrorId, row.nativeId ?? ''));
      }
      this.sayAgain(
        deliveryId,
        gone.map(({ part }) => part).sort((a, b) => a - b),
      );
    }
  }

  private sayAgain(deliveryId: string, parts: readonly number[]): void {
    const row = this.tables.deliveries.get(deliveryId);
    const message = this.tables.messages.get(row?.messageId ?? '');
    if (row?.status !== 'sent' || (message && message.deletedAt !== null)) return;
    const isWhole = row.parts?.length === parts.length;
    const lost = row.lost + 1;
    this.tables.change(row, { lost, parts: isWhole ? null : row.parts, again: isWhole ? null : parts, part: parts[0] ?? 0 });
    this.tables.change(row, { unended: 0, looks: 0, owner: null, settleAt: null, nextAt: this.tables.now(), fault: null });
    this.tables.change(row, { status: lost < LOST_BEFORE_ASIDE ? 'pending' : 'needs-a-person' });
    if (lost >= LOST_BEFORE_ASIDE) this.tables.add(this.tables.putAside, deliveryId, 'The chat lost it.');
  }
}

export function sweepLater(
  tables: Tables,
  { id, part, mirrorId }: Pick<Delivery, 'id' | 'part' | 'mirrorId'>,
  { message, at }: Pick<Receipt, 'message' | 'at'>,
  seen: boolean,
): void {
  if (tables.mirrors.get(mirrorId)?.state === 'closed') return;
  const key = keyOf(id, String(part));
  const known = tables.unswept.get(key);
  if (known) return tables.change(known, { seen: known.seen || seen, nativeId: known.nativeId ?? message.id });
  const now = tables.now();
  tables.add(tables.unswept, key, {
    ...{ deliveryId: id, part, mirrorId, nativeId: message.id, at, saidAt: now, looks: 0 },
    seen: seen || tables.copies.has(keyOf(mirrorId, message.id)),
    dueAt: Math.floor(now / GATHER_MS) * GATHER_MS + GATHER_MS + FIRST_MS,
  });
}

export function sweepDoubtful(
  tables: Tables,
  { id, part, mirrorId, triedAt }: Pick<Delivery, 'id' | 'part' | 'mirrorId' | 'triedAt'>,
): void {
  const key = keyOf(id, String(part));
  const lost = tables.deliveries.get(id)?.lost ?? 0;
  if (tables.mirrors.get(mirrorId)?.state === 'closed' || tables.unswept.has(key) || lost + 1 >= LOST_BEFORE_ASIDE) return;
  const now = tables.now();
  tables.add(tables.unswept, key, {
    ...{ deliveryId: id, part, mirrorId, nativeId: null, at: triedAt?.getTime() ?? now, saidAt: now, looks: 0, seen: false },
    dueAt: now + FIRST_MS,
  });
}

export function saw(tables: Tables, { id, part }: Pick<Delivery, 'id' | 'part'>): void {
  const row = tables.unswept.get(keyOf(id, String(part)));
  if (row) tables.change(row, { seen: true });
}

function keepFirst(tables: Tables, mirrorId: string, removed: string, kept: string): void {
  const copy = tables.copies.get(keyOf(mirrorId, removed));
  const to = keyOf(mirrorId, kept);
  if (copy && !tables.copies.has(to)) tables.add<CopyRow>(tables.copies, to, { ...copy, nativeId: kept });
  tables.remove(tables.copies, keyOf(mirrorId, removed));
}

const isOver = (status: DeliveryStatus | undefined): boolean => status === 'sent' || status === 'canceled';

const keyOfRow = ({ deliveryId, part }: Pick<Unswept, 'deliveryId' | 'part'>): string => keyOf(deliveryId, String(part));
