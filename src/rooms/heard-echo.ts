import type { InMessage } from '@musterhq/chat-port';
import { fromKey } from './deliveries/delivery.types.ts';
import type { Hearing } from './hearing.ts';

/**
 * Our own post came back: by key, never by text. It proves that the chat has it, whatever its answer was, and tells
 * which of its messages is ours. A voice of ours with a key we never gave belongs to another Muster, and is left alone.
 */
export async function heardEcho<Transaction>(hearing: Hearing<Transaction>, tx: Transaction, message: InMessage): Promise<void> {
  const key = message.key ? fromKey(message.key) : null;
  if (!key) return;
  const delivery = await hearing.deliveryOf(tx, key.id);
  if (!delivery) return;
  await hearing.settleByEcho(tx, delivery, key, message);
  await hearing.said(tx, delivery, key.part, message.ref);
}
