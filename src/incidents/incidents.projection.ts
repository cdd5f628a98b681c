import type { Tx } from '#src/platform/database/database';
import type { Projection } from '#src/platform/log/projection.types';
import type { IncidentEvents } from './incidents.events.ts';

/** How an incident's row and its participants follow from its log. Whoever declares and whoever is given the lead takes part. */
export const incidentProjection: Projection<IncidentEvents> = {
  'incident.declared': async (tx, { streamId, at, by, data }) => {
    await tx.query(
      `insert into incident (id, kind, number, reference, title, summary, severity, status, category, declared_by, declared_at, private)
       values ($1, $2, $3, $4, $5, $6, $7, $8, (select category from status where name = $8), $9, $10, $11)`,
      [
        ...[streamId, data.kind, Number(/\d+$/.exec(data.reference)?.[0]), data.reference, data.title, data.summary ?? null],
        ...[data.severity, data.status, by?.id ?? null, at, data.private ?? false],
      ],
    );
    if (by) await takesPart(tx, streamId, by.id, at);
  },
  'incident.severity-changed': (tx, { streamId, data: { to } }) =>
    tx.query('update incident set severity = $2 where id = $1', [streamId, to]),
  'incident.status-changed': (tx, { streamId, data: { to } }) =>
    tx.query(
      'update incident set status = $2, category = (select category from status where name = $2), resolved_at = null where id = $1',
      [...[streamId, to]],
    ),
  'incident.lead-changed': async (tx, { streamId, at, data: { to } }) => {
    await tx.query('update incident set lead_id = $2 where id = $1', [streamId, to?.id ?? null]);
    if (to) await takesPart(tx, streamId, to.id, at);
  },
  'incident.resolved': (tx, { streamId, at, data: { learned } }) =>
    tx.query(
      `update incident set status = 'resolved', category = (select category from status where name = 'resolved'), resolved_at = $2, learned = $3
        where id = $1`,
      [streamId, at, learned],
    ),
  'incident.privacy-changed': async (tx, { streamId, at, by, data }) => {
    await tx.query('update incident set private = $2 where id = $1', [streamId, data.private]);
    if (by) await takesPart(tx, streamId, by.id, at);
  },
  'participant.joined': (tx, { streamId, at, data: { person } }) => takesPart(tx, streamId, person.id, at),
  'participant.let-in': (tx, { streamId, at, data: { person } }) => takesPart(tx, streamId, person.id, at),
};

const takesPart = (tx: Tx, incidentId: string, personId: string, at: Date): Promise<unknown> =>
  tx.query('insert into participant (incident_id, person_id, joined_at) values ($1, $2, $3) on conflict do nothing', [
    ...[incidentId, personId, at],
  ]);
