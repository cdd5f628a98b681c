import { chatHealth } from '#src/outage/outage.queries';
import { Chats } from '#src/platform/chats/chats';
import { useApp } from '#test/support/app';
import { JoinedTeams, teamsPlatform } from '#test/support/teams';
import { until } from '#test/support/until';

/** Teams without Graph has no private room for looks, and shows nothing of its past. */
describe('Looking at Teams', () => {
  const app = useApp({ platforms: [teamsPlatform] });
  let joined: JoinedTeams;

  beforeAll(async () => {
    joined = await JoinedTeams.join(app, { inThreads: true });
  }, 90_000);
  afterAll(() => joined.teams.close());

  const says = (words: string): Promise<string> =>
    until(
      `it is said: ${words}`,
      async () => {
        const [teams] = await chatHealth(app.database, app.get(Chats));
        return teams?.say.includes(words) && teams.say;
      },
      40_000,
    );

  it('says that it has nothing to look at before an incident has a thread', async () => {
    expect(await says('cannot look whether it works')).toContain('No incident has a room there to ask about. Only calls are watched.');
  });

  it('asks about the newest thread, and says that this proves no more than an answer', async () => {
    await app.anIncident();

    expect(await says('Last proven')).toContain('There is no room of Muster’s own to try it in');
    const begun = joined.teams.conversations.of(joined.channel).messages.filter(({ id, thread }) => id === thread);
    expect(begun).toHaveLength(1);
  });

  it('knows that Teams is gone, and that it is back, although nobody says anything', async () => {
    joined.teams.strike = () => ({ kind: 'silence', applied: false });
    await says('is not answering since');

    joined.teams.strike = () => undefined;
    await says('Last proven');
  }, 120_000);
});
