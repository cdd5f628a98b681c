import type { KeptMessage } from '#adapters/teams/simulator/conversations';
import { useApp } from '#test/support/app';
import { JoinedTeams, teamsPlatform } from '#test/support/teams';
import { until } from '#test/support/until';

interface Quarantined {
  readonly id: string;
}

describe('An incident that Teams has a thread for', () => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [teamsPlatform] });
  let teams: JoinedTeams;

  beforeAll(async () => {
    teams = await JoinedTeams.join(app, { inThreads: true });
    await until('the tenant is known', async () => (await app.database.query('select 1 from chat_tenant')).length > 0);
  }, 120_000);
  afterEach(() => (teams.teams.strike = () => undefined));
  afterAll(() => teams.teams.close());

  it('is told there from its first word on, and what is answered there is read in the war room', async () => {
    const incident = await app.anIncident({ title: 'Search is down' });
    const root = await until('its thread', () => rootsOf('Search is down')[0]);

    await app.says(incident.id, 'Mia restarts the index');
    await until('the words in Teams', () => beneath(root).some((message) => wordsOf(message).includes('Mia restarts the index')));
    const { told } = teams.teams.say('ben', teams.channel, 'it is back', { thread: root.id });
    expect((await teams.tells(told)).status).toBe(200);

    await until('the words in the war room', async () => (await app.texts(incident.id)).includes('it is back'));
    await until('its card', () => beneath(root).some((message) => wordsOf(message).includes(incident.url)));
    expect(beneath(root).filter((message) => wordsOf(message).includes('it is back'))).toEqual([]);
  });

  it('stays out of Teams where it is private, and its room says why', async () => {
    const incident = await app.anIncident({ title: 'A secret', private: true });

    await until('the room is told', async () => (await app.events(incident.id, 'mirror.failed')).length > 0);

    expect(JSON.stringify(await app.events(incident.id, 'mirror.failed'))).toContain('a private one gets none');
    expect(rootsOf('A secret')).toEqual([]);
  });

  it('gets one thread when the answer was lost, and a second one only where a person says so', async () => {
    teams.teams.strike = (op, _room, thread) =>
      op === 'send' && thread === undefined ? { kind: 'answer', answer: { status: 502 }, applied: true } : undefined;
    const incident = await app.anIncident({ title: 'Payments are slow' });

    const [aside] = await until(
      'a person is asked',
      async () => {
        const found = await lyingAside();
        return found.length > 0 && found;
      },
      60_000,
    );
    teams.teams.strike = () => undefined;
    await app.says(incident.id, 'said while nobody knows');
    expect(rootsOf('Payments are slow')).toHaveLength(1);

    await app.api('POST', `/api/v1/operations/quarantine/${aside?.id}/replay`);
    const second = await until('the other thread', () => rootsOf('Payments are slow')[1]);
    await until('the words in it', () => beneath(second).some((message) => wordsOf(message).includes('said while nobody knows')));
    expect(rootsOf('Payments are slow')).toHaveLength(2);
  }, 120_000);

  const messages = (): readonly KeptMessage[] => teams.teams.conversations.of(teams.channel).messages;
  const wordsOf = (message: KeptMessage | undefined): string => JSON.stringify(message?.activity ?? message?.text ?? '');
  const rootsOf = (title: string): KeptMessage[] =>
    messages().filter((message) => message.thread === message.id && message.from === 'us' && wordsOf(message).includes(title));
  const beneath = ({ id }: KeptMessage): KeptMessage[] =>
    messages().filter((message) => message.thread === id && message.id !== id && message.from === 'us');

  async function lyingAside(): Promise<Quarantined[]> {
    return app.database.query<Quarantined>(`select id from quarantine`);
  }
});
