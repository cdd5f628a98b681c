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
  /** The file of the room that it shows, or takes away. */
  readonly fileId?: string;
  /** The digest that it changes. */
  readonly digestId?: string;
  /** It may wait so long for what comes after it, which then is said instead: nobody waits for it. */
  readonly calmMs?: number;
}

/** Adds to a mirror's lane. Adding the same position again changes nothing, so a follower may run again. */
export async function enqueue(tx: Tx, doorbell: Doorbell, ask: ToDeliver): Promise<void> {
  const lane = laneOf(ask.operation);
  // However much comes, what waits goes out when the first of it would have.
  const [overtaken] = lane === 'card' ? await overtake(tx, ask.mirrorId) : [];
  await tx.query(
    `insert into delivery (id, mirror_id, lane, position, operation, message_id, content, emoji, trace, turn, digest_id, file_id, next_at)
     select $1, m.id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, least($13::timestamptz, clock_timestamp() + make_interval(secs => $14 / coalesce(c.pace, 1)))
       from mirror m left join chat_instance c on c.id = m.instance where m.id = $2
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
      ask.fileId ?? null,
      overtaken?.next_at ?? null,
      (ask.calmMs ?? 0) / 1_000,
    ],
  );
  afterCommit(tx, () => doorbell.ring({ topic: 'deliveries', id: ask.mirrorId }));
}

/** What a newer state makes needless. */
const overtake = (tx: Tx, mirrorId: string): Promise<{ next_at: Date }[]> =>
  rows(
    tx,
    `update delivery set status = 'canceled', ended_at = clock_timestamp() where mirror_id = $1 and lane = 'card' and status = 'pending' and attempts = 0 returning next_at`,
    [mirrorId],
  );

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

/** What changes again and again within so long is done once. */
const CALM_MS = 5_000;

/**
 * Sees to a mirror's room: soon, or when what changes has come to rest. What waits to be done already is done then, as things
 * stand at that moment. It follows from no event: the order among its steps is that of asking, and of two who ask at the same
 * moment neither waits for the other. A room that is given up is left as it is.
 */
export async function queueUpkeep(tx: Tx, mirrorId: string, when: 'now' | 'calmly'): Promise<void> {
  await tx.query(
    `with waiting as (update delivery set status = 'canceled', ended_at = clock_timestamp()
       where mirror_id = $1 and lane = 'upkeep' and status = 'pending' and attempts = 0 returning next_at)
     insert into delivery (id, mirror_id, lane, position, operation, trace, turn, next_at)
     select $2, m.id, 'upkeep', nextval('upkeep_order'), 'upkeep', $3, 0,
            least((select min(next_at) from waiting), clock_timestamp() + $4 * interval '1 millisecond' / coalesce((select c.pace from chat_instance c where c.id = m.instance), 1))
       from mirror m where m.id = $1 and m.state not in ('closed', 'failed')`,
    [mirrorId, uuidv7(), currentTrace(), when === 'now' ? 0 : CALM_MS],
  );
}

/** What a chat was to be told of a file. `unsaid`: it never will be, for nobody has seen it yet; null: it was not to be told. */
export async function takeFileBack(tx: Tx, mirrorId: string, fileId: string): Promise<'unsaid' | 'said' | null> {
  const [file] = await rows<{ canceled: boolean }>(
    tx,
    `update delivery set status = case when status = 'pending' and attempts = 0 then 'canceled' else status end,
            ended_at = case when status = 'pending' and attempts = 0 then clock_timestamp() else ended_at end
      where mirror_id = $1 and file_id = $2 and operation = 'send' returning status = 'canceled' as canceled`,
    [mirrorId, fileId],
  );
  return file ? (file.canceled ? 'unsaid' : 'said') : null;
}

function laneOf(operation: Operation): Lane {
  if (operation === 'card' || operation === 'upkeep') return operation;
  return operation === 'react' || operation === 'pin' ? 'marks' : 'room';
}
