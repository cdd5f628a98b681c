import { type Tx, rows } from '#src/platform/database/database';
import type { PersonId } from './people.types.ts';

/**
 * For a condition: the ids of everybody whose rights are this person's as well, by whichever account. `person` is a part of
 * the SQL, such as "$1" or "a.person_id".
 *
 *     `… where t.person_id = ${anyOfTheirs('$1')}`
 */
export const anyOfTheirs = (person: string): string => `any (array(select id from theirs(${person}) id))`;

/** For a condition: chats know accounts of theirs, and in none of them they are active any more. */
export const isDeactivated = (person: string): string => `(
  exists (select 1 from account a where a.person_id = ${anyOfTheirs(person)} and a.deactivated)
  and not exists (select 1 from account a where a.person_id = ${anyOfTheirs(person)} and not a.deactivated))`;

/** The same for what an event tells, where ids are text. */
export const anyOfTheirsAsText = (person: string): string => `any (array(select id::text from theirs(${person}) id))`;

/** In a transaction: all of them, by whichever account. */
export async function idsOf(tx: Tx, person: PersonId): Promise<PersonId[]> {
  return (await rows<{ id: PersonId }>(tx, 'select id from theirs($1) id', [person])).map(({ id }) => id);
}

/** In a transaction: whether what the one may is the other's as well. */
export async function areOne(tx: Tx, one: PersonId | null | undefined, other: PersonId | null | undefined): Promise<boolean> {
  if (!one || !other || one === other) return Boolean(one) && one === other;
  return (await rows(tx, 'select 1 from theirs($1) id where id = $2::uuid', [one, other])).length > 0;
}
