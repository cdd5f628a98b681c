import { type Tx, rows } from '#src/platform/database/database';
import { mustBeAllowed } from '#src/people/permissions.types';
import type { Actor } from '#src/people/people.types';
import type { Changed, IncidentChanges, Request } from './incident-changes.ts';
import { IncidentNotFound, NotPrivate } from './incidents.errors.ts';
import type { IncidentId } from './incidents.types.ts';
import { nameOf, viewerOf } from './visibility.queries.ts';

/** Who an incident is shown to: everybody in the organisation, or those who take part in it. */
export class Privacy {
  constructor(private readonly changes: IncidentChanges) {}

  /**
   * Makes it private, or public again. Its streams end for those who may not see it any more, and the chats' rooms that
   * others could read are left. Whoever makes it private takes part in it, or they would lock themselves out.
   *
   * @throws IncidentNotFound, NotAllowed
   */
  set(tx: Tx, request: Request, isPrivate: boolean): Promise<Changed> {
    return this.changes.make(tx, request, {
      type: 'incident.privacy-changed',
      may: 'incident.privacy',
      isSame: (done) => done.private === isPrivate,
      move: async (incident) => {
        const change = incident.setPrivate(isPrivate);
        if (change) await takePart(tx, request.id, request.by);
        return change;
      },
    });
  }

  /**
   * An admin lets themselves into a private incident that they do not take part in; the room is told. Being in it already
   * changes nothing.
   *
   * @throws IncidentNotFound, NotAllowed, ScopeMissing, NotPrivate
   */
  async letIn(tx: Tx, name: string, by: Actor, requestId: string): Promise<Changed> {
    // Asked first: who may not do this at all is told the same of every number.
    const { role } = await viewerOf(tx, by.person.id);
    mustBeAllowed({ role, scopes: by.scopes ?? null }, 'incident.let-in');
    const { column, value } = nameOf(name);
    const [found] = await rows<{ id: IncidentId }>(tx, `select id from incident where ${column} = $1 and practice_instance is null`, [
      value,
    ]);
    if (!found) throw new IncidentNotFound(name.slice(0, 80));
    const { person } = by;
    return this.changes.make(
      tx,
      { id: found.id, by, requestId },
      {
        type: 'participant.let-in',
        may: 'incident.let-in',
        isSame: (done) => done.person.id === person.id,
        move: async (incident) => {
          if (!incident.private) throw new NotPrivate(incident.reference);
          return (await takePart(tx, incident.id, by)) ? { person } : null;
        },
      },
    );
  }
}

async function takePart(tx: Tx, id: IncidentId, { person }: Actor): Promise<boolean> {
  const added = await rows(tx, 'insert into participant (incident_id, person_id) values ($1, $2) on conflict do nothing returning 1', [
    id,
    person.id,
  ]);
  return added.length > 0;
}
