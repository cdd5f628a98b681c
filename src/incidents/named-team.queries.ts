import { type Tx, rows } from '#src/platform/database/database';
import type { ActorFact } from '#src/platform/log/event.types';
import { isUuid } from '#src/platform/words/is-uuid';
import { TeamUnknown } from './incidents.errors.ts';
import type { IncidentId } from './incidents.types.ts';

const MANY = 20;

/** A team as it is now, to be added to an incident. */
export interface NamedTeam {
  readonly id: string;
  readonly name: string;
  readonly members: readonly ActorFact[];
}

/** The team that somebody means by its id, its whole name or "@Payments"; null when there is none. A drill knows no teams. */
export async function teamCalled(tx: Tx, id: IncidentId, given: string): Promise<NamedTeam | null> {
  const name = given.replace(/^@/, '').trim().toLowerCase();
  const [found] = await rows<NamedTeam>(
    tx,
    `select t.id, t.name, coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by lower(p.name), p.id)
                                     filter (where p.id is not null), '[]') as members
       from incident i join team t on not t.archived and ${isUuid(name) ? 't.id::text' : 'lower(t.name)'} = $2
       left join team_member m on m.team_id = t.id left join person p on p.id = m.person_id and p.role <> 'guest'
      where i.id = $1 and i.practice_instance is null group by t.id`,
    [id, name],
  );
  return found ?? null;
}

/** @throws TeamUnknown with those that could be meant */
export async function namedTeam(tx: Tx, id: IncidentId, given: string): Promise<NamedTeam> {
  const team = await teamCalled(tx, id, given);
  if (team) return team;
  const known = await rows<{ name: string }>(
    tx,
    `select t.name from team t join incident i on i.id = $1 and i.practice_instance is null where not t.archived order by lower(t.name) limit ${MANY}`,
    [id],
  );
  throw new TeamUnknown(
    given,
    known.map(({ name }) => name),
  );
}
