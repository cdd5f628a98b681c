import { type Database, type Tx, rows } from '#src/platform/database/database';
import { isUuid } from '#src/platform/words/is-uuid';
import type { TeamToCall } from './teams.types.ts';

/** The team that somebody means by its id, its whole name or "@Payments"; null when there is none. An archived one is not meant. */
export async function teamCalled(tx: Tx, given: string): Promise<TeamToCall | null> {
  const name = given.replace(/^@/, '').trim().toLowerCase();
  const [found] = await rows<TeamToCall>(
    tx,
    `select t.id, t.name, coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by lower(p.name), p.id)
                                     filter (where p.id is not null), '[]') as members
       from team t left join lateral (select distinct o.may_as as id, o.name from team_member m join one_person o on o.own_id = m.person_id
                                       where m.team_id = t.id and o.role <> 'guest') p on true
      where not t.archived and ${isUuid(name) ? 't.id::text' : 'lower(t.name)'} = $1 group by t.id`,
    [name],
  );
  return found ?? null;
}

/** The first `limit` names of those there are, for who named another one. */
export async function teamNames(tx: Tx, limit: number): Promise<string[]> {
  const known = await rows<{ name: string }>(tx, 'select name from team where not archived order by lower(name) limit $1', [limit]);
  return known.map(({ name }) => name);
}

/** Teams as rooms offer them. */
export class TeamQueries {
  constructor(private readonly database: Database) {}

  /** The names of those that somebody is in. */
  async callable(): Promise<string[]> {
    const found = await this.database.query<{ name: string }>(
      'select name from team t where not archived and exists (select 1 from team_member m where m.team_id = t.id) order by lower(name)',
    );
    return found.map(({ name }) => name);
  }
}
