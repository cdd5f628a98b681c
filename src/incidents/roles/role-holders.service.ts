import type { RoleView } from '#libs/war-room-protocol/views';
import { LEAD } from '#libs/war-room-protocol/roles';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import { anyOfTheirs, areOne } from '#src/people/one-person.queries';
import type { ActorFact } from '#src/platform/log/event.types';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { Changed, IncidentChanges, Request } from '../incident-changes.ts';
import type { Incident } from '../incident.entity.ts';
import { RoleUnknown } from '../incidents.errors.ts';
import type { IncidentId } from '../incidents.types.ts';
import type { Incidents } from '../incidents.service.ts';
import { handOver } from './hand-over.ts';
import { toldSoFar } from './told-so-far.ts';
import { type IncidentRole, toldOf } from './roles.types.ts';

/** What came of it, and what whoever asked is told alone. */
export interface RoleGiven extends Changed {
  readonly say: string;
}

/** Those that can be given, and a retired one while somebody has it. `holder`: by the account that took it, or as they are read. */
const inUse = (
  holder: 'own_id' | 'id',
): string => `select r.key, r.name, r.instructions, r.retired, case when p.id is not null then jsonb_build_object('id', p.${holder}, 'name', p.name) end as holder
  from incident_role r left join role_holder h on h.role = r.key and h.incident_id = $1 left join one_person p on p.own_id = h.person_id
 where not r.retired or p.id is not null order by r.rank, r.key`;

/** Who has which role in an incident. */
export class RoleHolders {
  constructor(
    private readonly database: Database,
    private readonly changes: IncidentChanges,
    private readonly incidents: Incidents,
  ) {}

  of(id: IncidentId): Promise<RoleView[]> {
    return this.database.query<RoleView>(inUse('id'), [id]);
  }

  /** The same in a transaction, by the accounts that took them. */
  in(tx: Tx, id: IncidentId): Promise<RoleView[]> {
    return rows<RoleView>(tx, inUse('own_id'), [id]);
  }

  /**
   * Gives a role to somebody, who takes part from then on, or to nobody. At most one person has it; handing over is one
   * event, with a card of what there is to know. Taking it, handing on one's own and giving it back is anybody's; whatever is decided for others is a
   * responder's or the lead's.
   *
   * @throws IncidentNotFound, NotAllowed, RoleUnknown
   */
  async change(tx: Tx, request: Request, key: string, to: ActorFact | null): Promise<RoleGiven> {
    const mine = request.by.person.id;
    const role = await this.usable(tx, request.id, key, to);
    let holder: ActorFact | null = null;
    const changed = await this.changes.make(tx, request, {
      type: 'incident.role-changed',
      may: async (incident) => {
        holder = await this.holder(tx, incident.id, key);
        // Whoever is brought into a private incident by it has to be somebody that one may let in.
        if (incident.private && to && !(await this.takesPart(tx, incident.id, to.id))) return 'participant.add';
        return (await areOne(tx, to?.id, mine)) || (await areOne(tx, holder?.id, mine)) ? 'role.take' : 'role.assign';
      },
      isSame: (done) => done.role === key && done.to?.id === to?.id,
      move: async (incident) => {
        if (holder?.id === to?.id || (await areOne(tx, holder?.id, to?.id))) return null;
        await this.set(tx, incident, key, to);
        const card = holder && to ? handOver(await toldSoFar(tx, incident.id), key) : null;
        return { role: key, name: role.name, from: holder, to, ...(card ? { card } : {}) };
      },
    });
    return { ...changed, say: toldOf(role, to, request.by.person) };
  }

  /** In a change of the same incident: whoever takes no part has no role. */
  async giveBackAll(tx: Tx, incident: Incident, { by, requestId }: Request, person: ActorFact): Promise<void> {
    const held = (await this.in(tx, incident.id)).filter(({ holder }) => holder?.id === person.id);
    for (const { key, name } of held) {
      await this.set(tx, incident, key, null);
      await this.changes.append(tx, incident.id, 'incident.role-changed', by, uuidFor(requestId, 'role', key), {
        role: key,
        name,
        from: person,
        to: null,
      });
    }
  }

  private async set(tx: Tx, incident: Incident, key: string, to: ActorFact | null): Promise<void> {
    if (key === LEAD) incident.leadId = to?.id ?? null;
    if (!to) {
      await tx.query('delete from role_holder where incident_id = $1 and role = $2', [incident.id, key]);
      return;
    }
    await tx.query(
      `insert into role_holder (incident_id, role, person_id) values ($1, $2, $3)
       on conflict (incident_id, role) do update set person_id = excluded.person_id`,
      [incident.id, key, to.id],
    );
    await tx.query(
      `insert into participant (incident_id, person_id) values ($1, $2) on conflict (incident_id, person_id) do update set observer = false`,
      [incident.id, to.id],
    );
  }

  private async holder(tx: Tx, id: IncidentId, key: string): Promise<ActorFact | null> {
    const [holder] = await rows<ActorFact>(
      tx,
      'select p.own_id as id, p.name from role_holder h join one_person p on p.own_id = h.person_id where h.incident_id = $1 and h.role = $2',
      [id, key],
    );
    return holder ?? null;
  }

  /** One that is retired can only be given back. @throws RoleUnknown */
  private async usable(tx: Tx, id: IncidentId, key: string, to: ActorFact | null): Promise<IncidentRole> {
    const [role] = await rows<IncidentRole>(tx, 'select key, name, instructions, shipped, retired from incident_role where key = $1', [
      key,
    ]);
    if (role && !(role.retired && to)) return role;
    throw new RoleUnknown(
      key,
      (await this.in(tx, id)).filter(({ retired }) => !retired).map((one) => one.key),
    );
  }

  private async takesPart(tx: Tx, id: IncidentId, person: string): Promise<boolean> {
    return (
      (await rows(tx, `select 1 from participant where incident_id = $1 and person_id = ${anyOfTheirs('$2')}`, [id, person])).length > 0
    );
  }
}
