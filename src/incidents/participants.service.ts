import { type Tx, rows } from '#src/platform/database/database';
import type { ActorFact } from '#src/platform/log/event.types';
import type { TeamToCall } from '#src/teams/teams.types';
import type { Changed, IncidentChanges, Request } from './incident-changes.ts';
import { LastToSeeIt, TeamEmpty } from './incidents.errors.ts';
import type { RoleHolders } from './roles/role-holders.service.ts';

/** Who takes part: a responder acts, an observer watches. In a private incident they are those who see it. */
export class Participants {
  constructor(
    private readonly changes: IncidentChanges,
    private readonly holders: RoleHolders,
  ) {}

  /**
   * From now on they take part as this. Anybody may themselves; others are let in by a responder or the lead. Whoever has a
   * role acts, so they stay a responder until they give it back.
   *
   * @throws IncidentNotFound, NotAllowed
   */
  add(tx: Tx, request: Request, person: ActorFact, observer: boolean): Promise<Changed> {
    const { id, by } = request;
    return this.changes.make(tx, request, {
      type: 'participant.joined',
      may: person.id === by.person.id ? 'participant.join' : 'participant.add',
      isSame: (done) => done.person.id === person.id && (done.observer ?? false) === observer,
      move: async () => {
        const changed = await rows(
          tx,
          `insert into participant as now (incident_id, person_id, observer) values ($1, $2, $3)
           on conflict (incident_id, person_id) do update set observer = excluded.observer
            where now.observer <> excluded.observer
              and not exists (select 1 from role_holder h where h.incident_id = now.incident_id and h.person_id = now.person_id)
           returning 1`,
          [id, person.id, observer],
        );
        return changed.length === 0 ? null : { person, ...(observer ? { observer: true } : {}) };
      },
    });
  }

  /**
   * Whoever is in the team now takes part from now on; who takes part already stays as they are, and who joins the team later
   * is not let in by it.
   *
   * @throws IncidentNotFound, NotAllowed, TeamEmpty
   */
  addTeam(tx: Tx, request: Request, { id: teamId, name: team, members }: TeamToCall, observer: boolean): Promise<Changed> {
    return this.changes.make(tx, request, {
      type: 'participant.team-added',
      may: 'participant.add',
      isSame: (done) => done.teamId === teamId && (done.observer ?? false) === observer,
      move: async ({ id }) => {
        if (members.length === 0) throw new TeamEmpty(team);
        const added = await rows<{ id: string }>(
          tx,
          `insert into participant (incident_id, person_id, observer) select $1, person_id, $3 from unnest($2::uuid[]) as person_id
           on conflict do nothing returning person_id as id`,
          [id, members.map((member) => member.id), observer],
        );
        const people = members.filter((member) => added.some((one) => one.id === member.id));
        return people.length === 0 ? null : { teamId, team, people, ...(observer ? { observer: true } : {}) };
      },
    });
  }

  /**
   * They take no part any more, and give back the roles they have. A private incident is gone for them: it is not there, and
   * its streams end. It keeps at least one who sees it.
   *
   * @throws IncidentNotFound, NotAllowed, LastToSeeIt
   */
  remove(tx: Tx, request: Request, person: ActorFact): Promise<Changed> {
    const { id, by } = request;
    return this.changes.make(tx, request, {
      type: 'participant.left',
      may: person.id === by.person.id ? 'participant.join' : 'participant.add',
      isSame: (done) => done.person.id === person.id,
      move: async (incident) => {
        const gone = await rows(tx, 'delete from participant where incident_id = $1 and person_id = $2 returning 1', [id, person.id]);
        if (gone.length === 0) return null;
        const others = await rows(tx, 'select 1 from participant where incident_id = $1 limit 1', [id]);
        if (incident.private && others.length === 0) throw new LastToSeeIt(incident.reference);
        await this.holders.giveBackAll(tx, incident, request, person);
        return { person };
      },
    });
  }
}
