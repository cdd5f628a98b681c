import { isOpenCategory } from '#libs/war-room-protocol/vocabulary';
import type { Tx } from '#src/platform/database/database';
import type { Projection } from '#src/platform/log/projection.types';
import { LEAD } from '#libs/war-room-protocol/roles';
import type { IncidentEvents, RoleChanged, StatusChanged } from './incidents.events.ts';
import type { Category } from './incidents.types.ts';

/** How an incident's row and its participants follow from its log. Whoever declares and whoever is given a role takes part. */
export const incidentProjection: Projection<IncidentEvents> = {
  'incident.declared': async (tx, { streamId, at, by, data }) => {
    const category = data.category ?? 'active';
    await knows(tx, data.status, category);
    await tx.query(
      `insert into incident (id, kind, number, reference, title, summary, severity, status, category, declared_by, declared_at, private)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[streamId, data.kind, Number(/\d+$/.exec(data.reference)?.[0]), data.reference, data.title, data.summary ?? null],
        ...[data.severity, data.status, category, by?.id ?? null, at, data.private ?? false],
      ],
    );
    if (by) await takesPart(tx, streamId, by.id, at);
  },
  'incident.severity-changed': (tx, { streamId, data: { to } }) =>
    tx.query('update incident set severity = $2 where id = $1', [streamId, to]),
  'incident.status-changed': (tx, { streamId, at, data }) => moved(tx, streamId, at, data),
  'incident.renamed': (tx, { streamId, data: { to } }) => tx.query('update incident set title = $2 where id = $1', [streamId, to]),
  'incident.summary-changed': (tx, { streamId, data: { to } }) =>
    tx.query('update incident set summary = $2 where id = $1', [streamId, to]),
  'incident.kind-changed': (tx, { streamId, data: { to } }) => tx.query('update incident set kind = $2 where id = $1', [streamId, to]),
  'incident.accepted': (tx, { streamId, at, data }) => moved(tx, streamId, at, data),
  'incident.declined': async (tx, { streamId, at, data }) => {
    await moved(tx, streamId, at, data);
    await tx.query('update incident set declined = $2 where id = $1', [streamId, data.reason]);
  },
  'incident.merged': async (tx, { streamId, at, data }) => {
    await moved(tx, streamId, at, data);
    // The other one may not be in this Muster.
    await tx.query('update incident set merged_into = (select id from incident where id = $2) where id = $1', [streamId, data.into.id]);
  },
  'incident.merged-in': () => Promise.resolve(),
  'incident.role-changed': (tx, { streamId, at, data }) => hasRole(tx, streamId, at, data),
  'incident.lead-changed': (tx, { streamId, at, data }) => hasRole(tx, streamId, at, { ...data, role: LEAD, name: 'Lead' }),
  'incident.resolved': async (tx, { streamId, at, data: { from, to, learned } }) => {
    await moved(tx, streamId, at, { from, to: to ?? 'resolved', category: 'post_incident' });
    await tx.query('update incident set learned = $2 where id = $1', [streamId, learned]);
  },
  'incident.privacy-changed': async (tx, { streamId, at, by, data }) => {
    await tx.query('update incident set private = $2 where id = $1', [streamId, data.private]);
    if (by) await takesPart(tx, streamId, by.id, at);
  },
  'participant.joined': (tx, { streamId, at, data: { person, observer } }) => takesPartAs(tx, streamId, person.id, at, observer ?? false),
  'participant.team-added': async (tx, { streamId, at, data: { people, observer } }) => {
    for (const { id } of people) await takesPartAs(tx, streamId, id, at, observer ?? false);
  },
  'participant.left': (tx, { streamId, data: { person } }) =>
    tx.query('delete from participant where incident_id = $1 and person_id = $2', [streamId, person.id]),
  'participant.let-in': (tx, { streamId, at, data: { person } }) => takesPart(tx, streamId, person.id, at),
  // Who is who is the organisation's to know: a log that comes from elsewhere only tells of it.
  'participant.accounts-joined': () => Promise.resolve(),
};

/** What goes on again has no end any more. An event that is older than categories tells of an active incident. */
async function moved(
  tx: Tx,
  incidentId: string,
  at: Date,
  { to, category = 'active' }: Partial<StatusChanged> & Pick<StatusChanged, 'to'>,
): Promise<void> {
  await knows(tx, to, category);
  await tx.query('update incident set status = $2, category = $3, ended_at = coalesce(ended_at, $4) where id = $1', [
    ...[incidentId, to, category, at],
  ]);
  if (!isOpenCategory(category)) return;
  await tx.query('update incident set ended_at = null, learned = null, declined = null, merged_into = null where id = $1', [incidentId]);
}

async function hasRole(tx: Tx, incidentId: string, at: Date, { role, name, to }: RoleChanged): Promise<void> {
  if (role === LEAD) await tx.query('update incident set lead_id = $2 where id = $1', [incidentId, to?.id ?? null]);
  await tx.query('delete from role_holder where incident_id = $1 and role = $2', [incidentId, role]);
  if (!to) return;
  // A role of another organisation's own is known here, and not offered.
  await tx.query(
    `insert into incident_role (key, name, instructions, rank, retired) select $1, $2, '', max(rank) + 10, true from incident_role
     on conflict (key) do nothing`,
    [role, name],
  );
  await tx.query('insert into role_holder (incident_id, role, person_id) values ($1, $2, $3)', [incidentId, role, to.id]);
  await takesPartAs(tx, incidentId, to.id, at, false);
}

/** A status of another organisation's own, or one that was removed since, is known here, and not offered. */
const knows = (tx: Tx, status: string, category: Category): Promise<unknown> =>
  tx.query(
    `insert into status (name, category, rank, archived) select $1, $2, coalesce(max(rank), 0) + 10, true from status where category = $2
     on conflict (name) do nothing`,
    [status, category],
  );

const takesPart = (tx: Tx, incidentId: string, personId: string, at: Date): Promise<unknown> =>
  tx.query('insert into participant (incident_id, person_id, joined_at) values ($1, $2, $3) on conflict do nothing', [
    ...[incidentId, personId, at],
  ]);

const takesPartAs = (tx: Tx, incidentId: string, personId: string, at: Date, observer: boolean): Promise<unknown> =>
  tx.query(
    `insert into participant (incident_id, person_id, joined_at, observer) values ($1, $2, $3, $4)
     on conflict (incident_id, person_id) do update set observer = excluded.observer`,
    [incidentId, personId, at, observer],
  );
