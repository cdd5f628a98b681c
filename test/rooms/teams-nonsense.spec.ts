import { malformedActivities } from '#test/chaos/processes/teams-malformed';
import { useApp } from '#test/support/app';
import { JoinedTeams, teamsPlatform } from '#test/support/teams';
import { until } from '#test/support/until';

describe('What Teams tells and nobody could have meant', () => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [teamsPlatform] });
  let joined: JoinedTeams;

  beforeAll(async () => {
    joined = await JoinedTeams.join(app, { inThreads: true });
  }, 90_000);
  afterAll(() => joined.teams.close());

  it('is refused or taken, is no fault of ours, and costs what comes after it nothing', async () => {
    const answers: string[] = [];
    for (const { path, body, headers } of malformedActivities(joined.teams, joined.channel)) {
      const { status } = await fetch(app.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      if (status >= 500) answers.push(`${status} to ${body.slice(0, 200)}`);
    }
    expect(answers).toEqual([]);

    const { status } = await joined.tells(joined.teams.unfamiliar(joined.channel, 'unheard-of'));
    expect(status).toBe(200);
    await until('all of it is read', async () => {
      const [{ count } = { count: 1 }] = await app.database.query<{ count: number }>(
        `select count(*)::int as count from inbox where status = 'waiting'`,
      );
      return count === 0;
    });
    expect(await app.database.query(`select problem from quarantine where state = 'aside'`)).toEqual([]);
  });
});
