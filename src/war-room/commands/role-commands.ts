import type { CommandDone } from '#libs/war-room-protocol/commands';
import { LEAD } from '#libs/war-room-protocol/roles';
import type { Request } from '#src/incidents/incidents.service';
import { namedPerson } from '#src/incidents/named-person.queries';
import type { RoleHolders } from '#src/incidents/roles/role-holders.service';
import type { Tx } from '#src/platform/database/database';
import type { Handlers } from './handlers.ts';

/** Who has which role. */
export function roleCommands(roles: RoleHolders): Handlers<'lead' | 'role'> {
  /** Whoever takes a role is told what it asks of them. */
  async function give(tx: Tx, request: Request, role: string, to: string | null): Promise<CommandDone> {
    const me = request.by.person;
    const whom = to === null ? null : await namedPerson(tx, request.id, to, me);
    const { seq, say } = await roles.change(tx, request, role, whom);
    return seq !== null && whom?.id === me.id ? { seq, say } : { seq };
  }

  return {
    lead: (tx, request, { to }) => give(tx, request, LEAD, to),
    role: (tx, request, { role, to }) => give(tx, request, role, to),
  };
}
