import type { Content, UserRef } from '@musterhq/chat-port';
import { nextUpdateDue } from '#libs/war-room-protocol/waiting';
import { viewerOf, visibleTo } from '#src/incidents/visibility.queries';
import { anyOfTheirs } from '#src/people/one-person.queries';
import { type Database, rows } from '#src/platform/database/database';
import type { ActorFact } from '#src/platform/log/event.types';
import { UpdateQueries } from '#src/updates/updates.queries';
import { homePage, type Running } from './home-words.ts';

/** As many as are read at a glance; those that somebody leads or takes part in come first. */
const SHOWN = 15;

interface Row {
  readonly id: string;
  readonly reference: string;
  readonly title: string;
  readonly severity: string;
  readonly status: string;
  readonly lead: string | null;
  readonly isLed: boolean;
  readonly isTheirs: boolean;
  readonly takesPart: boolean;
  readonly room: string | null;
  readonly total: number;
}

/** Somebody's page, as things are now. What they may not see is not on it, nor counted. */
export async function homeOf(database: Database, person: ActorFact, user: UserRef, publicUrl: string, now: Date): Promise<Content> {
  const values: unknown[] = [person.id, user.adapter, user.tenant, SHOWN];
  const found = await database.transaction(async (tx) =>
    rows<Row>(
      tx,
      `select i.id, i.reference, i.title, i.severity, i.status, p.name as lead, i.lead_id is not null as "isLed", coalesce(i.lead_id = ${anyOfTheirs('$1')}, false) as "isTheirs",
              exists (select 1 from participant t where t.incident_id = i.id and t.person_id = ${anyOfTheirs('$1')}) as "takesPart", m.room, count(*) over ()::int as total
         from incident i left join one_person p on p.own_id = i.lead_id
         left join mirror m on m.incident_id = i.id and m.instance = $2 and m.tenant = $3 and m.state <> 'closed' and (m.private or not i.private)
        where i.category in ('triage', 'active', 'paused') and ${visibleTo(await viewerOf(tx, person.id), values)}
          and i.practice_instance is not distinct from (select coalesce(c.beside, c.id) from chat_instance c where c.id = $2 and c.pretend and c.drill_of is null)
        order by "isTheirs" desc, "takesPart" desc, i.severity, i.declared_at desc limit $4`,
      values,
    ),
  );
  const updates = new UpdateQueries(database);
  const running: Running[] = [];
  for (const { id, room, isTheirs, isLed, takesPart, ...facts } of found) {
    const due = isTheirs ? nextUpdateDue(await updates.of(id)) : null;
    running.push({
      ...facts,
      warRoom: new URL(`/i/${facts.reference}`, publicUrl).href,
      room: room === null ? null : { adapter: user.adapter, tenant: user.tenant, room },
      overdueSince: due !== null && Date.parse(due) <= now.getTime() ? due : null,
      needsLead: takesPart && !isLed,
    });
  }
  return homePage(running, (found[0]?.total ?? 0) - found.length, new URL('/', publicUrl).href);
}
