import { type Database, type Tx, rows } from '#src/platform/database/database';
import { anyOfTheirs, anyOfTheirsAsText } from '#src/people/one-person.queries';
import { API, type Actor, type PersonId, type SignedIn, WEB } from '#src/people/people.types';
import type { SurfaceFact } from '#src/platform/log/event.types';
import { isUuid } from '#src/platform/words/is-uuid';
import { IncidentNotFound } from './incidents.errors.ts';
import type { IncidentId } from './incidents.types.ts';

/** Somebody who wants to see: at a door, or the reader of a mail who is at none. */
export type Viewer = Pick<SignedIn, 'role' | 'incidentId'> & { readonly person: { readonly id: PersonId } };

/**
 * The one rule of who sees which incident, as a condition on a row of `incident`: every list, search, count, stream,
 * export, file and mail goes through it. It adds what it needs to `values`.
 *
 *     const values: unknown[] = [word];
 *     `select … from incident i where i.title ilike $1 and ${visibleTo(viewer, values)}`
 *
 * A private incident is seen by those who take part in it, and by nobody else: an admin who wants in lets themselves in,
 * and the room is told. Somebody who only practises sees the drill that they were let into, and those of pretend chats of
 * their own, in this practice or an earlier one.
 */
export function visibleTo(viewer: Viewer, values: unknown[], incident = 'i'): string {
  const person = `$${values.push(viewer.person.id)}::uuid`;
  const takesPart = `exists (select 1 from participant seen where seen.incident_id = ${incident}.id and seen.person_id = ${anyOfTheirs(person)})`;
  if (viewer.role !== 'guest' && viewer.incidentId === null) return `(not ${incident}.private or ${takesPart})`;
  const own = `$${values.push(viewer.incidentId)}::uuid`;
  const practised = `${incident}.practice_instance in (select p.instance from practice p where p.owner = ${person})`;
  return `(${incident}.id = ${own} or ${practised})`;
}

/** The same rule for one incident, for those who have its id in hand. */
export class Visibility {
  constructor(private readonly database: Database) {}

  async maySee(id: IncidentId, viewer: Viewer): Promise<boolean> {
    const values: unknown[] = [id];
    const found = await this.database.query(`select 1 from incident i where i.id = $1 and ${visibleTo(viewer, values)}`, values);
    return found.length > 0;
  }

  /** @throws IncidentNotFound, the same whether it is not there or not to be seen */
  async mustSee(id: IncidentId, viewer: Viewer): Promise<void> {
    if (!(await this.maySee(id, viewer))) throw new IncidentNotFound(id);
  }

  /** In a transaction: the incident that somebody calls "247" or "INC-247", if they may see it. @throws IncidentNotFound */
  async named(tx: Tx, name: string, viewer: Viewer): Promise<IncidentId> {
    const { column, value } = nameOf(name);
    const values: unknown[] = [value];
    const [found] = await rows<{ id: IncidentId }>(
      tx,
      `select i.id from incident i where i.${column} = $1 and ${visibleTo(viewer, values)}`,
      values,
    );
    if (!found) throw new IncidentNotFound(name.slice(0, 80));
    return found.id;
  }
}

/**
 * In a transaction, as things are now: who was let in at the door a moment ago may have been sent out since. That somebody
 * is in a chat's room is what lets them in there, unless they were sent out and the chat has not followed yet.
 *
 * @throws IncidentNotFound
 */
export async function mustStillSee(tx: Tx, id: IncidentId, { person, via }: Actor): Promise<void> {
  const isThere = isChat(via) ? !(await isSentOut(tx, id, person.id)) : await seesNow(tx, id, person.id);
  if (!isThere) throw new IncidentNotFound(id);
}

/** In a transaction: until it ends, nobody else changes the incident, nor who sees it. */
export async function holdStill(tx: Tx, id: IncidentId): Promise<void> {
  await tx.query('select 1 from incident where id = $1 for no key update', [id]);
}

export const isChat = ({ id }: SurfaceFact): boolean => id !== WEB.id && id !== API.id;

/** In a transaction: whether somebody who is at no door may see it, as things are now. */
export async function seesNow(tx: Tx, id: IncidentId, person: PersonId): Promise<boolean> {
  const values: unknown[] = [id];
  const visible = visibleTo(await viewerOf(tx, person), values);
  return (await rows(tx, `select 1 from incident i where i.id = $1 and ${visible}`, values)).length > 0;
}

/** Whoever was sent out of a private incident by somebody else stays outside until they are let in again. */
export async function isSentOut(tx: Tx, id: IncidentId, person: PersonId): Promise<boolean> {
  const here = await rows(tx, `select 1 from participant where incident_id = $1 and person_id = ${anyOfTheirs('$2')}`, [id, person]);
  if (here.length > 0) return false;
  // Said of all messages that this is none of them, so that the index without them is used.
  const out = await rows(
    tx,
    `select 1 from incident i, lateral (select e.actor ->> 'id' as by from event e where e.stream_id = i.id
        and e.type = 'participant.left' and e.type not like 'message.%' and e.data #>> '{person,id}' = ${anyOfTheirsAsText('$2')} order by e.seq desc limit 1) gone
      where i.id = $1 and i.private and gone.by <> all (array(select id::text from theirs($2) id))`,
    [id, person],
  );
  return out.length > 0;
}

/** Somebody who is at no door: who asked in a chat, who is to get a mail, who was at one before. */
export async function viewerOf(tx: Tx, person: PersonId): Promise<Viewer> {
  const [found] = await rows<Pick<Viewer, 'role' | 'incidentId'>>(
    tx,
    `select p.role, (select s.incident_id from session s where s.person_id = p.own_id and s.incident_id is not null
                      order by s.created_at desc limit 1) as "incidentId"
       from one_person p where p.own_id = $1`,
    [person],
  );
  return { person: { id: person }, role: found?.role ?? 'guest', incidentId: found?.incidentId ?? null };
}

const NUMBER = /^(?:(INC|DRILL)-)?(\d{1,9})$/i;

/** An incident is called by its uuid, "247" or "INC-247". @throws IncidentNotFound for anything else */
export function nameOf(name: string): { column: 'id' | 'reference'; value: string } {
  if (isUuid(name)) return { column: 'id', value: name };
  const [, prefix = 'INC', number] = NUMBER.exec(name.trim()) ?? [];
  if (number === undefined) throw new IncidentNotFound(name.slice(0, 80));
  return { column: 'reference', value: `${prefix.toUpperCase()}-${Number(number)}` };
}
