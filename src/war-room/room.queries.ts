import type { Fault } from '@musterhq/chat-port';
import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import type { Participant } from '#libs/war-room-protocol/views';
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
      'select p.id, p.name, t.observer from participant t join person p on p.id = t.person_id where t.incident_id = $1 order by t.joined_at, p.id',
      [incidentId],
    );
  }

  async mirrors(incidentId: string): Promise<MirrorView[]> {
    const found = await this.database.query<MirrorRow>(
      `select m.id, m.instance, m.surface, m.state, m.name, m.permalink, m.since,
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
