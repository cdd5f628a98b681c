import { type Tx, rows } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import { MUSTER } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { recordChange } from '#src/platform/log/organisation-log';
import { handledElsewhere, putAside } from '#src/platform/quarantine/quarantine';
import { startAnew } from './lanes.ts';
import { MOST_ATTEMPTS } from './decide.ts';
import type { Off, WebhookId } from './webhooks.types.ts';

/**
 * Muster itself sends nothing more to it, and says so in the audit. What it gave up lies aside besides, for an admin to
 * decide about; a receiver that said it is gone wanted just that.
 */
export async function switchOffByItself(
  tx: Tx,
  log: StreamLog,
  { id, name }: { readonly id: WebhookId; readonly name: string },
  why: Exclude<Off, 'person' | 'restored'>,
  problem: string,
): Promise<void> {
  const switched = await rows(tx, 'update webhook set off = $2, off_at = clock_timestamp() where id = $1 and off is null returning 1', [
    id,
    why,
  ]);
  if (switched.length === 0) return;
  if (why === 'failed') await putAside(tx, log, { kind: 'webhook', key: [id], problem, tries: MOST_ATTEMPTS });
  const data = { what: name, before: { on: true }, after: { on: false, why, problem } };
  await recordChange(tx, log, { type: 'webhook.switched-off', by: null, via: MUSTER, data });
}

/** It goes on where it stopped, at once. What lay aside of it is decided by that. False: it was on. */
export async function switchOn(tx: Tx, doorbell: Doorbell, id: WebhookId): Promise<boolean> {
  const switched = await rows(tx, 'update webhook set off = null, off_at = null where id = $1 and off is not null returning 1', [id]);
  if (switched.length === 0) return false;
  await startAnew(tx, doorbell, id);
  return true;
}

/** Somebody decided about it where webhooks are looked after, so nobody needs to at /operations. */
export const notAsideAnyMore = (tx: Tx, id: WebhookId, outcome: string): Promise<void> => handledElsewhere(tx, 'webhook', [id], outcome);
