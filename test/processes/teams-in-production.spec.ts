import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import type { Activity } from '#adapters/teams/simulator/activities';
import { TeamsSimulator } from '#adapters/teams/simulator/teams-simulator';
import { freePort } from '#test/support/free-port';
import { until } from '#test/support/until';
import { MicrosoftFront } from './microsoft-front.ts';
import { RunningMuster } from './running-muster.ts';

import.meta.jest.setTimeout(180_000);

const TOKEN = 'a-token-for-teams-as-it-is';

/** What `npm start` runs, set up as the README of the adapter says and with nothing besides: the addresses are Microsoft's own. */
describe('A real Muster beside Microsoft’s real addresses', () => {
  const data = mkdtempSync(join(tmpdir(), 'muster-teams-data-'));
  let teams: TeamsSimulator;
  let front: MicrosoftFront;
  let muster: RunningMuster;
  let channel: string;

  beforeAll(async () => {
    // As root, the database runs as somebody else, who has to get to its folder in here.
    chmodSync(data, 0o711);
    teams = new TeamsSimulator(Date.now);
    await teams.open();
    channel = teams.conversations.add('incidents', 'channel').id;
    front = await MicrosoftFront.before(teams);
    const env = {
      MUSTER_BOOTSTRAP_TOKEN: TOKEN,
      CHAT_ADAPTERS: 'teams',
      TEAMS_APP_ID: teams.appId,
      TEAMS_TENANT_ID: teams.tenant,
      TEAMS_CLIENT_SECRET: teams.secret,
      TEAMS_CHANNEL: channel,
      ...front.environment,
    };
    muster = await new RunningMuster({ port: await freePort(), dataDir: join(data, 'data'), env }).ready();
    await until('Teams is let in', async () => (await tell(teams.unfamiliar(channel, 'unheard-of'))) === 200, 60_000);
  });
  afterAll(async () => {
    await muster?.pressCtrlC();
    await front?.close();
    await teams?.close();
    rmSync(data, { recursive: true, force: true });
  });

  const tell = async (what: Activity): Promise<number> => {
    const { authorization, activity } = teams.told(what);
    return fetch(`http://127.0.0.1:${muster.port}/hooks/teams`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
      body: JSON.stringify(activity),
    }).then(
      ({ status }) => status,
      () => 0,
    );
  };
  const api = async (path: string, body: object): Promise<{ number: string }> => {
    const answer = await fetch(`http://127.0.0.1:${muster.port}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': uuidv7() },
      body: JSON.stringify(body),
    });
    expect(answer.ok).toBe(true);
    return (await answer.json()) as { number: string };
  };
  const inTeams = (words: string): ReturnType<typeof teams.conversations.of>['messages'][number] | undefined =>
    teams.conversations.of(channel).messages.find(({ activity }) => JSON.stringify(activity ?? {}).includes(words));

  it('gives an incident its thread, and carries what is said both ways', async () => {
    const { number } = await api('/incidents', { title: 'Checkout is failing' });
    await until('its thread is there', () => inTeams('Checkout is failing') !== undefined, 60_000);
    const { thread = '' } = inTeams('Checkout is failing')!;

    await api(`/incidents/${number}/commands`, { id: uuidv7(), type: 'message', body: { text: 'Rolling back now' } });
    await until('it is said in Teams', () => inTeams('Rolling back now') !== undefined, 60_000);
    expect(inTeams('Rolling back now')).toMatchObject({ thread });

    expect(await tell(teams.say('mia', channel, 'Errors go down', { thread }).told)).toBe(200);
    const heard = `select true from event where type = 'message.posted' and data ->> 'text' = 'Errors go down'`;
    await until('Muster has heard it', () => muster.ask(heard) as Promise<true | undefined>, 60_000);
  });

  it('asked Microsoft’s hosts by their names, and each for what is its own', () => {
    expect(new Set(front.asked.map((asked) => asked.replace(/\/.*/, '')))).toEqual(
      new Set(['login.microsoftonline.com', 'login.botframework.com', 'smba.trafficmanager.net']),
    );
    expect(front.asked).toContain('login.botframework.com/v1/.well-known/openidconfiguration');
    expect(front.asked).toContain(`login.microsoftonline.com/${teams.tenant}/oauth2/v2.0/token`);
  });
});
