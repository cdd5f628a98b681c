import type { Content } from '@musterhq/chat-port';
import { uuidv7 } from 'uuidv7';
import { type Tx, afterCommit } from '#src/platform/database/database';
import { currentTrace } from '#src/platform/logging/trace';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Operation } from './delivery.types.ts';

export interface ToDeliver {
  readonly mirrorId: string;
  /** The number of the event it follows from: what is said first in the log is said first in the chat. */
  readonly position: number;
  readonly operation: Operation;
  readonly messageId?: string;
  /** Absent for a card: its content is made when it goes out, so the newest state wins. */
  readonly content?: Content;
}

/** Adds to a mirror's lane. Adding the same position again changes nothing, so a follower may run again. */
export async function enqueue(tx: Tx, doorbell: Doorbell, ask: ToDeliver): Promise<void> {
  const lane = ask.operation === 'card' ? 'card' : 'room';
  if (lane === 'card') {
    await tx.query(
      `update delivery set status = 'canceled', ended_at = clock_timestamp() where mirror_id = $1 and lane = 'card' and status = 'pending' and attempts = 0`,
      [ask.mirrorId],
    );
  }
  await tx.query(
    `insert into delivery (id, mirror_id, lane, position, operation, message_id, content, trace) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict on constraint delivery_once do nothing`,
    [
      uuidv7(),
      ask.mirrorId,
      lane,
      ask.position,
      ask.operation,
      ask.messageId ?? null,
      ask.content ? JSON.stringify(ask.content) : null,
      currentTrace(),
    ],
  );
  afterCommit(tx, () => doorbell.ring({ topic: 'deliveries', id: ask.mirrorId }));
}
