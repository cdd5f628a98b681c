import type { Database } from '#src/platform/database/database';
import { type PageOf, cut, mustBeKnown } from '#src/platform/http/paging';
import { isOfATask } from './evidence.service.ts';
import type { Evidence, Join, KnownPerson, Suggestion } from './joining.types.ts';
import type { PersonId } from './people.types.ts';

/** Who has more to decide decides these first. */
const MOST = 50;

interface Pair {
  readonly one: PersonId;
  readonly other: PersonId;
  readonly because: Suggestion['because'];
  readonly shared: string;
}

/** Who is read as whom, who may be, and what is known of each, for admins. */
export class JoinQueries {
  constructor(private readonly database: Database) {}

  /** By the name of the one they are. @throws BadRequest when `after` is nobody who was joined */
  async page({ after, limit }: PageOf): Promise<{ joins: Join[]; next: PersonId | null; more: boolean }> {
    const found = await this.database.query<{ person_id: PersonId; to_id: PersonId; evidence: Evidence; at: Date }>(
      `select j.person_id, j.to_id, j.evidence, j.at from person_join j join person o on o.id = j.one_id
        where $2::uuid is null or (lower(o.name), j.one_id, j.person_id) > (
          select lower(one.name), last.one_id, last.person_id from person_join last join person one on one.id = last.one_id where last.person_id = $2)
        order by lower(o.name), j.one_id, j.person_id limit $1`,
      [limit + 1, after ?? null],
    );
    await mustBeKnown(after, found, (id) => this.database.query('select 1 from person_join where person_id = $1', [id]));
    const { shown, next, more } = cut(found, { after: after ?? null, limit }, (join) => join.person_id);
    const known = await this.known(shown.flatMap((join) => [join.person_id, join.to_id]));
    const joins = shown.flatMap(({ person_id: personId, to_id: toId, evidence, at }) => {
      const [person, to] = [known.get(personId), known.get(toId)];
      return person && to ? [{ person, to, evidence, at: at.toISOString() }] : [];
    });
    return { joins, next, more };
  }

  /** Who shares a mail or an identity that does not join them by itself, then who has the same name; nobody of whom an admin said that they are two. */
  async suggestions(): Promise<Suggestion[]> {
    const found = await this.database.query<Pair>(
      `with people as (
         select p.id, lower(p.name) as name from person p
          where p.role <> 'guest' and not exists (select 1 from person_join j where j.person_id = p.id)
            and not exists (select 1 from account a join chat_instance c on c.id = a.instance and c.pretend where a.person_id = p.id)),
       pairs as (
         select least(m.id, n.id) as one, greatest(m.id, n.id) as other, e.kind as because, e.value as shared
           from account_evidence e join account a using (instance, tenant, native_user) join one_person m on m.own_id = a.person_id
           join account_evidence f on f.kind = e.kind and f.value = e.value join account b on (b.instance, b.tenant, b.native_user) = (f.instance, f.tenant, f.native_user)
           join one_person n on n.own_id = b.person_id
          where m.id < n.id and not exists (select 1 from shared_mailbox s where s.address = e.value)
         union all
         select a.id, b.id, 'name', a.name from people a join people b on b.name = a.name and a.id < b.id)
       select distinct on (s.one, s.other) s.* from pairs s join people a on a.id = s.one join people b on b.id = s.other
        where not exists (select 1 from person_apart x join one_person p on p.own_id = x.one join one_person q on q.own_id = x.other
                           where (p.id, q.id) in ((s.one, s.other), (s.other, s.one)))
        order by s.one, s.other, array_position(array['idp', 'mail', 'name'], s.because)`,
    );
    const strongest = found
      .filter(({ because, shared }) => because !== 'mail' || !isOfATask(shared))
      .sort((a, b) => Number(a.because === 'name') - Number(b.because === 'name') || a.shared.localeCompare(b.shared))
      .slice(0, MOST);
    const known = await this.known(strongest.flatMap(({ one, other }) => [one, other]));
    return strongest.flatMap(({ because, shared, ...pair }) => {
      const [one, other] = [known.get(pair.one), known.get(pair.other)];
      return one && other ? [{ one, other, because, shared }] : [];
    });
  }

  /** Whose id or whole name this is; what was given when it is nobody's, or several people's. */
  async idOf(given: string): Promise<string> {
    const found = await this.database.query<{ id: PersonId }>(
      `select distinct o.id from person p join one_person o on o.own_id = p.id where lower(p.name) = lower($1) and p.role <> 'guest' limit 2`,
      [given.replace(/^@/, '').trim()],
    );
    return found.length === 1 ? (found[0]?.id ?? given) : given;
  }

  async chats(): Promise<{ id: string; name: string; trusted: boolean }[]> {
    return this.database.query(
      `select c.id, c.name, exists (select 1 from trusted_chat t where t.instance = c.id) as trusted from chat_instance c where not c.pretend order by lower(c.name), c.id`,
    );
  }

  async sharedMailboxes(): Promise<string[]> {
    const found = await this.database.query<{ address: string }>('select address from shared_mailbox order by address');
    return found.map(({ address }) => address);
  }

  private async known(ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, KnownPerson>> {
    const found = await this.database.query<Omit<KnownPerson, 'metAt'> & { met_at: Date }>(
      `select p.id, p.name, o.role, p.created_at as met_at,
              exists (select 1 from session s where s.person_id = p.id) or exists (select 1 from api_token t where t.person_id = p.id) as "signsIn",
              (select count(*)::int from participant t where t.person_id = p.id) as incidents,
              coalesce((select jsonb_agg(jsonb_build_object('chat', coalesce(c.name, a.instance), 'user', a.native_user, 'mail', e.value, 'isMailVerified', coalesce(e.verified, false))
                                         order by c.name, a.instance, a.native_user)
                          from account a left join chat_instance c on c.id = a.instance
                               left join account_evidence e on (e.instance, e.tenant, e.native_user, e.kind) = (a.instance, a.tenant, a.native_user, 'mail')
                         where a.person_id = p.id), '[]') as accounts
         from person p join one_person o on o.own_id = p.id where p.id = any($1)`,
      [[...new Set(ids)]],
    );
    return new Map(found.map(({ met_at: metAt, ...person }) => [person.id, { ...person, metAt: metAt.toISOString() }]));
  }
}
