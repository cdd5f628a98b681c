import { uuidv7 } from 'uuidv7';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import type { MarkKind } from '../rooms.events.ts';
import { MIRRORS_FOLLOWER } from '../rooms.types.ts';

export interface Gap {
  readonly id: string;
  readonly mirrorId: string;
  readonly incidentId: string;
  readonly instance: string;
  readonly tenant: string;
  readonly surface: string;
  readonly room: string | null;
  /** Of a room of others, all that is ours: what is answered beneath an announcement. */
  readonly thread: string | null;
  readonly from: Date;
  readonly to: Date;
  readonly state: 'reading' | 'merging' | 'posting';
  readonly parked: boolean;
  readonly cursor: string | null;
  readonly notBefore: Date | null;
  /** What was said before could not be read: the chat does not have it any more. */
  readonly keptFrom: Date | null;
  /** What its history did not tell; null for all of it, since nothing was read. */
  readonly untold: readonly MarkKind[] | null;
}

const SELECT = `select g.id, g.mirror_id as "mirrorId", coalesce(m.incident_id, a.incident_id) as "incidentId", m.instance, m.tenant,
    m.surface || coalesce(', ' || a.room_name, '') as surface, case when m.card is null then m.room else coalesce(m.room, a.room) end as room,
    case when a.mirror_id is not null then m.card end as thread, g.from_at as "from", g.to_at as "to", g.state, g.parked, g.cursor, g.not_before as "notBefore", g.kept_from as "keptFrom", g.untold
  from gap g join mirror m on m.id = g.mirror_id left join announcement a on a.mirror_id = m.id`;

export function gapsToClose(database: Database): Promise<Gap[]> {
  return database.query<Gap>(`${SELECT} where g.state in ('reading', 'merging', 'posting') order by g.from_at`);
}

/** As many as are worth a call each. */
const THREADS = 30;

/** Those in which somebody answered before, by what we know; whoever answers first to something old is not found. */
export async function olderThreads(database: Database, { mirrorId, from }: Gap): Promise<string[]> {
  const found = await database.query<{ thread: string }>(
    `select c.thread from message_copy c left join message_copy r on r.mirror_id = c.mirror_id and r.native_id = c.thread
            left join event e on e.id = r.message_id and e.stream_id = (select m.incident_id from mirror m where m.id = c.mirror_id) and e.type = 'message.posted'
      where c.mirror_id = $1 and c.thread is not null and coalesce(e.occurred_at, e.at, '-infinity') < $2
      group by c.thread order by max(c.native_id) desc limit ${THREADS}`,
    [mirrorId, from],
  );
  return found.map(({ thread }) => thread);
}

/** Locks the gap if it is still in this state; null when it has moved on, or trouble has come back. */
export async function lockGap(tx: Tx, id: string, state: Gap['state']): Promise<Gap | null> {
  const [gap] = await rows<Gap>(tx, `${SELECT} where g.id = $1 and g.state = $2 for update of g`, [id, state]);
  return gap ?? null;
}

/** Whether this is still the reading that began with the gap as given. Trouble may have come and gone during one page. */
const SAME_READING = `id = $1 and state = 'reading' and date_trunc('milliseconds', to_at) = $2`;

export interface Place {
  readonly cursor: string;
  readonly notBefore: Date | null;
  readonly keptFrom: Date | null;
  readonly untold: readonly MarkKind[];
}

/** Never less than was known to be missing before: an earlier page is not read again. */
const untoldWith = (param: string): string =>
  `array(select distinct kind from unnest(coalesce(untold, '{}') || ${param}::text[]) kind order by kind)`;

export async function keepPlace(database: Database, { id, to }: Gap, { cursor, notBefore, keptFrom, untold }: Place): Promise<boolean> {
  const kept = await database.query(
    `update gap set cursor = $3, not_before = $4, kept_from = greatest(kept_from, $5), untold = ${untoldWith('$6')} where ${SAME_READING} returning 1`,
    [id, to, cursor, notBefore, keptFrom, untold],
  );
  return kept.length > 0;
}

export async function allRead(database: Database, { id, to }: Gap, keptFrom: Date | null, untold: readonly MarkKind[]): Promise<void> {
  await database.query(
    `update gap set state = 'merging', kept_from = greatest(kept_from, $3), untold = ${untoldWith('$4')},
            up_to = (select s.seq from stream s join mirror m on m.incident_id = s.id where m.id = gap.mirror_id)
      where ${SAME_READING}`,
    [id, to, keptFrom, untold],
  );
}

/** Whether anything that was read back is not in the log yet, or anything that was said here is not queued for the chat yet. */
export async function unmerged(tx: Tx, { id, instance, tenant, incidentId }: Gap): Promise<boolean> {
  const [waiting] = await rows(
    tx,
    `select 1 from inbox where instance = $2 and tenant = $3 and gap_id = $1 and status = 'waiting'
     union all
     select 1 from gap g left join follower_cursor c on c.follower = $5 and c.stream_id = $4
      where g.id = $1 and coalesce(c.seq, 0) < g.up_to
     limit 1`,
    [id, instance, tenant, incidentId, MIRRORS_FOLLOWER],
  );
  return waiting !== undefined;
}

/** From here on the mirror speaks; people's messages that waited are marked, to be counted when they have been said. */
export async function startPosting(tx: Tx, gap: Gap): Promise<void> {
  await tx.query(
    `update gap set state = 'posting', last_position = (select max(position) from delivery where mirror_id = $2 and lane = 'room') where id = $1`,
    [gap.id, gap.mirrorId],
  );
  await tx.query(
    `update delivery set gap_id = $1 where mirror_id = $2 and status in ('pending', 'gathered', 'sending', 'unknown') and operation = 'send' and message_id is not null and gap_id is null`,
    [gap.id, gap.mirrorId],
  );
}

export async function unsaid(tx: Tx, gap: Gap): Promise<boolean> {
  const [waiting] = await rows(
    tx,
    `select 1 from delivery d join gap g on g.mirror_id = d.mirror_id
      where g.id = $1 and d.lane = 'room' and d.position <= g.last_position and d.status in ('pending', 'sending', 'unknown') limit 1`,
    [gap.id],
  );
  return waiting !== undefined;
}

/** People's messages that this gap brought in. */
export async function inboundOf(tx: Tx, gap: Gap): Promise<number> {
  const [row] = await rows<{ inbound: number }>(
    tx,
    `select count(*)::int as inbound from event where stream_id = $1 and type = 'message.posted' and data ->> 'gapId' = $2`,
    [gap.incidentId, gap.id],
  );
  return row?.inbound ?? 0;
}

/** What people set on messages, or took off them, as its history told it. */
export async function marksOf(tx: Tx, gap: Gap): Promise<Record<MarkKind, number>> {
  const [row] = await rows<Record<MarkKind, number>>(
    tx,
    `select count(*) filter (where type = 'message.reacted')::int as reactions, count(*) filter (where type = 'message.pinned')::int as pins
       from event where stream_id = $1 and type in ('message.reacted', 'message.pinned') and data ->> 'gapId' = $2`,
    [gap.incidentId, gap.id],
  );
  return row ?? { reactions: 0, pins: 0 };
}

/** People's messages that waited for this gap and that the chat has now. */
export async function outboundOf(tx: Tx, gap: Gap): Promise<number> {
  const [row] = await rows<{ outbound: number }>(
    tx,
    `select count(*)::int as outbound from delivery where gap_id = $1 and status = 'sent'`,
    [gap.id],
  );
  return row?.outbound ?? 0;
}

/** What we heard a moment ago, a chat that has just come back need not show yet. */
const LOOK_BACK_AFTER_MS = 120_000;

export async function closeGap(tx: Tx, gap: Gap): Promise<void> {
  await tx.query(
    `update gap g set state = 'closed', look_back_at = clock_timestamp()
            + $2 * interval '1 millisecond' / coalesce((select c.pace from chat_instance c where c.id = m.instance), 1)
       from mirror m where g.id = $1 and m.id = g.mirror_id`,
    [gap.id, LOOK_BACK_AFTER_MS],
  );
  await tx.query(
    `update mirror set state = case when room is null then 'opening' else 'open' end, since = null where id = $1 and state = 'catching-up'`,
    [gap.mirrorId],
  );
}

/**
 * What was said in a chat's room before we knew that it is ours: an earlier attempt may have made it, and people are in it
 * from then on. Only where that may have gone unheard. Trouble that is going on widens to it, and it is read when that is over.
 */
export async function readFromTheBeginning(tx: Tx, mirrorId: string, from: Date, wasTriedBefore: boolean): Promise<void> {
  await tx.query(
    `insert into gap (id, mirror_id, from_at, to_at, state)
     select $1, $2, $3, clock_timestamp(), 'reading' where $4 or exists (select 1 from gap where mirror_id = $2)
     on conflict (mirror_id) where state <> 'closed' do update
        set from_at = least(gap.from_at, excluded.from_at), cursor = null, to_at = case when gap.state = 'open' then null else excluded.to_at end,
            state = case when gap.state = 'open' then 'open' else 'reading' end`,
    [uuidv7(), mirrorId, from, wasTriedBefore],
  );
}
