import type { RoomChange, UserRef } from '@musterhq/chat-port';
import type { Database } from '#src/platform/database/database';
import type { LoggedEvent } from '#src/platform/log/event.types';
import type { Delivery } from './deliveries/delivery.types.ts';

/** After these somebody else takes part. Who speaks in a chat's room is in it. */
export const changesMembers = ({ type, by, data, via }: LoggedEvent, instance: string): boolean => {
  if (type === 'participant.joined') return !(via.id === instance && by?.id === (data as { person: { id: string } }).person.id);
  return ['participant.left', 'participant.let-in', 'incident.role-changed'].includes(type);
};

/** Who is to be in a private room, and who not any more, at the moment it goes out. */
export async function membersOf(
  database: Database,
  { incidentId, instance, tenant }: Delivery,
): Promise<Required<Pick<RoomChange, 'invite' | 'remove'>>> {
  const found = await database.query<{ user: string; here: boolean }>(
    `select a.native_user as "user", t.person_id is not null as here
       from account a left join participant t on t.incident_id = $1 and t.person_id = a.person_id
      where a.instance = $2 and a.tenant = $3 and (t.person_id is not null or exists (
        select 1 from event e where e.stream_id = $1 and e.type = 'participant.left' and e.data #>> '{person,id}' = a.person_id::text))
      order by 1`,
    [incidentId, instance, tenant],
  );
  const refs = (here: boolean): UserRef[] =>
    found.filter((one) => one.here === here).map(({ user }) => ({ adapter: instance, tenant, user }));
  return { invite: refs(true), remove: refs(false) };
}
