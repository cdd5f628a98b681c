import type { Fault, Part } from '@musterhq/chat-port';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import { PROCESS_ID } from '#src/platform/loops/process-id';
import { type Next, UNENDED_BEFORE_ASIDE } from './decide.ts';
import type { Delivery, DeliveryStatus, Operation } from './delivery.types.ts';

const COLUMNS = `d.id, d.mirror_id, m.incident_id, m.instance, m.tenant, m.room, m.card, d.lane, d.operation, d.message_id, d.content, d.parts, d.part,
  d.status, d.attempts, d.unended, d.looks, d.tried_at, d.next_at, d.settle_at, d.fault, d.trace`;

/** A parked mirror says nothing; one that is catching up speaks once the chat's own history has been read; a closed one has its farewell left. */
const MAY_SPEAK = `(m.state in ('opening', 'open', 'suspect', 'closed') or (m.state = 'catching-up' and exists
  (select 1 from gap g where g.mirror_id = m.id and g.state = 'posting')))`;

/** The first unfinished delivery of each lane of this tenant, whether it is due or not. A lane waits for its head. */
export async function heads(database: Database, instance: string, tenant: string): Promise<Delivery[]> {
  const found = await database.query<Row>(
    `select distinct on (d.mirror_id, d.lane) ${COLUMNS}
       from delivery d join mirror m on m.id = d.mirror_id
      where m.instance = $1 and m.tenant = $2 and d.status in ('pending', 'sending', 'unknown') and ${MAY_SPEAK}
        and (m.room is not null or d.operation = 'open-room')
      order by d.mirror_id, d.lane, d.position`,
    [instance, tenant],
  );
  return found.map(toDelivery);
}

/** The first unfinished delivery of one lane. */
export async function headOf(database: Database, mirrorId: string, lane: Delivery['lane']): Promise<Delivery | null> {
  const [found] = await database.query<Row>(
    `select ${COLUMNS} from delivery d join mirror m on m.id = d.mirror_id
      where d.mirror_id = $1 and d.lane = $2 and d.status in ('pending', 'sending', 'unknown') and ${MAY_SPEAK}
        and (m.room is not null or d.operation = 'open-room')
      order by d.position limit 1`,
    [mirrorId, lane],
  );
  return found ? toDelivery(found) : null;
}

/** Commits that we are about to say it, before anything is made of it that could end the process. False: somebody else did, or the chat is not to be spoken to any more. */
export async function claim(database: Database, delivery: Delivery, claimMs: number): Promise<boolean> {
  const claimed = await database.query(
    `update delivery d set status = 'sending', attempts = d.attempts + 1, unended = d.unended + 1, looks = 0, settle_at = null, tried_at = clock_timestamp(), owner = $2,
            claim_until = clock_timestamp() + $3 * interval '1 millisecond'
       from mirror m where d.id = $1 and d.status = 'pending' and d.part = $4 and m.id = d.mirror_id and ${MAY_SPEAK} returning 1`,
    [delivery.id, PROCESS_ID, claimMs, delivery.part],
  );
  return claimed.length > 0;
}

/** Exactly what we are about to say: after a crash the same bytes are looked for. False when the claim was lost. */
export async function keepParts(database: Database, { id }: Delivery, parts: readonly Part[]): Promise<boolean> {
  const kept = await database.query(`update delivery set parts = $3 where id = $1 and owner = $2 and status = 'sending' returning 1`, [
    id,
    PROCESS_ID,
    JSON.stringify(parts),
  ]);
  return kept.length > 0;
}

/** Attempts whose owner is gone, or took too long: nobody knows how they ended. */
export async function lostAttempts(database: Database, instance: string, tenant: string): Promise<Delivery[]> {
  const found = await database.query<Row>(
    `select ${COLUMNS} from delivery d join mirror m on m.id = d.mirror_id
      where m.instance = $1 and m.tenant = $2 and d.status = 'sending' and (d.owner <> $3 or d.claim_until < clock_timestamp())`,
    [instance, tenant, PROCESS_ID],
  );
  return found.map(toDelivery);
}

/**
 * Writes what was decided. One conditional update from `sending` or `unknown`: whoever is first, the response or the
 * echo, wins, and the other finds nothing to do. False: it had been decided already.
 */
export async function settle(tx: Tx, delivery: Pick<Delivery, 'id' | 'part'>, next: Next, hadEnd: boolean): Promise<boolean> {
  const unended = hadEnd ? 0 : 'unended';
  const from = `id = $1 and part = $2 and status in ('sending', 'unknown')`;
  const key = [delivery.id, delivery.part];
  switch (next.to) {
    case 'sent':
      return sent(tx, delivery, ['sending', 'unknown']);
    case 'pending':
      return one(
        tx,
        `update delivery set status = 'pending', unended = ${unended}, owner = null, next_at = $3, fault = $4 where ${from} returning 1`,
        [...key, new Date(next.at), json(next.fault)],
      );
    case 'unknown':
      return one(
        tx,
        `update delivery set status = 'unknown', unended = ${unended}, looks = case when status = 'unknown' then looks + 1 else 0 end, owner = null,
                next_at = $3, settle_at = $4, fault = coalesce($5, fault) where ${from} returning 1`,
        [...key, new Date(next.lookAt), new Date(next.settleAt), json(next.fault)],
      );
    case 'refused':
    case 'needs-a-person':
      return one(
        tx,
        `update delivery set status = $3, owner = null, ended_at = clock_timestamp(), fault = coalesce($4, fault) where ${from} returning 1`,
        [...key, next.to, json(next.fault)],
      );
  }
}

/** The chat has it, whatever we had come to believe: that it is to be said again, or that nobody can tell. */
export const settleByEcho = (tx: Tx, key: Pick<Delivery, 'id' | 'part'>): Promise<boolean> =>
  sent(tx, key, ['pending', 'sending', 'unknown', 'needs-a-person', 'refused']);

/** A further part goes on from the beginning, at the head of the same lane. */
function sent(tx: Tx, { id, part }: Pick<Delivery, 'id' | 'part'>, from: readonly DeliveryStatus[]): Promise<boolean> {
  const hasMore = 'part + 1 < coalesce(jsonb_array_length(parts), 1)';
  return one(
    tx,
    `update delivery set status = case when ${hasMore} then 'pending' else 'sent' end, ended_at = case when ${hasMore} then null else clock_timestamp() end,
            part = case when ${hasMore} then part + 1 else part end, unended = 0, owner = null, fault = null, settle_at = null, next_at = clock_timestamp()
      where id = $1 and part = $2 and status = any($3) returning 1`,
    [id, part, from],
  );
}

/** Says again what was given up, for one attempt; in its place of the lane, so before what still waits there. False when it was said after all. */
export async function sayAgain(tx: Tx, id: string): Promise<boolean> {
  return one(
    tx,
    `update delivery set status = 'pending', unended = ${UNENDED_BEFORE_ASIDE - 1}, owner = null, settle_at = null, ended_at = null, next_at = clock_timestamp()
      where id = $1 and status = 'needs-a-person' returning 1`,
    [id],
  );
}

/** Which message of the chat is which of ours. */
export async function rememberCopy(tx: Tx, mirrorId: string, nativeId: string, messageId: string | null, part: number): Promise<void> {
  await tx.query('insert into message_copy (mirror_id, native_id, message_id, part) values ($1, $2, $3, $4) on conflict do nothing', [
    mirrorId,
    nativeId,
    messageId,
    part,
  ]);
}

async function one(tx: Tx, sql: string, values: readonly unknown[]): Promise<boolean> {
  return (await rows(tx, sql, values)).length > 0;
}

const json = (fault: Fault | null): string | null => (fault ? JSON.stringify(fault) : null);

interface Row {
  id: string;
  mirror_id: string;
  incident_id: string;
  instance: string;
  tenant: string;
  room: string | null;
  card: string | null;
  lane: Delivery['lane'];
  operation: Operation;
  message_id: string | null;
  content: Delivery['content'];
  parts: Delivery['parts'];
  part: number;
  status: DeliveryStatus;
  attempts: number;
  unended: number;
  looks: number;
  tried_at: Date | null;
  next_at: Date;
  settle_at: Date | null;
  fault: Fault | null;
  trace: string | null;
}

function toDelivery(row: Row): Delivery {
  return {
    id: row.id,
    mirrorId: row.mirror_id,
    incidentId: row.incident_id,
    instance: row.instance,
    tenant: row.tenant,
    room: row.room,
    card: row.card,
    lane: row.lane,
    operation: row.operation,
    messageId: row.message_id,
    content: row.content,
    parts: row.parts,
    part: row.part,
    status: row.status,
    attempts: row.attempts,
    unended: row.unended,
    looks: row.looks,
    triedAt: row.tried_at,
    nextAt: row.next_at,
    settleAt: row.settle_at,
    fault: row.fault,
    trace: row.trace,
  };
}
