import type { IncidentView, Me } from '#libs/war-room-protocol/views';

/** What is decided for others: a responder's, and the lead's in their own incident. */
export type ForOthers = 'participant.add' | 'incident.triage' | 'incident.privacy' | 'role.assign';

/** Whether it is worth offering. The server decides; this spares people a refusal. */
export const mayHere = ({ may, person }: Me, { lead }: Pick<IncidentView, 'lead'>, action: ForOthers): boolean =>
  may.includes(action) || lead?.id === person.id;
