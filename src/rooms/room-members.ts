import type { Database } from '#src/platform/database/database';
import type { LoggedEvent } from '#src/platform/log/event.types';
import type { WantedMember } from './deliveries/change-members.ts';
import type { Delivery } from './deliveries/delivery.types.ts';

/** After these somebody else takes part. Who speaks in a chat's room is in it. */
export const changesMembers = ({ type, by, data, via }: LoggedEvent, instance: string): boolean => {
  if (type === 'participant.joined') return !(via.id === instance && by?.id === (data as { person: { id: string } }).person.id);
  return ['participant.left', 'participant.let-in', 'participant.team-added', 'incident.role-changed'].includes(type);
};

/**
 * Who is to be in a private room, and who not any more, at the moment it goes out. A public one is open to all: there it is about those
 * only whom the event calls, so that nobody who left it is fetched back by every change.
 */
export async function membersOf(
  database: Database,
  { incidentId, mirrorId, instance, tenant, position }: Delivery,
): Promise<WantedMember[]> {
  const found = await database.query<{ user: string; id: string; name: string; here: boolean; asked: boolean; private: boolean }>(
    `select a.native_user as "user", p.id, p.name, t.person_id is not null as here, m.private, exists (select 1 from event e where e.stream_id = $1 and e.seq = $3
              and (p.id::text in (e.data #>> '{person,id}', e.data #>> '{to,id}')
                or e.data -> 'people' @> jsonb_build_array(jsonb_build_object('id', p.id)))) as asked
       from mirror m join account a on a.instance = m.instance and a.tenant = m.tenant join person p on p.id = a.person_id left join participant t on t.incident_id = $1 and t.person_id = a.person_id
      where m.id = $2 and (t.person_id is not null or exists (
        select 1 from event e where e.stream_id = $1 and e.type = 'participant.left' and e.data #>> '{person,id}' = a.person_id::text))
      order by 1`,
    [incidentId, mirrorId, position],
  );
  const about = found.filter((one) => one.private || (one.asked && one.here));
  return about.map(({ user, id, name, here, asked, private: isPrivate }) => ({
    account: { adapter: instance, tenant, user },
    person: { id, name },
    wanted: here ? 'in' : 'out',
    asked,
    isNeeded: isPrivate,
  }));
}
