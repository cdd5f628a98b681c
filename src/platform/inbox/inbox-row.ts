import type { ChatEvent } from '@musterhq/chat-port';
import type { InboxItem } from './inbox.types.ts';

/** As the table `inbox` holds it. */
export interface InboxRow {
  readonly instance: string;
  readonly tenant: string;
  readonly lane: string;
  readonly seq: string;
  readonly envelope_id: string;
  readonly occurred_at: Date;
  readonly admitted_at: Date;
  readonly gap_id: string | null;
  readonly body: ChatEvent;
  readonly trace: string | null;
}

export function itemOf(row: InboxRow): InboxItem {
  return {
    instance: row.instance,
    tenant: row.tenant,
    lane: row.lane,
    seq: Number(row.seq),
    envelopeId: row.envelope_id,
    occurredAt: row.occurred_at,
    admittedAt: row.admitted_at,
    gapId: row.gap_id,
    event: row.body,
    trace: row.trace,
  };
}
