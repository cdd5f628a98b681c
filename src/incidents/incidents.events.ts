import type { HandOverCard } from '#libs/war-room-protocol/hand-over';
import type { ActorFact, LoggedEvent } from '#src/platform/log/event.types';
import type { Category, IncidentId, Kind, Severity } from './incidents.types.ts';

export interface Declared {
  readonly reference: string;
  readonly title: string;
  readonly summary?: string;
  readonly severity: Severity;
  readonly status: string;
  readonly category: Category;
  readonly kind: Kind;
  readonly private?: true;
}
export interface SeverityChanged {
  readonly from: Severity;
  readonly to: Severity;
  readonly reason?: string;
}
export interface StatusChanged {
  readonly from: string;
  readonly to: string;
  /** That of `to`. */
  readonly category: Category;
}
export interface Declined extends StatusChanged {
  readonly reason: string;
}
interface Named {
  readonly id: IncidentId;
  readonly reference: string;
}
export interface Merged extends StatusChanged {
  readonly into: Named;
}
export interface MergedIn {
  readonly incident: Named;
}
export interface Renamed {
  readonly from: string;
  readonly to: string;
}
export interface SummaryChanged {
  readonly from: string | null;
  readonly to: string | null;
}
export interface KindChanged {
  readonly from: Kind;
  readonly to: Kind;
}
/** As it was written of the lead before there were other roles. */
export interface LeadChanged {
  readonly from: ActorFact | null;
  readonly to: ActorFact | null;
}
export interface RoleChanged extends LeadChanged {
  readonly role: string;
  /** What it was called then. */
  readonly name: string;
  /** When it passes from one person to another. */
  readonly card?: HandOverCard;
}
export interface Resolved {
  readonly from: string;
  readonly to: string;
  /** What will not happen again? */
  readonly learned: string;
}
export interface PrivacyChanged {
  readonly private: boolean;
}
interface Participant {
  readonly person: ActorFact;
}
export interface ParticipantJoined extends Participant {
  /** To watch, and not to act. */
  readonly observer?: true;
  /** By coming into this mirror's room in its chat. */
  readonly mirrorId?: string;
}

export interface AccountsJoined extends Participant {
  /** As whom they are read from now on, or were until now. */
  readonly one: ActorFact;
  readonly on: boolean;
}

export interface TeamAdded {
  readonly teamId: string;
  /** What it was called then. */
  readonly team: string;
  /** Those of it who took no part before. */
  readonly people: readonly ActorFact[];
  /** To watch, and not to act. */
  readonly observer?: true;
}

/** What incidents announce, by type. Values, not deltas: an event can be read without the ones before it. */
export interface IncidentEvents {
  'incident.declared': Declared;
  'incident.severity-changed': SeverityChanged;
  'incident.status-changed': StatusChanged;
  'incident.renamed': Renamed;
  'incident.summary-changed': SummaryChanged;
  'incident.kind-changed': KindChanged;
  'incident.accepted': StatusChanged;
  'incident.declined': Declined;
  'incident.merged': Merged;
  'incident.merged-in': MergedIn;
  'incident.role-changed': RoleChanged;
  'incident.lead-changed': LeadChanged;
  'incident.resolved': Resolved;
  'incident.privacy-changed': PrivacyChanged;
  'participant.joined': ParticipantJoined;
  'participant.team-added': TeamAdded;
  /** An admin who took no part in a private incident let themselves in. */
  'participant.let-in': Participant;
  'participant.left': Participant;
  'participant.accounts-joined': AccountsJoined;
}

export function isIncidentEvent<Type extends keyof IncidentEvents>(
  event: LoggedEvent,
  type: Type,
): event is LoggedEvent<Type, IncidentEvents[Type]> {
  return event.type === type;
}
