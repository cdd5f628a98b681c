import type { Database } from '#src/platform/database/database';
import type { Role } from './people.types.ts';
import { IS_GOOD } from './session-is-good.ts';

/** What a session or token is called where it must not be known: nothing is opened by it. */
export const sessionBadge = (hash: Buffer): string => `session-${hash.toString('hex')}`;
export const tokenBadge = (id: string): string => `token-${id}`;

/** Those of them that are still good, with the role that their person has now. */
export async function goodBadges(database: Database, badges: readonly string[]): Promise<ReadonlyMap<string, Role>> {
  const after = (prefix: string): string[] => badges.filter((one) => one.startsWith(prefix)).map((one) => one.slice(prefix.length));
  const found = await database.query<{ badge: string; role: Role }>(
    `select 'session-' || encode(s.token_hash, 'hex') as badge, p.role from session s join one_person o on o.own_id = s.person_id join one_person p on p.own_id = o.at_the_door
      where s.token_hash in (select decode(hex, 'hex') from unnest($1::text[]) hex) and ${IS_GOOD}
     union all
     select 'token-' || t.id, p.role from api_token t join one_person o on o.own_id = t.person_id join one_person p on p.own_id = o.at_the_door
      where t.id = any($2::uuid[]) and (t.expires_at is null or t.expires_at > clock_timestamp())`,
    [after('session-'), after('token-')],
  );
  return new Map(found.map(({ badge, role }) => [badge, role]));
}
