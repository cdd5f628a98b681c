import { useEffect, useState } from 'react';
import { teamList, type TeamView } from '#libs/war-room-protocol/organisation';
import { askFor } from '../../api/ask.ts';

/** Those that can be added; null until they are known. */
export function useTeams(): readonly TeamView[] | null {
  const [teams, setTeams] = useState<readonly TeamView[] | null>(null);
  useEffect(
    () =>
      void askFor(teamList, '/api/v1/teams').then(
        (found) => setTeams(found.teams.filter(({ archived, members }) => !archived && members.length > 0)),
        () => undefined,
      ),
    [],
  );
  return teams;
}
