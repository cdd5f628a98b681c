import { mailOfPerson } from '#src/notifications/addresses.queries';
import { WayQueries, withAdvice } from '#src/notifications/ways.queries';
import { anyOfTheirs, anyOfTheirsAsText } from '#src/people/one-person.queries';
import { WEB } from '#src/people/people.types';
import type { Database } from '#src/platform/database/database';
import { organisationStream } from '#src/platform/log/organisation-stream';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { Standing } from './decide.ts';
import type { Drill } from './drill-rows.ts';
import type { Evidence } from './evidence.types.ts';

/** What a drill's notices are about. */
export const aboutDrill = ({ id }: Pick<Drill, 'id'>): string => uuidFor('drill', id, 'fall');

const NO_GAP = `not exists (select 1 from gap g join mirror m on m.id = g.mirror_id where m.instance = $1 and g.state <> 'closed')`;
const NOTHING_WAITS = `not exists (select 1 from delivery d join mirror m on m.id = d.mirror_id
  where m.instance = $1 and d.status in ('pending', 'gathered', 'sending', 'unknown') and d.lane <> 'upkeep')`;

/** What decides how a drill goes on, and the database's clock. */
export async function standingOf(database: Database, drill: Drill): Promise<{ standing: Standing; now: number }> {
  const [seen] = await database.query<{ now: Date; open: boolean; proven: boolean; fell: boolean; merged: boolean; said: boolean }>(
    `select clock_timestamp() as now,
            exists (select 1 from mirror where instance = $1 and room is not null and state in ('open', 'suspect')) as open,
            exists (select 1 from surface_health where instance = $1 and detector ->> 'provenAt' is not null) as proven,
            exists (select 1 from surface_health where instance = $2 and tenant = $3 and state = 'down') as fell,
            ${NO_GAP} and ${NOTHING_WAITS} and not exists (select 1 from mirror where instance = $1 and state in ('parked', 'suspect', 'catching-up')) as merged,
            ${NOTHING_WAITS} and not exists (select 1 from stream s left join follower_cursor c on c.stream_id = s.id and c.follower = 'rooms'
              where s.id = $4 and s.seq > coalesce(c.seq, 0)) as said`,
    [drill.instance, drill.chat, drill.tenant, drill.incidentId],
  );
  if (!seen) throw new Error('a statement without a condition answered nothing');
  return {
    now: seen.now.getTime(),
    standing: {
      phase: drill.phase,
      minutes: drill.minutes,
      begunAt: drill.begunAt.getTime(),
      brokenAt: drill.brokenAt?.getTime() ?? null,
      healedAt: drill.healedAt?.getTime() ?? null,
      closingAt: drill.closingAt?.getTime() ?? null,
      isStopped: drill.stoppedBy !== null,
      isProven: seen.proven,
      isOpen: seen.open,
      chatFell: seen.fell,
      isMerged: seen.merged,
      isSaid: seen.said,
    },
  };
}

/** Who of them was in the war room since it broke: read there, or wrote. */
export async function noteWhoCame(database: Database, { id }: Drill): Promise<void> {
  await database.query(
    `update drill d set came = array(
       select p from unnest(d.people) p
        where p = any(d.came)
           or exists (select 1 from read_mark r where r.incident_id = d.incident_id and r.at >= d.broken_at and r.person_id = ${anyOfTheirs('p')})
           or exists (select 1 from event e where e.stream_id = d.incident_id and e.at >= d.broken_at and e.via ->> 'id' = $2
                and e.actor ->> 'id' = ${anyOfTheirsAsText('p')}))
      where d.id = $1 and d.broken_at is not null`,
    [id, WEB.id],
  );
}

/** Everything that is known of it, from logs and tables. */
export async function evidenceOf(database: Database, drill: Drill, isMerged: boolean): Promise<Evidence> {
  const [ways, notices, said, exchanged, counts] = await Promise.all([
    new WayQueries(database).list(),
    noticesOf(database, drill),
    saidOf(database, drill),
    exchangedOf(database, drill),
    countsOf(database, drill),
  ]);
  const { enough, say } = withAdvice(ways, []);
  return {
    chat: drill.chatName,
    fault: drill.fault,
    pace: drill.pace,
    cut: drill.cutShort,
    brokenAt: drill.brokenAt?.getTime() ?? null,
    healedAt: drill.healedAt?.getTime() ?? null,
    suspectAt: said('surface.suspect'),
    downAt: said('surface.down'),
    tells: drill.tells,
    notices,
    ways: ways.map(({ name, kind, state }) => ({ name, kind, state })),
    enough,
    advice: say,
    people: drill.people.length,
    came: drill.came.length,
    exchanged,
    isMerged,
    ...counts,
  };
}

async function noticesOf(database: Database, drill: Drill): Promise<Evidence['notices']> {
  const found = await database.query<{ way: string; told: Date | null }>(
    `select w.name as way, case when n.status = 'told' then n.ended_at end as told from notice n join notice_way w on w.id = n.way_id
      where n.about = $1 and n.part = 'begun' order by n.ended_at`,
    [aboutDrill(drill)],
  );
  return found.map(({ way, told }) => ({ way, toldAt: told?.getTime() ?? null }));
}

/** When Muster first said it of the drill's chat after it broke. */
async function saidOf(database: Database, { instance, brokenAt }: Drill): Promise<(type: string) => number | null> {
  const found = await database.query<{ type: string; at: Date }>(
    `select e.type, min(e.at) as at from event e where e.stream_id = $1 and e.type in ('surface.suspect', 'surface.down')
        and e.data ->> 'instance' = $2 and e.at >= $3 group by e.type`,
    [await organisationStream(database), instance, brokenAt],
  );
  return (type) => found.find((one) => one.type === type)?.at.getTime() ?? null;
}

async function exchangedOf(database: Database, { incidentId, instance, brokenAt }: Drill): Promise<Evidence['exchanged']> {
  const [found] = await database.query<{ at: Date | null; inbound: number; outbound: number; unread: boolean | null }>(
    `select max(e.at) as at, coalesce(sum((e.data ->> 'inbound')::int), 0)::int as inbound, coalesce(sum((e.data ->> 'outbound')::int), 0)::int as outbound,
            bool_or(e.data ? 'unreadUntil') as unread
       from event e where e.stream_id = $1 and e.type = 'gap.closed' and e.data #>> '{surface,id}' = $2 and e.at >= $3`,
    [incidentId, instance, brokenAt],
  );
  if (!found?.at) return null;
  return { closedAt: found.at.getTime(), inbound: found.inbound, outbound: found.outbound, unread: found.unread ?? false };
}

async function countsOf(
  database: Database,
  { instance, people }: Drill,
): Promise<Pick<Evidence, 'unheard' | 'gestures' | 'waited' | 'unsaid' | 'reachable'>> {
  const [found] = await database.query<Pick<Evidence, 'unheard' | 'gestures' | 'waited' | 'unsaid' | 'reachable'>>(
    `select (select count(*)::int from drill_unheard where instance = $1) as unheard,
            (select count(*)::int from drill_unheard where instance = $1 and gesture) as gestures,
            w.waited, w.unsaid,
            (select count(*)::int from unnest($2::uuid[]) p where ${mailOfPerson('p')} is not null) as reachable
       from (select count(*)::int as waited, count(*) filter (where d.status <> 'sent')::int as unsaid from delivery d join mirror m on m.id = d.mirror_id
              where m.instance = $1 and d.operation = 'send' and d.message_id is not null and d.gap_id is not null and d.status <> 'canceled') w`,
    [instance, people],
  );
  if (!found) throw new Error('a statement without a condition answered nothing');
  return found;
}
