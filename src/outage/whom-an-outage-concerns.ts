import { ACCOUNT_ADDRESS, mailOfPerson } from '#src/notifications/addresses.queries';
import { anyOfTheirs } from '#src/people/one-person.queries';
import { type Tx, rows } from '#src/platform/database/database';
import type { Surface } from '#src/rooms/gaps/mirror-trouble.service';

export interface ConcernedIncident {
  readonly id: string;
  readonly reference: string;
  readonly title: string;
  readonly private: boolean;
}

interface Reader {
  readonly address: string;
  /** In which they have this account; null for a mail address. */
  readonly chat: string | null;
  readonly incidents: readonly ConcernedIncident[];
}

/** Incidents that go on and have a room in this chat. Nobody is told of drills. */
export const concerned = (tx: Tx, { instance, tenant }: Surface): Promise<ConcernedIncident[]> =>
  rows(
    tx,
    `select i.id, i.reference, i.title, i.private from incident i
      where i.category in ('triage', 'active', 'paused') and i.kind not in ('drill', 'test') and i.practice_instance is null
        and exists (select 1 from mirror m where m.incident_id = i.id and m.instance = $1 and m.tenant = $2 and m.state <> 'failed')
      order by i.declared_at desc`,
    [instance, tenant],
  );

/** Whoever takes part in one of them, and every admin; null for what concerns an admin without taking part. */
const READERS = `reader as (
  select p.person_id, p.incident_id from participant p where p.incident_id = any($1)
  union all select id, null from person where role = 'admin')`;

/**
 * Everybody who takes part in one of them, and every admin: by mail, once to an address, and in the other chats that people are told
 * in and that are relied on now. Once for somebody with several accounts, each with what they take part in.
 */
export async function readersOf(tx: Tx, incidents: readonly ConcernedIncident[], fallen: Surface): Promise<Reader[]> {
  const found = await rows<{ address: string; chat: string | null; incidents: string[] }>(
    tx,
    `with ${READERS}
     select lower(told.address) as address, null as chat, array_remove(array_agg(distinct r.incident_id), null) as incidents
       from reader r cross join lateral (select ${mailOfPerson('r.person_id')} as address) told
      where told.address is not null group by lower(told.address)
     union all
     select ${ACCOUNT_ADDRESS}, a.instance, array_remove(array_agg(distinct r.incident_id), null)
       from reader r join account a on a.person_id = ${anyOfTheirs('r.person_id')}
       join surface_health h on (h.instance, h.tenant) = (a.instance, a.tenant) and h.state = 'ok'
      where (a.instance, a.tenant) <> ($2, $3) and not a.deactivated and a.bot is not true
        and exists (select 1 from notice_way w where w.kind = 'chat' and w.settings ->> 'chat' = a.instance)
      group by a.instance, a.tenant, a.native_user`,
    [incidents.map(({ id }) => id), fallen.instance, fallen.tenant],
  );
  return found.map(({ incidents: theirs, ...whom }) => ({ ...whom, incidents: incidents.filter(({ id }) => theirs.includes(id)) }));
}
