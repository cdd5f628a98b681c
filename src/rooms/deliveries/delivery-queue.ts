import type { Content } from '@musterhq/chat-port';
import { uuidv7 } from 'uuidv7';
import { type Tx, afterCommit, rows } from '#src/platform/database/database';
import { currentTrace } from '#src/platform/logging/trace';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Lane, Operation } from './delivery.types.ts';
import { scatter } from './digest-store.ts';

export interface ToDeliver {
  readonly mirrorId: string;
  /** The number of the event it follows from: what is said first in the log is said first in the chat. */
  readonly position: number;
  readonly operation: Operation;
  readonly messageId?: string;
  /** Absent for what is made when it goes out, so that the newest state wins. */
  readonly content?: Content;
  readonly emoji?: string;
  /** The digest that it changes. */
  readonly digestId?: string;
}

/** Adds to a mirror's lane. Adding the same position again changes nothing, so a follower may run again. */
export async function enqueue(tx: Tx, doorbell: Doorbell, ask: ToDeliver): Promise<void> {
  const lane = laneOf(ask.operation);
  if (lane === 'card') {
    await tx.query(
      `update delivery set status = 'canceled', ended_at = clock_timestamp() where mirror_id = $1 and lane = 'card' and status = 'pending' and attempts = 0`,
      [ask.mirrorId],
    );
  }
  await tx.query(
    `insert into delivery (id, mirror_id, lane, position, operation, message_id, content, emoji, trace, turn, digest_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict on constraint delivery_once do nothing`,
    [
      uuidv7(),
      ask.mirrorId,
      lane,
      ask.position,
      ask.operation,
      ask.messageId ?? null,
      ask.content ? JSON.stringify(ask.content) : null,
      ask.emoji ?? null,
      currentTrace(),
      ask.operation === 'members' ? 0 : 1,
      ask.digestId ?? null,
    ],
  );
  afterCommit(tx, () => doorbell.ring({ topic: 'deliveries', id: ask.mirrorId }));
}

/** Not tried yet, so nobody has seen it and it can still become something else. */
const UNTOUCHED = `mirror_id = $1 and message_id = $2 and status = 'pending' and attempts = 0`;

/** A message that is edited before it was said is said as it reads now. False: it was, or is being said. */
export async function replaceUnsaid(tx: Tx, mirrorId: string, messageId: string, content: Content): Promise<boolean> {
  await scatter(tx, mirrorId, messageId);
  const replaced = await rows(
    tx,
    `update delivery set content = $3 where ${UNTOUCHED} and operation = 'send' and parts is null returning 1`,
    [mirrorId, messageId, JSON.stringify(content)],
  );
  return replaced.length > 0;
}

/** Forgets what nobody needs to be told any more; answers what that was. */
export async function cancelUnsaid(tx: Tx, mirrorId: string, messageId: string, ...of: readonly Operation[]): Promise<Operation[]> {
  if (of.includes('send')) await scatter(tx, mirrorId, messageId);
  const canceled = await rows<{ operation: Operation }>(
    tx,
    `update delivery set status = 'canceled', ended_at = clock_timestamp() where ${UNTOUCHED} and operation = any($3) returning operation`,
    [mirrorId, messageId, of],
  );
  return canceled.map(({ operation }) => operation);
}

function laneOf(operation: Operation): Lane {
  if (operation === 'card') return 'card';
  return operation === 'react' || operation === 'pin' ? 'marks' : 'room';
}
