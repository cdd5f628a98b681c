import { type Tx, rows } from '#src/platform/database/database';
import { teamCalled as calledThat, teamNames } from '#src/teams/teams.queries';
import type { TeamToCall } from '#src/teams/teams.types';
import { TeamUnknown } from './incidents.errors.ts';
import type { IncidentId } from './incidents.types.ts';

const MANY = 20;

/** The team that somebody means in this incident; null when there is none. Practice knows no teams. */
export async function teamCalled(tx: Tx, id: IncidentId, given: string): Promise<TeamToCall | null> {
  return (await knowsTeams(tx, id)) ? calledThat(tx, given) : null;
}

/** @throws TeamUnknown with those that could be meant */
export async function namedTeam(tx: Tx, id: IncidentId, given: string): Promise<TeamToCall> {
  const team = await teamCalled(tx, id, given);
  if (team) return team;
  throw new TeamUnknown(given, (await knowsTeams(tx, id)) ? await teamNames(tx, MANY) : []);
}

async function knowsTeams(tx: Tx, id: IncidentId): Promise<boolean> {
  return (await rows(tx, 'select 1 from incident where id = $1 and practice_instance is null', [id])).length > 0;
}
