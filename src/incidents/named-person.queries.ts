import { type Tx, rows } from '#src/platform/database/database';
import type { ActorFact } from '#src/platform/log/event.types';
import { isUuid } from '#src/platform/words/is-uuid';
import { areOne } from '#src/people/one-person.queries';
import type { Call } from '#src/conversation/conversation.types';
import { IncidentNotFound, PersonAmbiguous, PersonUnknown } from './incidents.errors.ts';
import type { IncidentId } from './incidents.types.ts';

const SHOWN = 3;

/** Whom a verb's words name: the account that was picked there, which is one person's, before any name. */
export function personNamed(call: Call, given: string): Promise<ActorFact> {
  if (call.incidentId === null) throw new IncidentNotFound('here');
  return namedPerson(call.tx, call.incidentId, given, call.by.person, pickedAs(call, given));
}

/** The account that was picked, if these words are one. */
export function pickedAs({ mentions }: Call, given: string): ActorFact | undefined {
  const words = inOneLine(given);
  return mentions.find(({ text }) => inOneLine(text) === words)?.person;
}

const inOneLine = (words: string): string => words.trim().replace(/\s+/g, ' ');

/** What somebody claims to be called elsewhere is nobody's name: who names them means the other one. */
const OF_THEIR_OWN_NAME = `case when p.may_as = p.own_id and p.id <> p.own_id then '' else (select lower(own.name) from person own where own.id = p.own_id) end`;

/**
 * Whom somebody means by "me", an id or "@Ana": by the whole name, those who take part first, then anybody in the organisation.
 * A drill knows its own people only: who takes part, and who is in its pretend chat.
 *
 * @throws PersonUnknown, or PersonAmbiguous when several have that name
 */
export async function namedPerson(tx: Tx, id: IncidentId, given: string, me: ActorFact, picked?: ActorFact): Promise<ActorFact> {
  const name = picked?.id ?? given.replace(/^@/, '').trim().toLowerCase();
  if (name === 'me' || (await areOne(tx, isUuid(name) ? name : null, me.id))) return me;
  const found = await rows<ActorFact & { here: boolean }>(
    tx,
    `select p.may_as as id, p.name, bool_or(t.person_id is not null) as here
       from incident i join one_person p on ${isUuid(name) ? 'p.own_id::text' : OF_THEIR_OWN_NAME} = $2
            left join participant t on t.incident_id = i.id and t.person_id in (select id from theirs(p.own_id) id)
      where i.id = $1 and (t.person_id is not null or (p.role <> 'guest' and i.practice_instance is null)
        or exists (select 1 from account a where a.person_id = p.own_id and (a.instance = i.practice_instance or a.instance in (select c.id from chat_instance c where c.beside = i.practice_instance))))
      group by p.may_as, p.name`,
    [id, name],
  );
  const here = found.filter((person) => person.here);
  const [one, ...others] = here.length > 0 ? here : found;
  if (!one) throw new PersonUnknown(given, await namesLike(tx, id, name));
  if (others.length > 0) throw new PersonAmbiguous(given, [one, ...others]);
  return { id: one.id, name: one.name };
}

/** Of those who could be meant, some that have a word which begins so. */
async function namesLike(tx: Tx, id: IncidentId, begun: string): Promise<string[]> {
  if (begun === '') return [];
  const found = await rows<{ name: string }>(
    tx,
    `select distinct p.name from incident i cross join one_person p left join participant t on t.person_id = p.own_id and t.incident_id = i.id
      where i.id = $1 and strpos(' ' || lower(p.name), ' ' || $2) > 0
        and (t.person_id is not null or (p.role <> 'guest' and i.practice_instance is null))
      order by p.name limit $3`,
    [id, begun, SHOWN],
  );
  return found.map(({ name }) => name);
}
