import type { Fault, FileRef, MessageRef, Part, Receipt } from '@musterhq/chat-port';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import type { Next } from './decide.ts';
import type { Delivery, DeliveryStatus, LostAttempt, Operation } from './delivery.types.ts';
import { ABOUT_DIGEST } from './digest-store.ts';

/**
 * Nothing shows that the chat is there: it is doubted, or no look of the detector's came back since an attempt settled whose end nobody
 * knows. A chat that has no such looks, or in which none can be made for now, is believed to be there until calls make a doubt.
 */
const MAY_BE_AWAY = `(d.status = 'unknown' and exists (select 1 from surface_health h where h.instance = m.instance and h.tenant = m.tenant
  and (h.state in ('suspect', 'down') or (h.detector ->> 'blind' is null and to_timestamp((h.detector ->> 'provenAt')::float8 / 1000) <= d.settle_at))))`;

const COLUMNS = `d.id, d.file_id, case when d.operation = 'remove' and d.file_id is not null then (select s.chat_file from delivery s
  where s.mirror_id = d.mirror_id and s.file_id = d.file_id and s.operation = 'send' limit 1) else d.chat_file end as chat_file, d.mirror_id, coalesce(m.incident_id, a.incident_id) as incident_id, m.instance, m.tenant, coalesce(m.room, a.room) as room, m.card, a.mirror_id is not null as is_announcement, d.lane, d.position, d.operation, d.message_id, d.content, d.parts, d.part, d.again,
  d.status, d.attempts, d.unended, d.looks, d.tried_at, d.next_at, d.settle_at, d.fault, d.may_repeat, d.trace, d.thread, d.emoji, d.created_at,
  d.is_digest, ${ABOUT_DIGEST} as digest_id, ${MAY_BE_AWAY} as may_be_away,
  case when d.is_digest or d.operation in ('edit', 'correct', 'remove', 'react', 'pin') then (select coalesce(jsonb_agg(jsonb_build_object(
    'id', c.native_id, 'part', c.part, 'thread', c.thread) order by c.part, c.native_id), '[]') from (
      select * from message_copy where mirror_id = d.mirror_id and file_id = d.file_id
      union all select * from message_copy where mirror_id = d.mirror_id and message_id = d.message_id and (${ABOUT_DIGEST}) is null
      union all select * from message_copy where mirror_id = d.mirror_id and digest_id = ${ABOUT_DIGEST}) c) else '[]' end as copies`;

/** A delivery, its mirror, and what that announces if it is nobody's room. */
const DELIVERY = 'delivery d join mirror m on m.id = d.mirror_id left join announcement a on a.mirror_id = m.id';

/** A mark waits until its message was said, and does not keep others waiting meanwhile. */
const IS_READY = `(d.lane <> 'marks' or not exists (select 1 from delivery s left join delivery g on s.status = 'gathered' and g.id = s.digest_id
  where s.message_id = d.message_id and s.mirror_id = d.mirror_id and s.operation = 'send' and coalesce(g.status, s.status) in ('pending', 'sending', 'unknown')))`;

/** For what no mirror's state says it of: nobody's room is parked, nor is a closed one. */
const IS_NOT_DOWN = `not exists (select 1 from surface_health h where h.instance = m.instance and h.tenant = m.tenant and h.state = 'down')`;

/** A parked mirror says nothing; an announcement waits while its chat is down; one that is catching up speaks once the chat's own history has been read; a closed one has its farewell left, but no card: that would show what has become of it since; an archived one is brought back, if anything. */
const MAY_SPEAK = `(m.state in ('opening', 'suspect') or (m.state = 'open' and (m.incident_id is not null or ${IS_NOT_DOWN}))
  or (m.state = 'closed' and d.operation = 'send' and ${IS_NOT_DOWN}) or (m.state = 'archived' and d.operation = 'upkeep') or (m.state = 'catching-up' and exists
  (select 1 from gap g where g.mirror_id = m.id and g.state = 'posting')))`;

/** Whoever was sent out is out before their going is told, and before every later word. */
const IN_ORDER = 'd.position, d.turn';

/** For what was being said while its room was closed: anything but words is over then, however it ended. */
const unlessClosed = (status: DeliveryStatus): string => `case when operation <> 'send' and exists
  (select 1 from mirror m where m.id = delivery.mirror_id and m.state = 'closed') then 'canceled' else '${status}' end`;

export async function tenantsWithWork(database: Database, instance: string): Promise<string[]> {
  const found = await database.query<{ tenant: string }>(
    `select distinct m.tenant from delivery d join mirror m on m.id = d.mirror_id
      where m.instance = $1 and d.status in ('pending', 'sending', 'unknown')`,
    [instance],
  );
  return found.map(({ tenant }) => tenant);
}

/** The first unfinished delivery of each lane of this tenant, whether it is due or not. A lane waits for its head. */
export async function heads(database: Database, instance: string, tenant: string): Promise<Delivery[]> {
  const found = await database.query<Row>(
    `select distinct on (d.mirror_id, d.lane) ${COLUMNS}
       from ${DELIVERY}
      where m.instance = $1 and m.tenant = $2 and d.status in ('pending', 'sending', 'unknown') and ${MAY_SPEAK}
        and (m.room is not null or a.room is not null or d.operation = 'open-room') and ${IS_READY}
      order by d.mirror_id, d.lane, ${IN_ORDER}`,
    [instance, tenant],
  );
  return found.map(toDelivery);
}

/** The first unfinished delivery of one lane. */
export async function headOf(database: Database, mirrorId: string, lane: Delivery['lane']): Promise<Delivery | null> {
  const [found] = await database.query<Row>(
    `select ${COLUMNS} from ${DELIVERY}
      where d.mirror_id = $1 and d.lane = $2 and d.status in ('pending', 'sending', 'unknown') and ${MAY_SPEAK}
        and (m.room is not null or a.room is not null or d.operation = 'open-room') and ${IS_READY}
      order by ${IN_ORDER} limit 1`,
    [mirrorId, lane],
  );
  return found ? toDelivery(found) : null;
}

/**
 * Commits that we are about to say it, before anything is made of it that could end the process. False: somebody else did,
 * it was edited a moment ago, or the chat is not to be spoken to any more.
 */
export async function claim(database: Database, owner: string, delivery: Delivery, claimMs: number): Promise<boolean> {
  const claimed = await database.query(
    `update delivery d set status = 'sending', attempts = d.attempts + 1, unended = d.unended + 1, looks = 0, settle_at = null, may_repeat = false, tried_at = clock_timestamp(), owner = $2,
            claim_until = clock_timestamp() + $3 * interval '1 millisecond'
       from mirror m where d.id = $1 and d.status = 'pending' and d.operation = $5 and d.part = $4 and d.content is not distinct from $6::jsonb
        and m.id = d.mirror_id and ${MAY_SPEAK} returning 1`,
    [delivery.id, owner, claimMs, delivery.part, delivery.operation, delivery.content ? JSON.stringify(delivery.content) : null],
  );
  return claimed.length > 0;
}

/** What is known of parts besides what they say. Absent: as it was. */
export interface Besides {
  /** What the chat cannot show of it, in words. */
  readonly losses?: readonly string[];
  readonly chatFile?: FileRef;
}

/** Exactly what we are about to say, and where: after a crash the same bytes are looked for there. False when the claim was lost. */
export async function keepParts(
  database: Database,
  owner: string,
  { id }: Delivery,
  parts: readonly (Part | null)[],
  thread: string | null,
  { losses, chatFile }: Besides,
): Promise<boolean> {
  const kept = await database.query(
    `update delivery set parts = $3, thread = $4, losses = coalesce($5, losses), chat_file = coalesce($6, chat_file) where id = $1 and owner = $2 and status = 'sending' returning 1`,
    [id, owner, JSON.stringify(parts), thread, losses ? JSON.stringify(losses) : null, chatFile ? JSON.stringify(chatFile) : null],
  );
  return kept.length > 0;
}

/** Attempts whose owner is gone, or took too long: nobody knows how they ended. */
export async function lostAttempts(database: Database, owner: string, instance: string, tenant: string): Promise<LostAttempt[]> {
  const found = await database.query<Row & { ours: boolean }>(
    `select ${COLUMNS}, d.owner = $3 as ours from ${DELIVERY}
      where m.instance = $1 and m.tenant = $2 and d.status = 'sending' and (d.owner <> $3 or d.claim_until < clock_timestamp())`,
    [instance, tenant, owner],
  );
  return found.map((row) => ({ ...toDelivery(row), isOurs: row.ours }));
}

/**
 * Writes what was decided. One conditional update from `sending` or `unknown`: whoever is first, the response or the
 * echo, wins, and the other finds nothing to do. False: it had been decided already, or it was about an attempt before
 * this one, of which only one thing still counts: that the chat has it.
 */
export async function settle(tx: Tx, delivery: Pick<Delivery, 'id' | 'part' | 'attempts'>, next: Next, hadEnd: boolean): Promise<boolean> {
  const unended = hadEnd ? 0 : 'unended';
  const from = `id = $1 and part = $2 and attempts = $3 and status in ('sending', 'unknown')`;
  const key = [delivery.id, delivery.part, delivery.attempts];
  switch (next.to) {
    case 'sent':
      return sent(tx, delivery, ['sending', 'unknown']);
    case 'pending':
      return one(
        tx,
        `update delivery set status = ${unlessClosed('pending')}, unended = ${unended}, owner = null, next_at = $4, fault = $5,
                parts = case when may_repeat and part = 0 then null else parts end where ${from} returning 1`,
        [...key, new Date(next.at), json(next.fault)],
      );
    case 'unknown':
      return one(
        tx,
        `update delivery set status = ${unlessClosed('unknown')}, unended = ${unended}, looks = case when status = 'unknown' then looks + $7 else 0 end, owner = null,
                next_at = $4, settle_at = $5, fault = coalesce($6, fault) where ${from} returning 1`,
        [...key, new Date(next.lookAt), new Date(next.settleAt), json(next.fault), next.uncounted ? 0 : 1],
      );
    case 'apart':
      return one(
        tx,
        `update delivery set status = 'canceled', owner = null, ended_at = clock_timestamp(), fault = coalesce($4, fault) where ${from} returning 1`,
        [...key, json(next.fault)],
      );
    case 'refused':
    case 'needs-a-person':
      return one(
        tx,
        `update delivery set status = $4, owner = null, ended_at = clock_timestamp(), fault = coalesce($5, fault) where ${from} returning 1`,
        [...key, next.to, json(next.fault)],
      );
  }
}

/** The chat has it, whatever we had come to believe: that it is to be said again, or that nobody can tell. */
export const settleByEcho = (tx: Tx, key: Pick<Delivery, 'id' | 'part'>): Promise<boolean> =>
  sent(tx, key, ['pending', 'sending', 'unknown', 'needs-a-person', 'refused']);

/** A further part goes on from the beginning, at the head of the same lane. What a digest holds was said when all of it was. */
function sent(tx: Tx, { id, part }: Pick<Delivery, 'id' | 'part'>, from: readonly DeliveryStatus[]): Promise<boolean> {
  const hasMore = 'part + 1 < coalesce(jsonb_array_length(parts), 1)';
  return one(
    tx,
    `with said as (
     update delivery set status = case when ${hasMore} then 'pending' else 'sent' end, ended_at = case when ${hasMore} then null else clock_timestamp() end,
            part = case when ${hasMore} then part + 1 else part end, unended = 0, owner = null, fault = null, settle_at = null, next_at = clock_timestamp()
      where id = $1 and part = $2 and status = any($3) returning id, status, is_digest, ended_at),
     gathered as (
       update delivery d set status = 'sent', ended_at = said.ended_at from said
        where said.is_digest and said.status = 'sent' and d.digest_id = said.id and d.status = 'gathered')
     select 1 from said`,
    [id, part, from],
  );
}

/** It cannot be done in this chat, so it is said instead. False: it is under way, or ended. */
export async function sayInstead(tx: Tx, { id }: Pick<Delivery, 'id'>, from: DeliveryStatus): Promise<boolean> {
  return one(
    tx,
    `update delivery set operation = 'correct', status = 'pending', parts = null, part = 0, owner = null, ended_at = null, next_at = clock_timestamp()
      where id = $1 and status = $2 and operation in ('edit', 'remove') returning 1`,
    [id, from],
  );
}

/** The thread it was meant for is gone; nobody's words are lost for that. */
export async function sayInTheOpen(tx: Tx, { id }: Pick<Delivery, 'id'>): Promise<void> {
  await tx.query(
    `update delivery set thread = null, status = 'pending', owner = null, ended_at = null, next_at = clock_timestamp()
      where id = $1 and status = 'refused' and operation in ('send', 'correct')`,
    [id],
  );
}

/** There was nothing to bring up to date any more. */
export async function sayCardAnew(tx: Tx, { id }: Pick<Delivery, 'id'>): Promise<void> {
  await tx.query(
    `update delivery set status = 'pending', part = 0, owner = null, ended_at = null, fault = null, next_at = clock_timestamp() where id = $1 and status = 'refused'`,
    [id],
  );
}

/** Refused only because its room is shut for now: it keeps its place and waits. False when that room is open, or gone for good. */
export async function putBackInLane(tx: Tx, { id }: Pick<Delivery, 'id'>): Promise<boolean> {
  return one(
    tx,
    `update delivery set status = 'pending', owner = null, ended_at = null, next_at = clock_timestamp()
      where id = $1 and status = 'refused' and exists (select 1 from mirror m where m.id = delivery.mirror_id and m.state in ('archived', 'shut-out', 'parked')) returning 1`,
    [id],
  );
}

/** Which message of the chat is which of ours, or which digest, and in which thread it stands. */
export async function rememberCopy(
  tx: Tx,
  mirrorId: string,
  native: NativeMessage,
  messageId: string | null,
  part: number,
  digestId: string | null = null,
  fileId: string | null = null,
): Promise<void> {
  const thread = native.thread === undefined || native.thread === native.id ? null : native.thread;
  await tx.query(
    'insert into message_copy (mirror_id, native_id, message_id, part, thread, permalink, digest_id, file_id, said_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing',
    [mirrorId, native.id, messageId, part, thread, native.permalink ?? null, digestId, fileId, native.saidAt ?? null],
  );
}

/** Where a person can look at it, when its echo had been faster than the answer that tells so. */
export async function rememberPermalink(tx: Tx, mirrorId: string, { message, permalink }: Receipt): Promise<void> {
  if (permalink === undefined) return;
  await tx.query('update message_copy set permalink = $3 where mirror_id = $1 and native_id = $2 and permalink is null', [
    mirrorId,
    message.id,
    permalink,
  ]);
}

/** `saidAt`: the chat's own time of what somebody said there. */
export type NativeMessage = Pick<MessageRef, 'id' | 'thread'> & Pick<Receipt, 'permalink'> & { readonly saidAt?: Date };

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
  is_announcement: boolean;
  lane: Delivery['lane'];
  position: string;
  operation: Operation;
  message_id: string | null;
  file_id: string | null;
  chat_file: FileRef | null;
  content: Delivery['content'];
  parts: Delivery['parts'];
  part: number;
  again: number[] | null;
  status: DeliveryStatus;
  attempts: number;
  unended: number;
  looks: number;
  created_at: Date;
  tried_at: Date | null;
  next_at: Date;
  settle_at: Date | null;
  fault: Fault | null;
  may_repeat: boolean;
  may_be_away: boolean;
  trace: string | null;
  thread: string | null;
  emoji: string | null;
  is_digest: boolean;
  digest_id: string | null;
  copies: Delivery['copies'];
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
    isAnnouncement: row.is_announcement,
    lane: row.lane,
    position: Number(row.position),
    operation: row.operation,
    messageId: row.message_id,
    fileId: row.file_id,
    chatFile: row.chat_file,
    content: row.content,
    parts: row.parts,
    part: row.part,
    again: row.again,
    status: row.status,
    attempts: row.attempts,
    unended: row.unended,
    looks: row.looks,
    queuedAt: row.created_at,
    triedAt: row.tried_at,
    nextAt: row.next_at,
    settleAt: row.settle_at,
    fault: row.fault,
    mayRepeat: row.may_repeat,
    mayBeAway: row.may_be_away,
    trace: row.trace,
    thread: row.thread,
    emoji: row.emoji,
    isDigest: row.is_digest,
    digestId: row.digest_id,
    copies: row.copies,
  };
}
