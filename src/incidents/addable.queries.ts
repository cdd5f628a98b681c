import type { Addable } from '#libs/war-room-protocol/views';
import { rows, type Tx } from '#src/platform/database/database';
import type { IncidentId } from './incidents.types.ts';

const SHOWN = 8;

/**
 * Whom and which teams somebody may mean who has begun a name: any word of it begins so. Who takes part already is left
 * out, and so are teams with nobody in them. A drill of practice knows its own people only, who are all there.
 */
export async function addable(tx: Tx, id: IncidentId, begun: string): Promise<Addable> {
  const start = ` ${begun.replace(/^@/, '').trim().toLowerCase()}`;
  const [real] = await rows(tx, 'select 1 from incident where id = $1 and practice_instance is null', [id]);
  if (!real) return { people: [], teams: [] };
  const people = await rows<Addable['people'][number]>(
    tx,
    `select p.id, p.name from person p where p.role <> 'guest' and strpos(' ' || lower(p.name), $2) > 0
        and not exists (select 1 from person_join j where j.person_id = p.id)
        and not exists (select 1 from participant t join one_person o on o.own_id = t.person_id where t.incident_id = $1 and o.id = p.id)
      order by lower(p.name), p.id limit $3`,
    [id, start, SHOWN],
  );
  const teams = await rows<Addable['teams'][number]>(
    tx,
    `select t.id, t.name, count(distinct p.id)::int as members from team t join team_member m on m.team_id = t.id join one_person p on p.own_id = m.person_id
      where not t.archived and strpos(' ' || lower(t.name), $1) > 0 group by t.id order by lower(t.name) limit $2`,
    [start, SHOWN],
  );
  return { people, teams };
}
