import { mailOfPerson } from '#src/notifications/addresses.queries';
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

/** Everybody who takes part in one of them, and every admin, by address: once for somebody with several accounts, each with what they take part in. */
export async function readersOf(tx: Tx, incidents: readonly ConcernedIncident[]): Promise<Reader[]> {
  const found = await rows<{ address: string; incidents: string[] }>(
    tx,
    `with reader as (
       select p.person_id, p.incident_id from participant p where p.incident_id = any($1)
       union all select id, null from person where role = 'admin')
     select lower(told.address) as address, array_remove(array_agg(distinct r.incident_id), null) as incidents
       from reader r cross join lateral (select ${mailOfPerson('r.person_id')} as address) told
      where told.address is not null group by lower(told.address)`,
    [incidents.map(({ id }) => id)],
  );
  return found.map(({ address, incidents: theirs }) => ({ address, incidents: incidents.filter(({ id }) => theirs.includes(id)) }));
}
