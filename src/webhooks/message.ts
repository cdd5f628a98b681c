import type { AsOne } from '#src/people/as-one.service';
import type { LoggedEvent } from '#src/platform/log/event.types';
import { uuidFor } from '#src/platform/log/uuid-for';
import { toWire } from '#src/rooms/rooms.wire';

/** One event, or a test, as a receiver gets it. */
export interface Message {
  /** The same for the same event and webhook, however often it is sent. Never of a number: after a restore another event may have it. */
  readonly id: string;
  readonly type: string;
  readonly body: string;
}

export const messageIdOf = (webhookId: string, { streamId, id }: LoggedEvent): string => uuidFor('webhook', webhookId, streamId, id);

/** With each person as the one they are now, and by which of their accounts the log tells it. */
export async function messageOf(
  asOne: Pick<AsOne, 'readWithAccounts'>,
  webhookId: string,
  told: LoggedEvent,
  number: string,
): Promise<Message> {
  const { event, accounts } = await asOne.readWithAccounts(told);
  const incident = { id: event.streamId, number };
  const data = { incident, seq: event.seq, event: toWire(event), ...(accounts.length > 0 ? { accounts } : {}) };
  return {
    id: messageIdOf(webhookId, event),
    type: event.type,
    body: JSON.stringify({ type: event.type, timestamp: event.at.toISOString(), data }),
  };
}

const TEST = 'webhook.test';

export function testMessage(id: string, webhook: { readonly id: string; readonly name: string }, by: string, now: Date): Message {
  const data = { webhook: { id: webhook.id, name: webhook.name }, by };
  return { id, type: TEST, body: JSON.stringify({ type: TEST, timestamp: now.toISOString(), data }) };
}
