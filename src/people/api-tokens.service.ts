import { type Database, afterCommit, rows } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import { type PageOf, cut, mustBeKnown } from '#src/platform/http/paging';
import type { StreamLog } from '#src/platform/log/log';
import { recordChange } from '#src/platform/log/organisation-log';
import { tokenBadge } from './badges.queries.ts';
import { anyOfTheirs } from './one-person.queries.ts';
import { TokenNotFound, TokenOverAlready } from './people.errors.ts';
import type { People } from './people.service.ts';
import { may, mustBeAllowed, mustHaveScope } from './permissions.types.ts';
import { API, type AtTheDoor, type PersonId, type Role, SCOPES, type Scope, actorOf } from './people.types.ts';
import { hashOf, newToken } from './tokens.ts';

/** What can be shown of a token: never the token. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly person: { readonly id: PersonId; readonly name: string };
  /** Null: everything that its person may. */
  readonly scopes: readonly Scope[] | null;
  readonly madeAt: string;
  readonly expiresAt: string | null;
  /** To the minute or so. */
  readonly lastUsedAt: string | null;
}

export interface ToMake {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Date | null;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly person_id: PersonId;
  readonly person_name: string;
  readonly scopes: Scope[] | null;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
}

/** Whoever made it, as whom they are at the door now. */
const HOLDER = 'join one_person o on o.own_id = t.person_id join one_person p on p.own_id = o.at_the_door';
const SELECT = `select t.*, p.own_id as person_id, p.name as person_name from api_token t ${HOLDER}`;

/** Tokens of the API. A token acts as its person and never does more than they may; only hashes are kept. */
export class ApiTokens {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly log: StreamLog,
    private readonly doorbell: Doorbell,
  ) {}

  /** Whose token this is. Null when it is nobody's, was revoked, or has run out. */
  async holder(value: string): Promise<AtTheDoor | null> {
    const [found] = await this.database.query<Row & { role: Role; stale: boolean }>(
      `select t.*, p.own_id as person_id, p.name as person_name, p.role,
              coalesce(t.last_used_at < clock_timestamp() - interval '1 minute', true) as stale
         from api_token t ${HOLDER}
        where t.token_hash = $1 and (t.expires_at is null or t.expires_at > clock_timestamp())`,
      [hashOf(value)],
    );
    if (!found) return null;
    if (found.stale) await this.markUsed(found.id);
    const via = found.scopes === null ? API : { ...API, name: `${API.name}: ${found.name}` };
    return {
      person: { id: found.person_id, name: found.person_name },
      role: found.role,
      incidentId: null,
      scopes: found.scopes,
      badge: tokenBadge(found.id),
      via,
    };
  }

  /** One's own; an admin sees everybody's, by name. @throws NotAllowed, and BadRequest when `after` is no token */
  async page({ after, limit }: PageOf, by: AtTheDoor) {
    mustBeAllowed(by, 'token.make');
    const found = await this.database.query<Row>(
      `${SELECT} where (t.person_id = ${anyOfTheirs('$1')} or $2)
          and ($4::uuid is null or (lower(p.name), t.created_at, t.id) > (
            select lower(holder.name), last.created_at, last.id from api_token last join one_person made on made.own_id = last.person_id
              join one_person holder on holder.own_id = made.at_the_door where last.id = $4))
        order by lower(p.name), t.created_at, t.id limit $3`,
      [by.person.id, may(by.role, 'token.manage'), limit + 1, after ?? null],
    );
    await mustBeKnown(after, found, (id) => this.database.query('select 1 from api_token where id = $1', [id]));
    const { shown, next, more } = cut(found, { after: after ?? null, limit }, ({ id }) => id);
    return { tokens: shown.map(toToken), next, more };
  }

  /**
   * Makes one that acts as whoever makes it. `value` is the token itself, which is kept nowhere and never shown again.
   *
   * @throws NotAllowed, TokenOverAlready
   */
  async make({ name, scopes, expiresAt }: ToMake, by: AtTheDoor): Promise<{ token: ApiToken; value: string }> {
    mustBeAllowed(by, 'token.make');
    if (scopes.includes('admin')) mustBeAllowed(by, 'token.make-for-admins');
    // No token makes one that may do more than itself.
    for (const scope of scopes) mustHaveScope(by.scopes, scope);
    const value = newToken();
    return this.database.transaction(async (tx) => {
      const [made] = await rows<Row>(
        tx,
        `with made as (
           insert into api_token (token_hash, person_id, name, scopes, expires_at)
           select $1, $2, $3, $4, $5::timestamptz where coalesce($5::timestamptz > clock_timestamp(), true) returning *)
         select made.*, p.name as person_name from made join person p on p.id = made.person_id`,
        [hashOf(value), by.person.id, name, SCOPES.filter((scope) => scopes.includes(scope)), expiresAt],
      );
      if (!made) throw new TokenOverAlready();
      const token = toToken(made);
      await this.record(tx, 'token.made', by, token, { before: null, after: factsOf(token) });
      return { token, value };
    });
  }

  /** From now on it is nobody's, and what it watches ends. Whose it is may do so, and an admin. @throws NotAllowed, TokenNotFound */
  async revoke(id: string, by: AtTheDoor): Promise<void> {
    mustBeAllowed(by, 'token.make');
    await this.database.transaction(async (tx) => {
      const [gone] = await rows<Row>(
        tx,
        `with gone as (delete from api_token where id = $1 and (person_id = ${anyOfTheirs('$2')} or $3) returning *)
         select gone.*, p.name as person_name from gone join person p on p.id = gone.person_id`,
        [id, by.person.id, may(by.role, 'token.manage')],
      );
      if (!gone) throw new TokenNotFound();
      afterCommit(tx, () => this.doorbell.ring({ topic: 'people', id: gone.person_id }));
      const token = toToken(gone);
      await this.record(tx, 'token.revoked', by, token, { before: factsOf(token), after: null });
    });
  }

  /** The token given in the environment belongs to the first admin. Starting again with the same one changes nothing. */
  async keepBootstrapToken(value: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const admin = await this.people.firstAdmin(tx, 'Admin');
      await tx.query(`insert into api_token (token_hash, person_id, name) values ($1, $2, 'bootstrap') on conflict do nothing`, [
        hashOf(value),
        admin.id,
      ]);
    });
  }

  /** At most once a minute, so that a token in use costs no commit a request. */
  private async markUsed(id: string): Promise<void> {
    await this.database.query(
      `update api_token set last_used_at = clock_timestamp()
        where id = $1 and (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute')`,
      [id],
    );
  }

  private async record(
    tx: Parameters<typeof recordChange>[0],
    type: string,
    by: AtTheDoor,
    { name, person }: ApiToken,
    change: { readonly before: unknown; readonly after: unknown },
  ): Promise<void> {
    const { person: who, via } = actorOf(by);
    await recordChange(tx, this.log, { type, by: who, via, data: { what: `${name}, of ${person.name}`, ...change } });
  }
}

const factsOf = ({ id, scopes, expiresAt }: ApiToken): object => ({ id, scopes, expiresAt });

const toToken = (row: Row): ApiToken => ({
  id: row.id,
  name: row.name,
  person: { id: row.person_id, name: row.person_name },
  scopes: row.scopes,
  madeAt: row.created_at.toISOString(),
  expiresAt: row.expires_at?.toISOString() ?? null,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
});
