import { type Tx, rows } from '#src/platform/database/database';
import { anyOfTheirs, idsOf } from '#src/people/one-person.queries';
import type { ActorFact } from '#src/platform/log/event.types';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { TeamToCall } from '#src/teams/teams.types';
import type { Changed, IncidentChanges, Request } from './incident-changes.ts';
import { LastToSeeIt, TeamEmpty } from './incidents.errors.ts';
import type { IncidentId } from './incidents.types.ts';
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
  async add(tx: Tx, request: Request, asked: ActorFact, observer: boolean): Promise<Changed> {
    const { id, by } = request;
    const theirIds = await idsOf(tx, asked.id);
    // Whoever takes part by another account of theirs does not take part twice.
    const [person = asked] = await hereAs(tx, id, asked);
    return this.changes.make(tx, request, {
      type: 'participant.joined',
      may: theirIds.includes(by.person.id) ? 'participant.join' : 'participant.add',
      isSame: (done) => theirIds.includes(done.person.id) && (done.observer ?? false) === observer,
      move: async () => {
        const changed = await rows(
          tx,
          `insert into participant as now (incident_id, person_id, observer) values ($1, $2, $3)
           on conflict (incident_id, person_id) do update set observer = excluded.observer
            where now.observer <> excluded.observer
              and not exists (select 1 from role_holder h where h.incident_id = now.incident_id and h.person_id = ${anyOfTheirs('$2')})
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
          `insert into participant (incident_id, person_id, observer) select $1, member.id, $3 from unnest($2::uuid[]) as member (id)
            where not exists (select 1 from participant t where t.incident_id = $1 and t.person_id in (select id from theirs(member.id) id))
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
  async remove(tx: Tx, request: Request, asked: ActorFact): Promise<Changed> {
    const { id, by, requestId } = request;
    const theirIds = await idsOf(tx, asked.id);
    return this.changes.make(tx, request, {
      type: 'participant.left',
      may: theirIds.includes(by.person.id) ? 'participant.join' : 'participant.add',
      isSame: (done) => theirIds.includes(done.person.id),
      move: async (incident) => {
        const here = await hereAs(tx, id, asked);
        const gone = await rows(tx, `delete from participant where incident_id = $1 and person_id = ${anyOfTheirs('$2')} returning 1`, [
          id,
          asked.id,
        ]);
        const [person, ...alsoAs] = here;
        if (!person || gone.length === 0) return null;
        const others = await rows(tx, 'select 1 from participant where incident_id = $1 limit 1', [id]);
        if (incident.private && others.length === 0) throw new LastToSeeIt(incident.reference);
        for (const one of here) await this.holders.giveBackAll(tx, incident, request, one);
        for (const one of alsoAs)
          await this.changes.append(tx, id, 'participant.left', by, uuidFor(requestId, 'left', one.id), { person: one });
        return { person };
      },
    });
  }
}

/** By which of their accounts somebody takes part, the one that was asked for first. */
function hereAs(tx: Tx, id: IncidentId, { id: personId }: ActorFact): Promise<ActorFact[]> {
  return rows<ActorFact>(
    tx,
    `select p.own_id as id, p.name from participant t join one_person p on p.own_id = t.person_id
      where t.incident_id = $1 and t.person_id = ${anyOfTheirs('$2')} order by t.person_id <> $2, t.joined_at, t.person_id`,
    [id, personId],
  );
}
