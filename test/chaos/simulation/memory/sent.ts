import type { Delivery, DeliveryStatus } from '#src/rooms/deliveries/delivery.types';
import { type DeliveryRow, type Tables, keyOf } from './tables.ts';

/** A further part goes on from the beginning, at the head of the same lane. */
export function markSent(tables: Tables, { id, part }: Pick<Delivery, 'id' | 'part'>, from: readonly DeliveryStatus[]): boolean {
  const row = tables.deliveries.get(id);
  if (!row || row.part !== part || !from.includes(row.status)) return false;
  const hasMore = part + 1 < (row.parts?.length ?? 1);
  tables.change(row, { status: hasMore ? 'pending' : 'sent', part: hasMore ? part + 1 : part, unended: 0 });
  tables.change(row, { owner: null, fault: null, settleAt: null, nextAt: tables.now() });
  if (row.isDigest && !hasMore) for (const one of heldBy(tables, id)) if (one.status === 'gathered') tables.change(one, { status: 'sent' });
  return true;
}

export const heldBy = (tables: Tables, digestId: string): DeliveryRow[] =>
  [...tables.deliveries.values()].filter((row) => row.digestId === digestId && !row.isDigest);

export function rememberCopy(
  tables: Tables,
  { mirrorId, messageId }: Pick<Delivery, 'mirrorId' | 'messageId'>,
  nativeId: string,
  part: number,
): void {
  const key = keyOf(mirrorId, nativeId);
  if (!tables.copies.has(key)) tables.add(tables.copies, key, { mirrorId, nativeId, messageId, part });
}
