import { type Database, type Tx, rows } from '#src/platform/database/database';
import type { QuarantineKey } from '#src/platform/quarantine/quarantine.types';
import { NotReplayable } from '#src/platform/quarantine/quarantine.errors';
import { type InboxRow, itemOf } from './inbox-row.ts';
import { CLAIMS_BEFORE_QUARANTINE, type InboxItem, isInteraction } from './inbox.types.ts';

/** An item that was put aside, as it came. */
export async function readItem(database: Database, key: QuarantineKey): Promise<InboxItem> {
  const [row] = await database.query<Omit<InboxRow, 'body'> & { readonly body: InboxRow['body'] | null }>(
    'select * from inbox where instance = $1 and tenant = $2 and envelope_id = $3',
    key,
  );
  if (!row?.body) throw new NotReplayable('Its content is no longer kept.');
  return itemOf({ ...row, body: row.body });
}

/**
 * Takes an item out of quarantine, to be handled in the same transaction; its lane is held meanwhile, so that nothing of
 * it is handled at the same moment. An interaction is left to whoever takes abandoned ones, for one attempt.
 */
export async function reopen(tx: Tx, item: InboxItem): Promise<void> {
  const key = [item.instance, item.tenant, item.envelopeId];
  await tx.query('select 1 from inbox_lane where instance = $1 and tenant = $2 and lane = $3 for update', [
    item.instance,
    item.tenant,
    item.lane,
  ]);
  const opened = await rows(
    tx,
    isInteraction(item.event)
      ? `update inbox set status = 'waiting', claims = ${CLAIMS_BEFORE_QUARANTINE - 1}, lease_until = clock_timestamp()
          where instance = $1 and tenant = $2 and envelope_id = $3 and status = 'quarantined' returning 1`
      : `update inbox set status = 'done' where instance = $1 and tenant = $2 and envelope_id = $3 and status = 'quarantined' returning 1`,
    key,
  );
  if (opened.length === 0) throw new NotReplayable('It has been handled in the meantime.');
}
