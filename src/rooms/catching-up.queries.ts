import type { Chats } from '#src/platform/chats/chats';
import type { Database } from '#src/platform/database/database';
import { costWords } from './gaps/cost-words.ts';

/** By chat, what catching up with it after an outage costs; of those that run here. */
export async function catchingUpCosts(database: Database, chats: Pick<Chats, 'all'>): Promise<ReadonlyMap<string, string>> {
  const found = await database.query<{ instance: string; rooms: number }>(
    `select m.instance, count(*)::int as rooms from mirror m join incident i on i.id = m.incident_id
      where m.room is not null and m.state in ('open', 'suspect', 'catching-up', 'parked') and (i.ended_at is null or i.ended_at > clock_timestamp() - interval '1 day')
      group by m.instance`,
  );
  const costs = chats.all().map(({ id, name, adapter }) => {
    const rooms = found.find(({ instance }) => instance === id)?.rooms ?? 0;
    return [id, costWords(name, adapter.capabilities(), rooms)] as const;
  });
  return new Map(costs.flatMap(([id, words]) => (words === null ? [] : [[id, words] as const])));
}
