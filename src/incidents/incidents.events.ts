import type { ActorFact, LoggedEvent } from '#src/platform/log/event.types';
import type { Status } from './incident-states.ts';
import type { Kind, Severity } from './incidents.types.ts';

export interface Declared {
  readonly reference: string;
  readonly title: string;
  readonly summary?: string;
  readonly severity: Severity;
  readonly status: Status;
  readonly kind: Kind;
  readonly private?: true;
}
export interface SeverityChanged {
  readonly from: Severity;
  readonly to: Severity;
  readonly reason?: string;
}
export interface StatusChanged {
  readonly from: Status;
  readonly to: Status;
}
export interface LeadChanged {
  readonly from: ActorFact | null;
  readonly to: ActorFact | null;
}
export interface Resolved {
  readonly from: Status;
  /** What will not happen again? */
  readonly learned: string;
}
export interface PrivacyChanged {
  readonly private: boolean;
}
export interface ParticipantJoined {
  readonly person: ActorFact;
}

/** What incidents announce, by type. Values, not deltas: an event can be read without the ones before it. */
export interface IncidentEvents {
  'incident.declared': Declared;
  'incident.severity-changed': SeverityChanged;
  'incident.status-changed': StatusChanged;
  'incident.lead-changed': LeadChanged;
  'incident.resolved': Resolved;
  'incident.privacy-changed': PrivacyChanged;
  'participant.joined': ParticipantJoined;
  /** An admin who took no part in a private incident let themselves in. */
  'participant.let-in': ParticipantJoined;
}

export function isIncidentEvent<Type extends keyof IncidentEvents>(
  event: LoggedEvent,
  type: Type,
): event is LoggedEvent<Type, IncidentEvents[Type]> {
  return event.type === type;
}
