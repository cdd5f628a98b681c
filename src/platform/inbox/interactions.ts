import type { ChatEvent } from '@musterhq/chat-port';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import { PROCESS_ID } from '#src/platform/loops/process-id';
import type { StreamLog } from '#src/platform/log/log';
import { putAside } from '#src/platform/quarantine/quarantine';
import { CLAIMS_BEFORE_QUARANTINE, type InboxItem } from './inbox.types.ts';

/** Marks an interaction done, in the transaction that does what it asked for. False when that has been done already. */
export async function finishInteraction(tx: Tx, item: InboxItem): Promise<boolean> {
  const finished = await rows(
    tx,
    `update inbox set status = 'done', owner = null where instance = $1 and tenant = $2 and envelope_id = $3 and status = 'waiting' returning 1`,
    [item.instance, item.tenant, item.envelopeId],
  );
  return finished.length > 0;
}

/** Interactions whose process ended before it answered, now ours; at most so many. Three attempts, then they are put aside. */
export async function takeAbandoned(database: Database, log: StreamLog, most: number): Promise<InboxItem[]> {
  await database.transaction((tx) => putAbandonedAside(tx, log));
  const taken = await database.query<{
    instance: string;
    tenant: string;
    lane: string;
    envelope_id: string;
    occurred_at: Date;
    admitted_at: Date;
    gap_id: string | null;
    body: ChatEvent;
    trace: string | null;
  }>(
    `update inbox set owner = $1, claims = claims + 1, lease_until = clock_timestamp() + interval '5 seconds'
      where (instance, tenant, envelope_id) in (select instance, tenant, envelope_id from inbox
              where kind = 'interaction' and status = 'waiting' and lease_until < clock_timestamp() and claims < ${CLAIMS_BEFORE_QUARANTINE}
              order by admitted_at limit $2 for update skip locked)
      returning instance, tenant, lane, envelope_id, occurred_at, admitted_at, gap_id, body, trace`,
    [PROCESS_ID, most],
  );
  return taken.map((row) => ({
    instance: row.instance,
    tenant: row.tenant,
    lane: row.lane,
    seq: 0,
    envelopeId: row.envelope_id,
    occurredAt: row.occurred_at,
    admittedAt: row.admitted_at,
    gapId: row.gap_id,
    event: row.body,
    trace: row.trace,
  }));
}

async function putAbandonedAside(tx: Tx, log: StreamLog): Promise<void> {
  const problem = 'Three attempts ended without an answer.';
  const poisonous = await rows<{ instance: string; tenant: string; envelope_id: string }>(
    tx,
    `update inbox set status = 'quarantined', problem = $1
      where kind = 'interaction' and status = 'waiting' and lease_until < clock_timestamp() and claims >= ${CLAIMS_BEFORE_QUARANTINE}
      returning instance, tenant, envelope_id`,
    [problem],
  );
  for (const { instance, tenant, envelope_id } of poisonous)
    await putAside(tx, log, { kind: 'inbox', key: [instance, tenant, envelope_id], problem, tries: CLAIMS_BEFORE_QUARANTINE });
}
