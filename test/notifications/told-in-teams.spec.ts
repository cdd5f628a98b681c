import { asRead } from '#adapters/teams/test/as-read';
import { chatHealth } from '#src/outage/outage.queries';
import { Chats } from '#src/platform/chats/chats';
import { WatchedChat } from '#test/outage/watched-chat';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { JoinedTeams, teamsPlatform } from '#test/support/teams';
import { until } from '#test/support/until';

describe('Being told in Teams that another chat is down', () => {
  const fake = new WatchedChat();
  const app = useApp({ platforms: [fake.platform, teamsPlatform] });
  let teams: JoinedTeams;
  let ana: SomePerson;
  let bo: SomePerson;

  beforeAll(async () => {
    ana = await SomePerson.of(app, 'Ana', 'admin');
    bo = await SomePerson.of(app, 'Bo', 'member');
    await fake.join(app);
    teams = await JoinedTeams.join(app, { inThreads: true });
    teams.teams.people.introduce('bo', {});
    await app.database.query(
      `insert into account (instance, tenant, native_user, person_id, profile_at) values ('teams', $1, '29:bo', $2, now())`,
      [teams.teams.tenant, bo.id],
    );
    await until('both are well', async () => (await stateOf('fake')) === 'ok' && (await stateOf('teams')) === 'ok', 60_000);
  }, 150_000);
  afterAll(() => teams.teams.close());

  const stateOf = async (chat: string): Promise<string | undefined> =>
    (await chatHealth(app.database, app.get(Chats))).find(({ id }) => id === chat)?.state;
  const toldAlone = (): string[] =>
    teams.teams.conversations
      .personalOf('bo')
      .messages.filter(({ from }) => from === 'us')
      .map((message) => asRead(message).text);

  it('is said to each who has an account and the app there, alone, with where to go', async () => {
    const { status } = await ana.api('POST', '/api/v1/notices/ways', { kind: 'chat', name: 'In Teams', settings: { chat: 'teams' } });
    expect(status).toBe(201);
    const incident = await bo.declares({ title: 'Checkout is failing' });
    await fake.roomOf(app, incident.number);

    fake.chat.down();
    await fake.becomes(app, 'down');

    await until('Bo is told', () => toldAlone().length === 1);
    expect(toldAlone()[0]).toMatch(/Fake is not answering/);
  }, 60_000);
});
