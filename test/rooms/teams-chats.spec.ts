import type { GroupChat } from '#adapters/teams/simulator/graph/chats';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { JoinedTeams, teamsPlatform } from '#test/support/teams';
import { until } from '#test/support/until';

describe('A private incident that Teams has a group chat for', () => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [teamsPlatform] });
  let teams: JoinedTeams;
  let mia: SomePerson;
  let bo: SomePerson;

  beforeAll(async () => {
    teams = await JoinedTeams.join(app, { inChats: true });
    await until('the tenant is known', async () => (await app.database.query('select 1 from chat_tenant')).length > 0);
    [mia, bo] = [await SomePerson.of(app, 'Mia'), await SomePerson.of(app, 'Bo')];
    await isInTeam('mia', mia.id);
    await isInTeam('bo', bo.id);
  }, 120_000);
  afterEach(() => (teams.teams.strikeGraph = () => undefined));
  afterAll(() => teams.teams.close());

  it('is told there to who was let in and to nobody else, and what they answer is read in the war room', async () => {
    const incident = await mia.declares({ title: 'A leak', private: true });
    const { id } = await until('its chat', () => chatsOf('A leak')[0]);

    await says(incident.number, 'Mia revokes the keys');
    await until('the words in it', () => saidIn(id).includes('Mia revokes the keys'));
    expect(insideOf(id)).toEqual(['mia']);
    const { told } = teams.teams.say('mia', id, 'they are revoked');
    expect((await teams.tells(told)).status).toBe(200);

    await until('the words in the war room', () => isRead(incident.id, 'they are revoked'));
    expect(JSON.stringify(teams.teams.conversations.of(teams.channel).messages)).not.toContain('A leak');
  });

  it('has in its chat who takes part, as they come and go', async () => {
    const incident = await mia.declares({ title: 'A bribe', private: true });
    const { id } = await until('its chat', () => chatsOf('A bribe')[0]);

    await mia.does(incident.number, 'add', { person: bo.id });
    await until('Bo in the chat', () => insideOf(id).includes('bo'));
    await mia.does(incident.number, 'remove', { person: bo.id });

    await until('Bo out of the chat', () => !insideOf(id).includes('bo'));
    expect(insideOf(id)).toEqual(['mia']);
  });

  it('has one chat when Teams was slow to know it everywhere and lost an answer on the way', async () => {
    let lost = 0;
    teams.teams.strikeGraph = ({ path, method }) => {
      if (method !== 'POST' || path.at(-1) !== 'installedApps' || lost > 1) return undefined;
      lost += 1;
      return { kind: 'answer', answer: { status: lost === 1 ? 404 : 502, body: { error: { code: 'NotFound' } } }, applied: lost === 2 };
    };
    const incident = await mia.declares({ title: 'A fraud', private: true });
    const { id } = await until('its chat', () => chatsOf('A fraud')[0]);

    await says(incident.number, 'said in one place');
    await until('the words in it', () => saidIn(id).includes('said in one place'), 60_000);

    expect(lost).toBe(2);
    expect(chatsOf('A fraud')).toHaveLength(1);
    expect(await app.database.query('select 1 from quarantine')).toEqual([]);
  }, 90_000);

  async function isInTeam(name: string, person: string): Promise<void> {
    teams.teams.join(name, teams.channel);
    const account = `insert into account (instance, tenant, native_user, person_id, profile_at) values ('teams', $1, $2, $3, now())`;
    await app.database.query(account, [teams.teams.tenant, `29:${name}`, person]);
  }

  const says = async (number: string, text: string): Promise<void> =>
    expect((await mia.does(number, 'message', { text })).status).toBe(200);
  const isRead = async (incident: string, text: string): Promise<boolean> =>
    (
      await app.database.query(`select 1 from event where stream_id = $1 and type = 'message.posted' and data ->> 'text' = $2`, [
        incident,
        text,
      ])
    ).length > 0;
  const chatsOf = (title: string): GroupChat[] => teams.teams.graph.chats.called(title);
  const insideOf = (chat: string): string[] => [...teams.teams.conversations.of(chat).members].sort();
  const saidIn = (chat: string): string => JSON.stringify(teams.teams.conversations.of(chat).messages);
});
