import type { IncidentView, Me } from '#libs/war-room-protocol/views';

/** What is decided for others: a responder's, and the lead's in their own incident. */
export type ForOthers = 'participant.add' | 'incident.triage' | 'incident.privacy' | 'role.assign';
/** What somebody else brought: an admin's, and the lead's in their own incident. */
type OfOthers = 'message.delete' | 'file.remove';

/** Whether it is worth offering. The server decides; this spares people a refusal. Guests practise, and in practice everybody counts as the lead. */
export const mayHere = ({ may, role, person }: Me, { lead }: Pick<IncidentView, 'lead'>, action: ForOthers | OfOthers): boolean =>
  may.includes(action) || lead?.id === person.id || role === 'guest';
