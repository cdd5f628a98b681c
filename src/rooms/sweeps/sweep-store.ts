import type { Receipt } from '@musterhq/chat-port';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import type { StreamLog } from '#src/platform/log/log';
import { putAside } from '#src/platform/quarantine/quarantine';
import type { Delivery } from '../deliveries/delivery.types.ts';
import type { RoomToSweep, Swept, Unswept } from './sweep.types.ts';

/** From being said to the first look; looks are gathered, so that one reading of a busy room serves those of so long. */
export const FIRST_MS = 120_000;
export const GATHER_MS = 30_000;
/** What a chat has lost so often is for a person to decide. */
export const LOST_BEFORE_ASIDE = 3;
const MOST = 2_000;
/** All waits in a chat are divided by it. */
const PACE = 'cross join lateral (select coalesce((select ci.pace from chat_instance ci where ci.id = m.instance), 1) as here) pace';

type Said = Pick<Delivery, 'id' | 'part' | 'mirrorId'>;

/**
 * It is looked for later. `seen`: the chat has shown it to us. Where it is known by the chat's name for it before it is
 * known to have been said, somebody has taken it away already: so it was there. Nothing more is said in a closed room.
 */
export async function sweepLater(
  tx: Tx,
  { id, part, mirrorId }: Said,
  { message, at }: Pick<Receipt, 'message' | 'at'>,
  seen: boolean,
): Promise<void> {
  const thread = message.thread === undefined || message.thread === message.id ? null : message.thread;
  await tx.query(
    `insert into unswept (delivery_id, part, mirror_id, native_id, thread, at, said_at, seen, due_at)
     select $1, $2, m.id, $4, $5, $6, clock_timestamp(), $7 or exists (select 1 from message_copy c where c.mirror_id = m.id and c.native_id = $4),
            date_bin(gather.lasts, clock_timestamp(), 'epoch') + gather.lasts + make_interval(secs => $8 / pace.here)
       from mirror m
            ${PACE}
            cross join lateral (select make_interval(secs => greatest($9 / pace.here, 0.001)) as lasts) gather
      where m.id = $3 and m.state <> 'closed'
     on conflict (delivery_id, part) do update set seen = unswept.seen or excluded.seen, native_id = coalesce(unswept.native_id, excluded.native_id)`,
    [id, part, mirrorId, message.id, thread, new Date(at), seen, FIRST_MS / 1_000, GATHER_MS / 1_000],
  );
}

/** Nobody could tell whether the chat has it: its history will, once it can be read. Not for ever: what comes back each time is for a person. */
export async function sweepDoubtful(
  tx: Tx,
  { id, part, mirrorId, triedAt, thread }: Said & Pick<Delivery, 'triedAt' | 'thread'>,
): Promise<void> {
  await tx.query(
    `insert into unswept (delivery_id, part, mirror_id, native_id, thread, at, said_at, seen, due_at)
     select $1, $2, m.id, null, $4, coalesce($5, clock_timestamp()), clock_timestamp(), false, clock_timestamp() + make_interval(secs => $6 / pace.here)
       from mirror m
            ${PACE}
      where m.id = $3 and m.state <> 'closed' and exists (select 1 from delivery d where d.id = $1 and d.lost + 1 < $7)
     on conflict (delivery_id, part) do nothing`,
    [id, part, mirrorId, thread, triedAt, FIRST_MS / 1_000, LOST_BEFORE_ASIDE],
  );
}

/** The chat has shown it to us. */
export async function saw(tx: Tx, { id, part }: Pick<Said, 'id' | 'part'>): Promise<void> {
  await tx.query('update unswept set seen = true where delivery_id = $1 and part = $2 and not seen', [id, part]);
}

/** It was there, and somebody took it away. */
export async function sawGo(tx: Tx, mirrorId: string, nativeId: string): Promise<void> {
  await tx.query('update unswept set seen = true where mirror_id = $1 and native_id = $2 and not seen', [mirrorId, nativeId]);
}

/** While a chat is in doubt, or what was missed of it is being read, absence proves nothing. */
export function roomsToSweep(database: Database, instance: string): Promise<RoomToSweep[]> {
  return database.query<RoomToSweep>(
    `select m.id as "mirrorId", m.tenant, coalesce(m.room, a.room) as room from (select distinct mirror_id from unswept where due_at <= clock_timestamp()) u
       join mirror m on m.id = u.mirror_id left join announcement a on a.mirror_id = m.id
      where m.instance = $1 and m.state = 'open' and coalesce(m.room, a.room) is not null
        and not exists (select 1 from gap g where g.mirror_id = m.id and g.state <> 'closed')
      order by m.id`,
    [instance],
  );
}

/** Nothing but a person brings it on: not even that a part of it in doubt is looked for. */
const IS_LEFT = `exists (select 1 from delivery d where d.id = u.delivery_id and d.status in ('needs-a-person', 'refused'))
  and not exists (select 1 from unswept o where o.delivery_id = u.delivery_id and o.native_id is null)`;

export function unsweptIn(database: Database, mirrorId: string): Promise<Unswept[]> {
  return database.query<Unswept>(
    `select delivery_id as "deliveryId", part, thread, native_id is null as "isDoubtful", at, said_at as "saidAt", seen, looks, ${IS_LEFT} as "isLeft"
       from unswept u where mirror_id = $1 and due_at <= clock_timestamp() order by at, delivery_id, part limit ${MOST}`,
    [mirrorId],
  );
}

/** A person has decided: what was looked for more and more rarely meanwhile is looked for now. */
export async function lookNow(tx: Tx, deliveryIds: readonly string[]): Promise<void> {
  await tx.query(
    `update unswept u set due_at = clock_timestamp() from mirror m ${PACE}
      where u.delivery_id = any($1) and m.id = u.mirror_id and u.looks = 0 and u.native_id is not null
        and u.due_at > u.said_at + make_interval(secs => $2 / pace.here)`,
    [deliveryIds, (FIRST_MS + GATHER_MS) / 1_000],
  );
}

const THESE = '(delivery_id, part) in (select * from unnest($1::uuid[], $2::smallint[]))';
const these = (some: readonly Unswept[]): [string[], number[]] => [some.map(({ deliveryId }) => deliveryId), some.map(({ part }) => part)];

export async function holdDeliveries(tx: Tx, some: readonly Unswept[]): Promise<void> {
  if (some.length === 0) return;
  await tx.query('select 1 from delivery where id = any($1) order by id for no key update', [some.map(({ deliveryId }) => deliveryId)]);
}

export async function giveUp(tx: Tx, some: readonly Unswept[]): Promise<void> {
  if (some.length > 0) await tx.query(`delete from unswept where ${THESE}`, these(some));
}

export async function lookAgain(tx: Tx, again: Swept['again']): Promise<void> {
  if (again.length === 0) return;
  await tx.query(
    `update unswept u set due_at = x.due_at, looks = x.looks, seen = u.seen or x.found
       from unnest($1::uuid[], $2::smallint[], $3::timestamptz[], $4::smallint[], $5::boolean[]) as x(delivery_id, part, due_at, looks, found)
      where u.delivery_id = x.delivery_id and u.part = x.part`,
    [...these(again.map(({ one }) => one)), again.map(({ at }) => at), again.map(({ looks }) => looks), again.map(({ found }) => found)],
  );
}

/** What stood there besides is gone: whatever is done to the message from now on is done to the one that was kept. */
export async function keepFirst(tx: Tx, mirrorId: string, removed: string, kept: string): Promise<void> {
  await tx.query(
    `insert into message_copy (mirror_id, native_id, message_id, part, thread, digest_id)
     select mirror_id, $3, message_id, part, thread, digest_id from message_copy where mirror_id = $1 and native_id = $2 on conflict do nothing`,
    [mirrorId, removed, kept],
  );
  await tx.query('update mirror set card = $3 where id = $1 and card = $2', [mirrorId, removed, kept]);
  await forget(tx, mirrorId, [removed]);
}

async function forget(tx: Tx, mirrorId: string, natives: readonly string[]): Promise<void> {
  await tx.query('delete from message_copy where mirror_id = $1 and native_id = any($2)', [mirrorId, natives]);
}

/**
 * The chat said that it had it, and it was never there: it is said again, as it reads now, before what still waits in its
 * lane. Not what is not to be said any more, was taken back in the room, or shown to us meanwhile, and no nudge: it asked then, and the next one asks again; not where the chat is in doubt by now; and later, where
 * further parts of it are being said. Whoever closes the room waits, and cancels it then.
 */
export async function lose(tx: Tx, log: StreamLog, mirrorId: string, lost: readonly Unswept[], retryAt: Date): Promise<void> {
  await tx.query(`update unswept set due_at = $3 where ${THESE}`, [...these(lost), retryAt]);
  const [open] = await rows(tx, `select 1 from mirror where id = $1 and state = 'open' for share`, [mirrorId]);
  if (!open) return;
  for (const deliveryId of new Set(lost.map((one) => one.deliveryId))) {
    const parts = lost.filter((one) => one.deliveryId === deliveryId).map(({ part }) => part);
    const gone = await rows<{ part: number; nativeId: string }>(
      tx,
      `delete from unswept where delivery_id = $1 and part = any($2) and not seen
         and exists (select 1 from delivery where id = $1 and status in ('sent', 'canceled')) returning part, native_id as "nativeId"`,
      [deliveryId, parts],
    );
    if (gone.length === 0) continue;
    const natives = gone.map(({ nativeId }) => nativeId);
    await forget(tx, mirrorId, natives);
    await tx.query('update mirror set card = null where id = $1 and card = any($2)', [mirrorId, natives]);
    await sayLostAgain(
      tx,
      log,
      deliveryId,
      gone.map(({ part }) => part).sort((a, b) => a - b),
    );
  }
}

/** What was edited since is said as it was edited. Where all of it was lost, it is written anew: it says when it was written. */
async function sayLostAgain(tx: Tx, log: StreamLog, deliveryId: string, parts: readonly number[]): Promise<void> {
  const [again] = await rows<{ status: string; attempts: number }>(
    tx,
    `update delivery d set status = case when d.lost + 1 < $3 then 'pending' else 'needs-a-person' end, lost = d.lost + 1,
            content = coalesce(e.content, d.content), parts = case when w.whole then null else coalesce(e.parts, d.parts) end,
            again = case when w.whole then null else $2::smallint[] end, part = $4, unended = 0, looks = 0, owner = null, settle_at = null,
            next_at = clock_timestamp(), ended_at = case when d.lost + 1 < $3 then null else clock_timestamp() end, fault = null
       from delivery o
       left join lateral (select content, parts from delivery where mirror_id = o.mirror_id and (digest_id = o.id or digest_id is null and message_id = o.message_id) and operation = 'edit'
                             and status = 'sent' and o.operation = 'send' order by position desc limit 1) e on true,
            lateral (select o.operation in ('send', 'correct') and jsonb_array_length(o.parts) = cardinality($2::smallint[]) as whole) w
      where d.id = $1 and o.id = d.id and d.status = 'sent'
        and not exists (select 1 from message g where g.id = d.message_id and g.deleted_at is not null)
        and not exists (select 1 from mirror m join event n on n.stream_id = m.incident_id and n.seq = d.position where m.id = d.mirror_id and n.type = 'nudge.given')
      returning d.status, d.attempts`,
    [deliveryId, parts, LOST_BEFORE_ASIDE, parts[0] ?? 0],
  );
  if (again?.status !== 'needs-a-person') return;
  const problem = `The chat said ${LOST_BEFORE_ASIDE} times that it had it, and never showed it.`;
  await putAside(tx, log, { kind: 'delivery', key: [deliveryId], problem, tries: again.attempts });
}
