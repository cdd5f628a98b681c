import type { IncidentView } from '#libs/war-room-protocol/views';
import type { AtTheDoor } from '#src/people/people.types';
import { type Action, may, mayAsLead } from '#src/people/permissions.types';

interface Here {
  readonly viewer: AtTheDoor;
  readonly incident: Pick<IncidentView, 'lead'>;
}

/** Whether it is worth offering; the server asks again. A guest is in practice, where everybody counts as the lead. */
export function mayHere({ viewer, incident }: Here, action: Action): boolean {
  const leads = incident.lead?.id === viewer.person.id || viewer.role === 'guest';
  return leads ? mayAsLead(viewer.role, action) : may(viewer.role, action);
}
