import { type Tx, rows } from '#src/platform/database/database';
import type { ActorFact } from '#src/platform/log/event.types';
import { viewerOf, visibleTo } from './visibility.queries.ts';

const MOST = 20;

/** What is going on and may be seen by somebody, the latest first. A pretend chat has its own drills, and they are nowhere else. */
export async function openIncidents(
  tx: Tx,
  person: ActorFact | null,
  instance: string,
): Promise<{ id: string; reference: string; title: string }[]> {
  if (!person) return [];
  const values: unknown[] = [instance, MOST];
  return rows(
    tx,
    `select i.id, i.reference, i.title from incident i
      where i.category in ('triage', 'active') and ${visibleTo(await viewerOf(tx, person.id), values)}
        and i.practice_instance is not distinct from (select coalesce(c.beside, c.id) from chat_instance c where c.id = $1 and c.pretend and c.drill_of is null)
      order by i.declared_at desc limit $2`,
    values,
  );
}
