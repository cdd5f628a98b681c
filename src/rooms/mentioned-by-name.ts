import { nameIn } from '#libs/rich-text/with-mentions';
import { type Tx, rows } from '#src/platform/database/database';
import type { ActorFact } from '#src/platform/log/event.types';

interface Named extends ActorFact {
  readonly here: boolean;
}

/**
 * Who is meant by "@Ana Ruiz" in a text: people of the organisation by their whole name, the longest name first. Where
 * several have the same one, those who take part in the incident are meant.
 */
export async function mentionedByName(tx: Tx, incidentId: string, text: string): Promise<ActorFact[]> {
  if (!text.includes('@')) return [];
  const named = await rows<Named>(
    tx,
    `select p.id, p.name, exists (select 1 from participant t join one_person o on o.own_id = t.person_id where t.incident_id = $1 and o.id = p.id) as here
       from person p
      where position('@' || lower(p.name) in lower($2)) > 0 and not exists (select 1 from person_join j where j.person_id = p.id)
        and (p.role <> 'guest' or exists (select 1 from participant t where t.incident_id = $1 and t.person_id = p.id))
      order by length(p.name) desc, p.id limit 200`,
    [incidentId, text],
  );
  return meant(text, named);
}

function meant(text: string, named: readonly Named[]): ActorFact[] {
  let left = text.toLowerCase();
  const found: ActorFact[] = [];
  for (const name of new Set(named.map((person) => person.name.toLowerCase()))) {
    const without = left.replaceAll(nameIn(name), '$1 ');
    if (without === left) continue;
    left = without;
    const same = named.filter((person) => person.name.toLowerCase() === name);
    const here = same.filter((person) => person.here);
    found.push(...(here.length > 0 ? here : same).map(({ id, name: called }) => ({ id, name: called })));
  }
  return found;
}
