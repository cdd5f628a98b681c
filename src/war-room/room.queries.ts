import type { Fault } from '@musterhq/chat-port';
import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import type { Participant } from '#libs/war-room-protocol/views';
import { worstAdmitted } from '#src/outage/status-feed.queries';
import type { Database } from '#src/platform/database/database';
import { whyRefused } from './why-refused.ts';

interface MirrorRow {
  id: string;
  instance: string;
  surface: string;
  state: MirrorView['state'];
  name: string | null;
  permalink: string | null;
  since: Date | null;
  said_by: string | null;
  half: MirrorView['half'] | null;
  cut_off: boolean | null;
  admits: MirrorView['admits'] | null;
  waiting: string[] | null;
  doubtful: string[] | null;
  refused: { readonly messageId: string; readonly fault: Fault | null }[] | null;
}

/** Nobody misses in a chat what was deleted meanwhile. */
const STILL_MEANT = `d.operation in ('send', 'edit', 'correct') and not exists (select 1 from message g where g.id = d.message_id and g.deleted_at is not null)`;

/** What is in a digest stands as that does. */
const STANDS = 'coalesce(g.status, d.status)';

/** What a room shows besides its log. */
export class RoomQueries {
  constructor(private readonly database: Database) {}

  people(incidentId: string): Promise<Participant[]> {
    return this.database.query<Participant>(
      `select p.id, p.name, bool_and(t.observer) as observer from participant t join one_person p on p.own_id = t.person_id
        where t.incident_id = $1 group by p.id, p.name order by min(t.joined_at), p.id`,
      [incidentId],
    );
  }

  async mirrors(incidentId: string): Promise<MirrorView[]> {
    const found = await this.database.query<MirrorRow>(
      `select m.id, m.instance, m.surface, m.state, m.name, m.permalink, m.since,
              (select h.detector #>> '{saidBy,name}' from surface_health h where h.instance = m.instance and h.tenant = m.tenant and m.state = 'parked' and h.state = 'down') as said_by,
              (select h.detector ->> 'half' from surface_health h where h.instance = m.instance and h.tenant = m.tenant) as half,
              (select (h.detector ->> 'cutOff')::boolean from surface_health h where h.instance = m.instance and h.tenant = m.tenant) as cut_off,
              case when m.state in ('suspect', 'parked') then ${worstAdmitted('m.instance')} end as admits,
              array_agg(d.message_id order by d.position) filter (where ${STANDS} in ('pending', 'sending', 'unknown') and d.operation in ('send', 'edit', 'correct')) as waiting,
              array_agg(d.message_id order by d.position) filter (where ${STANDS} = 'needs-a-person' and ${STILL_MEANT}) as doubtful,
              jsonb_agg(jsonb_build_object('messageId', d.message_id, 'fault', coalesce(g.fault, d.fault)) order by d.position) filter (where ${STANDS} = 'refused' and ${STILL_MEANT}) as refused
         from mirror m left join delivery d on d.mirror_id = m.id and d.message_id is not null and d.status in ('pending', 'gathered', 'sending', 'unknown', 'needs-a-person', 'refused')
         left join delivery g on d.status = 'gathered' and g.id = d.digest_id
        where m.incident_id = $1 and m.state <> 'closed' group by m.id order by m.surface, m.id`,
      [incidentId],
    );
    return found.map((row) => ({
      id: row.id,
      surface: { id: row.instance, name: row.surface },
      state: row.state,
      name: row.name,
      permalink: row.permalink,
      since: row.since?.toISOString() ?? null,
      ...(row.said_by === null ? {} : { saidBy: row.said_by }),
      ...(row.half ? { half: row.half } : {}),
      ...(row.cut_off ? { cutOff: true as const } : row.admits ? { admits: row.admits } : {}),
      waiting: row.waiting ?? [],
      doubtful: row.doubtful ?? [],
      refused: refusedBy(row.surface, row.refused ?? []),
    }));
  }
}

/** Each message once, with what was said last. */
function refusedBy(chat: string, refused: NonNullable<MirrorRow['refused']>): MirrorView['refused'] {
  const last = new Map(refused.map(({ messageId, fault }) => [messageId, whyRefused(fault, chat)]));
  return [...last].map(([messageId, why]) => ({ messageId, why }));
}
