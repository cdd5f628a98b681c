import type { ActorFact, LoggedEvent } from '#src/platform/log/event.types';
import type { Severity } from '#src/incidents/incidents.types';

/** What somebody told, in one: each of the four where it was given. */
export interface UpdateShared {
  readonly text?: string;
  readonly severity?: Severity;
  readonly status?: string;
  /** When the next one was promised. ISO 8601, UTC. */
  readonly nextUpdateBy?: string;
}

export interface NudgeGiven {
  /** `update`, or the key of the role that nobody has. */
  readonly about: string;
  readonly dueAt: string;
  /** The number of the event that it counts from. */
  readonly since: number;
  /** Who leads, and is called by name where a chat can. */
  readonly to?: ActorFact;
}

interface NudgeAnswered {
  readonly about: string;
  /** The nudge's event; missing when it had not come yet. */
  readonly nudgeId?: string;
}
export interface NudgeSnoozed extends NudgeAnswered {
  readonly until: string;
}
export interface NudgeSkipped extends NudgeAnswered {
  readonly until?: string;
}

/** What updates announce, by type. */
export interface UpdateEvents {
  'update.shared': UpdateShared;
  'nudge.given': NudgeGiven;
  'nudge.snoozed': NudgeSnoozed;
  'nudge.skipped': NudgeSkipped;
}

export function isUpdateEvent<Type extends keyof UpdateEvents>(
  event: LoggedEvent,
  type: Type,
): event is LoggedEvent<Type, UpdateEvents[Type]> {
  return event.type === type;
}
