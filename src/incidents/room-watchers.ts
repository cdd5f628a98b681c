import { type Tx, rows } from '#src/platform/database/database';
import { anyOfTheirs } from '#src/people/one-person.queries';
import type { IncidentId } from './incidents.types.ts';

/** By which mirror's room they came to watch; null when they came another way. `p` is a row of `participant`. */
const CAME_BY = `(select e.data ->> 'mirrorId' from event e where e.stream_id = p.incident_id and e.type = 'participant.joined'
  and e.type not like 'message.%' and e.data #>> '{person,id}' = p.person_id::text order by e.seq desc limit 1)`;

/** Whoever is in a chat's room reads there. False when they take part already. */
export async function watchFromRoom(tx: Tx, id: IncidentId, personId: string): Promise<boolean> {
  const added = await rows(
    tx,
    `insert into participant (incident_id, person_id, observer) select $1, $2::uuid, true
      where not exists (select 1 from participant t where t.incident_id = $1 and t.person_id = ${anyOfTheirs('$2')})
     on conflict do nothing returning 1`,
    [id, personId],
  );
  return added.length > 0;
}

/** Whoever watched from a room and now speaks up acts. False for all others. */
export async function actAfterWatching(tx: Tx, id: IncidentId, personId: string): Promise<boolean> {
  const acts = await rows(
    tx,
    `update participant p set observer = false where p.incident_id = $1 and p.person_id = $2 and p.observer and ${CAME_BY} is not null returning 1`,
    [id, personId],
  );
  return acts.length > 0;
}

/** They went out of the room by which they came to watch. A private incident keeps at least one who sees it. */
export async function stopWatchingFromRoom(tx: Tx, id: IncidentId, personId: string, mirrorId: string): Promise<boolean> {
  const gone = await rows(
    tx,
    `delete from participant p using incident i where p.incident_id = $1 and p.person_id = $2 and i.id = p.incident_id and p.observer and ${CAME_BY} = $3
        and (not i.private or exists (select 1 from participant o where o.incident_id = p.incident_id and o.person_id <> p.person_id)) returning 1`,
    [id, personId, mirrorId],
  );
  return gone.length > 0;
}
