import type { ActorFact } from '#src/platform/log/event.types';

/** People who are called together by one name. Somebody may be in several. */
export interface Team {
  readonly id: string;
  readonly name: string;
  /** Not offered any more. */
  readonly archived: boolean;
  readonly members: readonly ActorFact[];
}

/** A team as it is now, to be added to an incident. Guests are in none. */
export type TeamToCall = Omit<Team, 'archived'>;
