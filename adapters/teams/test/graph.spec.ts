import { done } from '@musterhq/chat-port';
import type { Answer } from '../simulator/connector-rules.ts';
import { TeamsSimulator } from '../simulator/teams-simulator.ts';
import { Graph, GRAPH_SCOPE, type GraphAnswer, type GraphCall } from '../src/graph/graph.ts';
import { NAME_TAKEN } from '../src/graph/graph-faults.ts';
import { BotToken } from '../src/outbound/bot-token.ts';
import { parseConfig } from '../src/teams-config.ts';
import { soon } from './stage.ts';

const whole = ({ body }: GraphAnswer): unknown => body;

describe('Asking Microsoft Graph', () => {
  const teams = new TeamsSimulator(Date.now);
  let asked = 0;
  beforeAll(() => teams.open());
  afterAll(() => teams.close());
  beforeEach(() => {
    asked = 0;
    teams.strikeGraph = () => void (asked += 1);
  });
  afterEach(() => teams.graph.granted.add('Channel.Create.Group'));

  const graph = (scope = GRAPH_SCOPE): Graph => {
    const config = { ...parseConfig({ loginUrl: teams.url }), appId: teams.appId, tenantId: teams.tenant };
    const ctx = { fetch, now: Date.now };
    return new Graph(teams.graphUrl, new BotToken(config, teams.secret, ctx, scope), ctx);
  };
  const channels = (): GraphCall => ({ method: 'GET', path: ['teams', teams.graph.team.id, 'channels'], needs: 'Channel.ReadBasic.All' });
  const make = (displayName: string): GraphCall => ({
    ...channels(),
    method: 'POST',
    body: { displayName },
    needs: 'Channel.Create.Group',
  });
  const strike = (answer: Answer, applied = false): void => {
    teams.strikeGraph = () => {
      asked += 1;
      return { kind: 'answer', answer, applied };
    };
  };

  it('is done by the app’s own name, with a token that is good for Graph', async () => {
    expect(await graph().call(channels(), whole, soon())).toEqual(done({ value: [] }));
    expect(await graph('https://api.botframework.com/.default').call(channels(), whole, soon())).toMatchObject({
      outcome: 'refused',
      fault: { code: 'auth', remedy: 'reauthorize' },
    });
  });

  it('comes back at once when there were too many calls, with the time that Graph names, and is not repeated', async () => {
    strike({ status: 429, headers: { 'retry-after': '7' }, body: { error: { code: 'TooManyRequests' } } });

    const ended = await graph().call(channels(), whole, soon());

    expect(ended).toMatchObject({ outcome: 'refused', fault: { code: 'rate-limited', retryAfterMs: 7_000 } });
    expect(asked).toBe(1);
  });

  it('names the permission that is missing', async () => {
    teams.graph.granted.delete('Channel.Create.Group');

    const ended = await graph().call(make('INC-1'), whole, soon());

    expect(ended).toMatchObject({
      outcome: 'refused',
      fault: { code: 'forbidden', remedy: 'ask-admin', detail: expect.stringContaining('the permission Channel.Create.Group') as string },
    });
  });

  it.each([400, 409] as const)('knows a name that is taken, said as a %i', async (status) => {
    const { team } = teams.graph;
    team.nameTaken = status;
    team.add(`taken ${status}`);

    const ended = await graph().call(make(`Taken ${status}`), whole, soon());

    expect(ended).toMatchObject({ outcome: 'refused', fault: { code: 'conflict', native: NAME_TAKEN } });
  });

  it('does not know what became of a call whose answer was lost, and makes it once', async () => {
    strike({ status: 502, body: '<html>' }, true);
    expect(await graph().call(make('lost'), whole, soon())).toMatchObject({ outcome: 'unknown', fault: { code: 'unavailable' } });

    teams.strikeGraph = () => {
      asked += 1;
      return { kind: 'silence', applied: false };
    };
    expect(await graph().call(make('silent'), whole, AbortSignal.timeout(200))).toMatchObject({
      outcome: 'unknown',
      fault: { code: 'timeout' },
    });

    expect(asked).toBe(2);
    expect(teams.graph.team.channels.filter(({ displayName }) => displayName === 'lost')).toHaveLength(1);
  });

  it('follows a link of Graph, and takes its token nowhere else', async () => {
    const link = `${teams.graphUrl}/v1.0/teams/${teams.graph.team.id}`;

    expect(await graph().follow(link, 'Team.ReadBasic.All', whole, soon())).toMatchObject({ value: { displayName: 'Operations' } });
    expect(await graph().follow(`/teams/${teams.graph.team.id}`, 'Team.ReadBasic.All', whole, soon())).toMatchObject({ outcome: 'done' });
    const elsewhere = link.replace('127.0.0.1', 'localhost');
    expect(await graph().follow(elsewhere, 'Team.ReadBasic.All', whole, soon())).toMatchObject({ fault: { native: 'a link elsewhere' } });
    expect(asked).toBe(2);
  });
});
