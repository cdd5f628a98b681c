import { type Database, type Tx, rows } from '#src/platform/database/database';
import { LinkNotUsable } from './people.errors.ts';
import { hashOf, newToken } from './tokens.ts';

export type Purpose = 'admin' | 'invitation' | 'practice';

/** How long each kind of link is good for. A practice link opens pretend things only, so it may be used again. */
const MINUTES: Record<Purpose, number> = { admin: 60, invitation: 24 * 60, practice: 24 * 60 };

export async function createLink(database: Database, purpose: Purpose): Promise<string> {
  const token = newToken();
  await database.query(
    `insert into sign_in_link (token_hash, purpose, expires_at) values ($1, $2, clock_timestamp() + make_interval(mins => $3))`,
    [hashOf(token), purpose, MINUTES[purpose]],
  );
  return token;
}

/** What a link is for, if it can be used now. Looking does not use it: mail scanners and previews open links. */
export async function peekLink(database: Database, token: string): Promise<Purpose> {
  const [found] = await database.query<{ purpose: Purpose }>(
    'select purpose from sign_in_link where token_hash = $1 and used_at is null and expires_at > clock_timestamp()',
    [hashOf(token)],
  );
  if (!found) throw new LinkNotUsable();
  return found.purpose;
}

/**
 * Uses the link up, in the transaction that signs in. Of many who try at once one succeeds.
 *
 * @throws LinkNotUsable
 */
export async function useLink(tx: Tx, token: string): Promise<Purpose> {
  const [used] = await rows<{ purpose: Purpose }>(
    tx,
    `update sign_in_link set used_at = case when purpose = 'practice' then null else clock_timestamp() end
      where token_hash = $1 and used_at is null and expires_at > clock_timestamp() returning purpose`,
    [hashOf(token)],
  );
  if (!used) throw new LinkNotUsable();
  return used.purpose;
}
