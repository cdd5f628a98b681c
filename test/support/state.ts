import { ArtifactQueries } from '#src/artifacts/artifacts.queries';
import type { TestApp } from './app.ts';
import type { Folded, FoldedMessage } from './fold.ts';

/** The same as `fold` of an incident's log, from the tables. */
export async function stateOf(app: Pick<TestApp, 'database' | 'get'>, id: string): Promise<Folded> {
  const [incident] = await app.database.query<
    Omit<Folded, 'participants' | 'observers' | 'roles' | 'messages' | 'files' | 'entries' | 'hidden'>
  >(
    `select title, summary, kind, severity, status, lead_id as lead, ended_at is not null as "isEnded", learned, private as "isPrivate", category, declined, merged_into as "mergedInto" from incident where id = $1`,
    [id],
  );
  const people = await app.database.query<{ person_id: string; observer: boolean }>(
    'select person_id, observer from participant where incident_id = $1 order by person_id',
    [id],
  );
  const roles = await app.database.query<{ role: string; person_id: string }>(
    'select role, person_id from role_holder where incident_id = $1',
    [id],
  );
  const messages = await app.database.query<FoldedMessage & { id: string }>(
    `select m.id, e.seq::int, m.text, m.author ->> 'id' as by, m.edited_at is not null as "isEdited", m.deleted_at is not null as "isDeleted",
            m.reply_to as "replyTo", exists (select 1 from pin p where p.message_id = m.id) as "isPinned",
            array(select r.emoji || ' ' || r.person_id from reaction r where r.message_id = m.id order by (r.emoji || ' ' || r.person_id) collate "C") as reactions
       from message m join event e on e.stream_id = m.incident_id and e.id = m.id where m.incident_id = $1`,
    [id],
  );
  const { shown: files } = await app.get(ArtifactQueries).list(id, { limit: 500 });
  const entries = await app.database.query<{ id: string; text: string; happened_at: Date }>(
    'select id, text, happened_at from timeline_entry where incident_id = $1',
    [id],
  );
  const hidden = await app.database.query<{ item_id: string }>(
    'select item_id from timeline_hidden where incident_id = $1 order by item_id',
    [id],
  );
  if (!incident) throw new Error('the incident is gone');
  return {
    ...incident,
    participants: people.map(({ person_id }) => person_id),
    observers: people.filter(({ observer }) => observer).map(({ person_id }) => person_id),
    roles: Object.fromEntries(roles.map(({ role, person_id }) => [role, person_id])),
    entries: Object.fromEntries(
      entries.map(({ id: entry, text: words, happened_at }) => [entry, { text: words, happenedAt: happened_at.toISOString() }]),
    ),
    hidden: hidden.map(({ item_id }) => item_id),
    messages: Object.fromEntries(messages.map(({ id: message, ...rest }) => [message, rest])),
    files: Object.fromEntries(files.map(({ fact, by, removedAt }) => [fact.fileId, { ...fact, by: by.id, isRemoved: removedAt !== null }])),
  };
}
