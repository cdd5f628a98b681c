import type { ChatEvent } from '@musterhq/chat-port';
import { storableJson } from '#src/platform/database/storable';
import { type Tx, rows } from '#src/platform/database/database';
import type { InboxItem } from './inbox.types.ts';

type Asked = Extract<ChatEvent, { type: 'command' }>;

/**
 * What was heard is a question to Muster as well: it is kept as an interaction of its own, and answered as one whose process died, by
 * whoever finds it next. Once, however often it is heard. False when it was asked before.
 */
export async function askLater(tx: Tx, item: InboxItem, event: Asked): Promise<boolean> {
  const asked = await rows(
    tx,
    `insert into inbox (instance, tenant, envelope_id, lane, seq, kind, occurred_at, gap_id, body, trace, lease_until)
     values ($1, $2, $3, $3, 0, 'interaction', $4, $5, $6, $7, clock_timestamp()) on conflict (instance, tenant, envelope_id) do nothing returning 1`,
    [item.instance, item.tenant, event.via.id, item.occurredAt, item.gapId, storableJson(event), item.trace],
  );
  return asked.length > 0;
}
