import { LEAD, roleCalled } from '#libs/war-room-protocol/roles';
import type { ActorFact } from '#src/platform/log/event.types';

/** One of the organisation's roles for incidents. */
export interface IncidentRole {
  /** What people write: "/incident role comms me". */
  readonly key: string;
  readonly name: string;
  /** What whoever takes it is told. */
  readonly instructions: string;
  readonly shipped: boolean;
  /** Given to nobody any more. */
  readonly retired: boolean;
}

/** What whoever asked is told alone: what is so now, and to whoever took it, what it asks of them. */
export function toldOf({ key, name, instructions }: IncidentRole, to: ActorFact | null, me: ActorFact): string {
  const role = roleCalled({ role: key, name });
  if (!to) return key === LEAD ? 'Nobody leads now.' : `Nobody has ${role} now.`;
  const isMe = to.id === me.id;
  const done = key === LEAD ? `${isMe ? 'You lead' : `${to.name} leads`} now.` : `${isMe ? 'You have' : `${to.name} has`} ${role} now.`;
  return isMe && instructions !== '' ? `${done} ${instructions}` : done;
}
