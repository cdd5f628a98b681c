import type { MessageRef } from '@musterhq/chat-port';
import { type Tx, rows } from '#src/platform/database/database';
import type { StreamLog } from '#src/platform/log/log';
import { handledElsewhere } from '#src/platform/quarantine/quarantine';
import { settleByEcho } from '../deliveries/delivery-store.ts';
import { ABOUT_DIGEST } from '../deliveries/digest-store.ts';
import { type Said, said } from '../deliveries/record-outcome.ts';
import { foundAfterAll, sayUnfound } from '../deliveries/say-again.ts';
import { giveUp } from './sweep-store.ts';
import type { Unswept } from './sweep.types.ts';

/** It was there all the time, and what became of it meanwhile is done there now. Nothing when that was known. */
export async function dispelDoubt(tx: Tx, log: StreamLog, { deliveryId: id, part }: Unswept, message: MessageRef): Promise<void> {
  await tx.query('update unswept set native_id = $3 where delivery_id = $1 and part = $2 and native_id is null', [id, part, message.id]);
  if (!(await settleByEcho(tx, { id, part }))) return;
  const [delivery] = await rows<Said>(
    tx,
    `select d.mirror_id as "mirrorId", coalesce(m.incident_id, a.incident_id) as "incidentId", d.operation, d.message_id as "messageId", d.file_id as "fileId", ${ABOUT_DIGEST} as "digestId", $2::int as part
       from delivery d join mirror m on m.id = d.mirror_id left join announcement a on a.mirror_id = m.id where d.id = $1`,
    [id, part],
  );
  if (delivery) await said(tx, log, delivery, { message });
  await foundAfterAll(tx, id);
  await handledElsewhere(tx, 'delivery', [id], 'The chat had it all the time.');
}

/** It never was there, so it is said. */
export async function sayAfterDoubt(tx: Tx, doubtful: readonly Unswept[]): Promise<void> {
  await giveUp(tx, doubtful);
  for (const { deliveryId, part } of doubtful)
    if (await sayUnfound(tx, deliveryId, part))
      await handledElsewhere(tx, 'delivery', [deliveryId], 'The chat does not have it. It is said again.');
}
