import type { Channel } from '#adapters/teams/simulator/graph/team';
import { useApp } from '#test/support/app';
import { JoinedTeams, teamsPlatform } from '#test/support/teams';
import { until } from '#test/support/until';

describe('An incident that Teams has a channel for', () => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [teamsPlatform] });
  let teams: JoinedTeams;

  beforeAll(async () => {
    teams = await JoinedTeams.join(app, { inChannels: true });
    await until('the tenant is known', async () => (await app.database.query('select 1 from chat_tenant')).length > 0);
  }, 120_000);
  afterEach(() => {
    teams.teams.strike = () => undefined;
    teams.teams.strikeGraph = () => undefined;
  });
  afterAll(() => teams.teams.close());

  it('is told there, and what is answered there is read in the war room', async () => {
    const incident = await app.anIncident({ title: 'Search is down' });
    const { id } = await until('its channel', () => channelsOf('Search is down')[0]);

    await app.says(incident.id, 'Mia restarts the index');
    const said = await until('the words in Teams', () =>
      teams.teams.conversations.of(id).messages.find((one) => isSaid(one, 'restarts the index')),
    );
    const { told } = teams.teams.say('ben', id, 'it is back', { thread: said.id });
    expect((await teams.tells(told)).status).toBe(200);

    await until('the words in the war room', async () => (await app.texts(incident.id)).includes('it is back'));
  });

  it('has one channel when the answer to its making was lost, and nobody is asked', async () => {
    teams.teams.strikeGraph = ({ method, op }) =>
      op === 'room' && method === 'POST' ? { kind: 'answer', answer: { status: 502 }, applied: true } : undefined;
    const incident = await app.anIncident({ title: 'Payments are slow' });

    const { id } = await until('its channel', () => channelsOf('Payments are slow')[0]);
    await app.says(incident.id, 'said in one place');
    await until('the words in it', () => teams.teams.conversations.of(id).messages.some((one) => isSaid(one, 'said in one place')), 60_000);

    expect(channelsOf('Payments are slow')).toHaveLength(1);
    expect(await app.database.query('select 1 from quarantine')).toEqual([]);
  }, 90_000);

  it('has each message once when an answer was lost: Graph shows that it is there', async () => {
    const incident = await app.anIncident({ title: 'Mail is late' });
    const { id } = await until('its channel', () => channelsOf('Mail is late')[0]);
    const inChannel = () => teams.teams.conversations.of(id).messages;
    await until('its card', () => inChannel().some((one) => isSaid(one, incident.url)));
    let lost = 0;
    teams.teams.strike = (op, room) => {
      if (op !== 'send' || room !== id || lost > 0) return undefined;
      lost += 1;
      return { kind: 'answer', answer: { status: 502 }, applied: true };
    };

    await app.says(incident.id, 'the answer to this is lost');
    await app.says(incident.id, 'and this comes after it');

    await until('what comes after it', () => inChannel().some((one) => isSaid(one, 'and this comes after it')), 60_000);
    expect(lost).toBe(1);
    expect(inChannel().filter((one) => isSaid(one, 'the answer to this is lost'))).toHaveLength(1);
    expect(await app.database.query('select 1 from quarantine')).toEqual([]);
  }, 90_000);

  const channelsOf = (title: string): Channel[] => teams.teams.graph.team.channels.filter(({ displayName }) => displayName.includes(title));
  const isSaid = (message: object, words: string): boolean => JSON.stringify(message).includes(words);
});
