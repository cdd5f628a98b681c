import { chatOfAccounts } from '#src/people/account-chat.queries';
import type { Database } from '#src/platform/database/database';
import type { LoggedEvent } from '#src/platform/log/event.types';
import type { WantedMember } from './deliveries/change-members.ts';
import type { Delivery } from './deliveries/delivery.types.ts';

/** After these somebody may have to go. */
const SENDS_OUT: readonly string[] = ['participant.left', 'participant.accounts-joined'];

/** Out of a public room nobody is sent, and into one nobody is brought by being one with another. */
export const concernsPrivateOnly = ({ type }: LoggedEvent): boolean => SENDS_OUT.includes(type);

/** After these somebody else takes part. Who speaks in a chat's room is in it. */
export const changesMembers = ({ type, by, data, via }: LoggedEvent, instance: string): boolean => {
  if (type === 'participant.joined') return !(via.id === instance && by?.id === (data as { person: { id: string } }).person.id);
  return [...SENDS_OUT, 'participant.let-in', 'participant.team-added', 'incident.role-changed'].includes(type);
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
    `with here as (
       select distinct o.may_as from participant t join one_person o on o.own_id = t.person_id where t.incident_id = $1),
     asked as (
       select distinct o.may_as from event e cross join lateral (
                select unnest(array[e.data #>> '{person,id}', e.data #>> '{to,id}', e.data #>> '{one,id}'])
                union all select one ->> 'id' from jsonb_array_elements(e.data -> 'people') one) named (id)
         join one_person o on o.own_id::text = named.id where e.stream_id = $1 and e.seq = $3),
     gone as (
       select distinct o.may_as from event e cross join lateral unnest(array[e.data #>> '{person,id}', e.data #>> '{one,id}']) named (id)
         join one_person o on o.own_id::text = named.id
        where e.stream_id = $1 and e.type in ('participant.left', 'participant.accounts-joined') and e.type not like 'message.%')
     select a.native_user as "user", p.id, p.name, m.private, p.may_as in (table here) as here, p.may_as in (table asked) as asked
       from mirror m join account a on a.instance = ${chatOfAccounts('m.instance')} and a.tenant = m.tenant join one_person p on p.own_id = a.person_id
      where m.id = $2 and (p.may_as in (table here) or p.may_as in (table gone))
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
