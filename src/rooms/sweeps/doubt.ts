import type { MessageRef } from '@musterhq/chat-port';
import { type Tx, rows } from '#src/platform/database/database';
import type { StreamLog } from '#src/platform/log/log';
import { handledElsewhere } from '#src/platform/quarantine/quarantine';
import { settleByEcho } from '../deliveries/delivery-store.ts';
import { type Said, said } from '../deliveries/record-outcome.ts';
import { giveUp } from './sweep-store.ts';
import type { Unswept } from './sweep.types.ts';

/** It was there all the time. Nothing when that was known by now. */
export async function dispelDoubt(tx: Tx, log: StreamLog, { deliveryId: id, part }: Unswept, message: MessageRef): Promise<void> {
  await tx.query('update unswept set native_id = $3 where delivery_id = $1 and part = $2 and native_id is null', [id, part, message.id]);
  if (!(await settleByEcho(tx, { id, part }))) return;
  const [delivery] = await rows<Said>(
    tx,
    `select d.mirror_id as "mirrorId", m.incident_id as "incidentId", d.operation, d.message_id as "messageId", d.digest_id as "digestId", $2::int as part
       from delivery d join mirror m on m.id = d.mirror_id where d.id = $1`,
    [id, part],
  );
  if (delivery) await said(tx, log, delivery, { message });
  await handledElsewhere(tx, 'delivery', [id], 'The chat had it all the time.');
}

/**
 * It never was there, so it is said, as it reads now, before what waits in its lane: without a person, since nothing can be there twice.
 * Not what was taken back meanwhile, and no nudge. What somebody decided about by now takes its own course.
 */
export async function sayAfterDoubt(tx: Tx, doubtful: readonly Unswept[]): Promise<void> {
  await giveUp(tx, doubtful);
  for (const { deliveryId, part } of doubtful) {
    const again = await rows(
      tx,
      `update delivery d set status = 'pending', lost = d.lost + 1, unended = 0, looks = 0, owner = null, settle_at = null, ended_at = null, fault = null, next_at = clock_timestamp(),
              content = coalesce(e.content, d.content), parts = case when d.part = 0 and e.content is not null then null else d.parts end
         from delivery o
         left join lateral (select content from delivery where mirror_id = o.mirror_id and message_id = o.message_id and operation = 'edit'
                               and status = 'sent' and o.operation = 'send' order by position desc limit 1) e on true
        where d.id = $1 and o.id = d.id and d.part = $2 and d.status = 'needs-a-person'
          and exists (select 1 from mirror m where m.id = d.mirror_id and m.state = 'open')
          and not exists (select 1 from message g where g.id = d.message_id and g.deleted_at is not null)
          and not exists (select 1 from mirror m join event n on n.stream_id = m.incident_id and n.seq = d.position where m.id = d.mirror_id and n.type = 'nudge.given')
        returning 1`,
      [deliveryId, part],
    );
    if (again.length > 0) await handledElsewhere(tx, 'delivery', [deliveryId], 'The chat does not have it. It is said again.');
  }
}
