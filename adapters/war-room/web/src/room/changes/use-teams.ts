import { useEffect, useState } from 'react';
import { teamList, type TeamView } from '#libs/war-room-protocol/organisation';
import { askFor } from '../../api/ask.ts';

/** Those that can be added, once they are known. */
export type Teams = readonly TeamView[] | 'asking' | 'not to be had';

export function useTeams(): Teams {
  const [teams, setTeams] = useState<Teams>('asking');
  useEffect(
    () =>
      void askFor(teamList, '/api/v1/teams').then(
        (found) => setTeams(found.teams.filter(({ archived, members }) => !archived && members.length > 0)),
        () => setTeams('not to be had'),
      ),
    [],
  );
  return teams;
}
