import { type Tx, rows } from '#src/platform/database/database';
import type { StreamLog } from '#src/platform/log/log';
import { putAside } from '#src/platform/quarantine/quarantine';
import type { WebhookId } from './webhooks.types.ts';

interface EventOfLane {
  readonly webhookId: WebhookId;
  readonly incidentId: string;
  readonly seq: number;
}

/** One event lies aside, for an admin to decide about, and its lane goes on behind it. */
export async function putEventAside(
  tx: Tx,
  log: StreamLog,
  { webhookId, incidentId, seq }: EventOfLane,
  problem: string,
  tries: number,
): Promise<void> {
  await tx.query(
    `update webhook_lane set done = greatest(done, $3), attempts = 0, next_at = clock_timestamp(), claim_until = null
      where webhook_id = $1 and incident_id = $2`,
    [webhookId, incidentId, seq],
  );
  await putAside(tx, log, { kind: 'webhook', key: [webhookId, incidentId, seq], problem, tries });
}

/** Whether its receiver took anything since this was tried for the first time: then it is this event that cannot be sent. */
export async function isOtherwiseReceived(tx: Tx, { webhookId, incidentId, seq }: EventOfLane): Promise<boolean> {
  const received = await rows(
    tx,
    `select 1 from webhook_attempt a where a.webhook_id = $1 and a.outcome = 'received' and a.at >
       (select max(f.at) from webhook_attempt f where f.webhook_id = $1 and f.incident_id = $2 and f.seq = $3 and f.attempt = 1) limit 1`,
    [webhookId, incidentId, seq],
  );
  return received.length > 0;
}
