import type { InMessage } from '@musterhq/chat-port';
import { type Tx, rows } from '#src/platform/database/database';
import type { StreamLog } from '#src/platform/log/log';
import { settleByEcho } from './deliveries/delivery-store.ts';
import { type Operation, fromKey } from './deliveries/delivery.types.ts';
import { said } from './deliveries/record-outcome.ts';

/**
 * Our own post came back: by key, never by text. It proves that the chat has it, whatever its answer was, and tells
 * which of its messages is ours. A voice of ours with a key we never gave belongs to another Muster, and is left alone.
 */
export async function heardEcho(tx: Tx, log: StreamLog, message: InMessage): Promise<void> {
  const key = message.key ? fromKey(message.key) : null;
  if (!key) return;
  const [delivery] = await rows<{ mirrorId: string; incidentId: string; operation: Operation; messageId: string | null }>(
    tx,
    `select d.mirror_id as "mirrorId", m.incident_id as "incidentId", d.operation, d.message_id as "messageId"
       from delivery d join mirror m on m.id = d.mirror_id where d.id = $1`,
    [key.id],
  );
  if (!delivery) return;
  await settleByEcho(tx, key);
  await said(tx, log, { ...delivery, part: key.part }, { message: message.ref });
}
