import type { RoleToChange } from '#libs/war-room-protocol/commands';
import { LEAD } from '#libs/war-room-protocol/roles';
import { type Database, rows } from '#src/platform/database/database';
import { constraintOf } from '#src/platform/database/database-errors';
import type { StreamLog } from '#src/platform/log/log';
import { recordChange } from '#src/platform/log/organisation-log';
import { mustBeAllowed } from '#src/people/permissions.types';
import { type AtTheDoor, actorOf } from '#src/people/people.types';
import { RoleNotUsable } from '../incidents.errors.ts';
import type { IncidentRole } from './roles.types.ts';

/** Lower case, so that it can be typed after "/role". */
const KEY = /^[a-z][a-z0-9-]{1,29}$/;
/** These stand where a role or a person could. */
const TAKEN: readonly string[] = ['me', 'nobody'];
const COLUMNS = 'key, name, instructions, shipped, retired';

/** The organisation's roles: what somebody can be in an incident, and what they are told then. */
export class RoleList {
  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
  ) {}

  list(): Promise<IncidentRole[]> {
    return this.database.query<IncidentRole>(`select ${COLUMNS} from incident_role order by rank, key`);
  }

  /** Adds one behind the others. @throws NotAllowed, RoleNotUsable */
  async add(role: Pick<IncidentRole, 'key' | 'name' | 'instructions'>, by: AtTheDoor): Promise<IncidentRole> {
    mustBeAllowed(by, 'settings.change');
    if (!KEY.test(role.key) || TAKEN.includes(role.key))
      throw new RoleNotUsable('People write a role as one word of 2 to 30 small letters, digits and hyphens, such as "legal".');
    try {
      return await this.database.transaction(async (tx) => {
        await tx.query('lock table incident_role in share row exclusive mode');
        const [added] = await rows<IncidentRole>(
          tx,
          `insert into incident_role (key, name, instructions, rank) select $1, $2, $3, max(rank) + 10 from incident_role returning ${COLUMNS}`,
          [role.key, role.name, role.instructions],
        );
        const { person, via } = actorOf(by);
        await recordChange(tx, this.log, { type: 'role.added', by: person, via, data: { what: role.key, before: null, after: added } });
        return added as IncidentRole;
      });
    } catch (error) {
      if (constraintOf(error) === 'incident_role_pkey')
        throw new RoleNotUsable(`There is a role "${role.key}" already. Change that one, or bring it back.`);
      throw error;
    }
  }

  /** Renames it, tells it otherwise, retires it or brings it back. What is so already changes nothing. @throws NotAllowed, RoleNotUsable */
  async change(key: string, to: RoleToChange, by: AtTheDoor): Promise<IncidentRole> {
    mustBeAllowed(by, 'settings.change');
    if (key === LEAD && to.retired) throw new RoleNotUsable('An incident has a lead. Give the role another name, or other instructions.');
    return this.database.transaction(async (tx) => {
      const [before] = await rows<IncidentRole>(tx, `select ${COLUMNS} from incident_role where key = $1 for update`, [key]);
      if (!before) throw new RoleNotUsable(`There is no role "${key.slice(0, 40)}". GET /api/v1/roles lists them.`);
      const { name = before.name, instructions = before.instructions, retired = before.retired } = to;
      const after: IncidentRole = { ...before, name, instructions, retired };
      if (name === before.name && instructions === before.instructions && retired === before.retired) return before;
      await tx.query('update incident_role set name = $2, instructions = $3, retired = $4 where key = $1', [
        key,
        name,
        instructions,
        retired,
      ]);
      const { person, via } = actorOf(by);
      await recordChange(tx, this.log, { type: 'role.changed', by: person, via, data: { what: key, before, after } });
      return after;
    });
  }
}
