import { type Database, type Tx, rows } from '#src/platform/database/database';
import { MIRRORS_FOLLOWER } from '../rooms.types.ts';

/** A mirror, its incident, the rule, and since when nobody did anything in it. Who comes and goes does nothing. */
const MIRRORS = `mirror m join incident i on i.id = m.incident_id cross join organisation o
  cross join lateral (select greatest(i.ended_at, (select e.at from event e where e.stream_id = i.id and e.actor is not null
    and e.type not like 'participant.%' order by e.seq desc limit 1)) as since) quiet`;

/** What was said on either side is on the other, as far as anybody can tell. */
const IS_EXCHANGED = `not exists (select 1 from delivery d where d.mirror_id = m.id and d.lane <> 'upkeep'
    and (d.status in ('pending', 'sending', 'unknown') or d.status = 'needs-a-person' and d.operation in ('send', 'edit', 'correct')))
  and not exists (select 1 from unswept u where u.mirror_id = m.id)
  and not exists (select 1 from gap g where g.mirror_id = m.id and (g.state <> 'closed' or g.look_back_at is not null))
  and not exists (select 1 from awaited_file f join message w on w.id = f.message_id where w.incident_id = i.id and f.instance = m.instance and f.status in ('waiting', 'fetching'))
  and not exists (select 1 from stream s left join follower_cursor c on c.stream_id = s.id and c.follower = '${MIRRORS_FOLLOWER}' where s.id = i.id and s.seq > coalesce(c.seq, 0))`;

const IS_AT_REST = `m.state = 'open' and m.room is not null and i.ended_at is not null and i.practice_instance is null and i.heard_in is null and o.archive_after_days is not null and ${IS_EXCHANGED}`;

/** Its room was told, and nobody did anything since. */
const IS_TOLD = 'm.archive_told is not distinct from quiet.since';

/** By when it ended, so that it is archived once for each time that it is over. */
const CLOSING = 'extract(epoch from i.ended_at)::text';

/** Whatever came of it: who brings a room back means it. */
const IS_SEEN_TO = `exists (select 1 from mirror_upkeep k where k.mirror_id = m.id and k.what = 'archived' and k.wanted = ${CLOSING})`;

const isDue = (now: string): string =>
  `${IS_AT_REST} and not ${IS_SEEN_TO} and quiet.since <= ${now}::timestamptz - o.archive_after_days * interval '1 day'`;

interface RoomToArchive {
  readonly mirrorId: string;
  readonly instance: string;
  readonly tenant: string;
  readonly room: string;
  /** That it is archived stands there already. */
  readonly isTold: boolean;
}

/** Those to archive now, and of each workspace one to tell: a thousand old ones do not keep a new incident's room waiting. */
export function roomsToArchive(database: Database, now: Date): Promise<RoomToArchive[]> {
  return database.query<RoomToArchive>(
    `select "mirrorId", instance, tenant, room, "isTold" from (
       select m.id as "mirrorId", m.instance, m.tenant, m.room, ${IS_TOLD} as "isTold",
              row_number() over (partition by m.instance, m.tenant, ${IS_TOLD} order by quiet.since) as nth
         from ${MIRRORS} join chat_instance c on c.id = m.instance and not c.pretend where ${isDue('$1')}) due
      where "isTold" or nth = 1`,
    [now],
  );
}

interface Told {
  readonly incidentId: string;
  readonly instance: string;
  readonly surface: string;
  readonly name: string;
  readonly days: number;
  readonly since: Date;
}

/** Notes that its room is told now. Null where that is so already, or it is not to be archived any more. */
export async function noteTold(tx: Tx, mirrorId: string, now: Date): Promise<Told | null> {
  // Whoever opens it again comes before this, or finds it told.
  await tx.query('select 1 from incident i join mirror m on m.incident_id = i.id where m.id = $1 for share of i', [mirrorId]);
  const [told] = await rows<Told>(
    tx,
    `update mirror set archive_told = due.since from (
       select m.id, quiet.since, o.archive_after_days as days from ${MIRRORS} where m.id = $1 and ${isDue('$2')} and not ${IS_TOLD}) due
      where mirror.id = due.id
     returning mirror.incident_id as "incidentId", mirror.instance, mirror.surface, mirror.name, due.days, due.since`,
    [mirrorId, now],
  );
  return told ?? null;
}

interface Archival {
  /** The closing for which it is to be archived now; null while it is not to be. */
  readonly archivedFor: string | null;
  readonly isArchived: boolean;
  readonly goesOn: boolean;
}

/** How things stand with its room at this moment. */
export async function archivalOf(database: Database, mirrorId: string): Promise<Archival> {
  const [archival] = await database.query<Archival>(
    `select case when ${IS_AT_REST} and ${IS_TOLD} then ${CLOSING} end as "archivedFor", m.state = 'archived' as "isArchived", i.ended_at is null as "goesOn"
       from ${MIRRORS} where m.id = $1`,
    [mirrorId],
  );
  return archival ?? { archivedFor: null, isArchived: false, goesOn: true };
}
