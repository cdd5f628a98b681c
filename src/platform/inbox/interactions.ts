import type { ChatEvent } from '@musterhq/chat-port';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import { PROCESS_ID } from '#src/platform/loops/process-id';
import type { InboxItem } from './inbox.types.ts';

/** Marks an interaction done, in the transaction that does what it asked for. False when that has been done already. */
export async function finishInteraction(tx: Tx, item: InboxItem): Promise<boolean> {
  const finished = await rows(
    tx,
    `update inbox set status = 'done', owner = null where instance = $1 and tenant = $2 and envelope_id = $3 and status = 'waiting' returning 1`,
    [item.instance, item.tenant, item.envelopeId],
  );
  return finished.length > 0;
}

/** Interactions whose process ended before it answered, now ours. Three attempts, then they are put aside. */
export async function takeAbandoned(database: Database): Promise<InboxItem[]> {
  await database.query(
    `update inbox set status = 'quarantined', problem = 'Three attempts ended without an answer.'
      where kind = 'interaction' and status = 'waiting' and lease_until < clock_timestamp() and claims >= 3`,
  );
  const taken = await database.query<{
    instance: string;
    tenant: string;
    lane: string;
    envelope_id: string;
    occurred_at: Date;
    admitted_at: Date;
    body: ChatEvent;
  }>(
    `update inbox set owner = $1, claims = claims + 1, lease_until = clock_timestamp() + interval '5 seconds'
      where kind = 'interaction' and status = 'waiting' and lease_until < clock_timestamp()
      returning instance, tenant, lane, envelope_id, occurred_at, admitted_at, body`,
    [PROCESS_ID],
  );
  return taken.map((row) => ({
    instance: row.instance,
    tenant: row.tenant,
    lane: row.lane,
    seq: 0,
    envelopeId: row.envelope_id,
    occurredAt: row.occurred_at,
    admittedAt: row.admitted_at,
    gapId: null,
    event: row.body,
  }));
}
