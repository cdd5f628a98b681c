import { anyOfTheirs } from '#src/people/one-person.queries';

/**
 * For a select: the mail address at which somebody is told, null when there is none. What they confirmed themselves counts
 * before what a chat vouches for. `person` is a part of the SQL.
 */
export const mailOfPerson = (person: string): string => `coalesce(
  (select pa.value from person_address pa where pa.kind = 'mail' and pa.confirmed_at is not null and pa.person_id = ${anyOfTheirs(person)}
    order by pa.person_id <> ${person}, pa.confirmed_at desc limit 1),
  (select e.value from account a join account_evidence e using (instance, tenant, native_user)
    where a.person_id = ${anyOfTheirs(person)} and e.kind = 'mail' and e.verified order by e.at desc limit 1))`;

/** For a select from `account a`: where its owner is told in that chat. A workspace has no slash in its name. */
export const ACCOUNT_ADDRESS = `a.tenant || '/' || a.native_user`;
