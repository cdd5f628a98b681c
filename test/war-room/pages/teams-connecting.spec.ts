import type { AdapterContext } from '@musterhq/chat-port';
import { TeamsSimulator } from '#adapters/teams/simulator/teams-simulator';
import { teams as teamsPlatform } from '#src/composition/teams';
import type { ChatPlatform } from '#src/platform/chats/plugins';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { aResponder, anAdmin } from './browser.ts';

const MUSTER_SECRET = 'a secret of Muster that is long enough for it';
const SETUP = '/adapters/teams/setup';
const HOOK = 'https://muster.example.test/hooks/teams';

/** Teams as it comes with Muster, for whoever has only a pretend one: its addresses are not among what people enter. */
const teamsAt = (teams: TeamsSimulator): ChatPlatform => {
  const { plugin } = teamsPlatform;
  const there = (ctx: AdapterContext): AdapterContext => {
    const { url: loginUrl, serviceUrl, openIdMetadataUrl } = teams;
    return { ...ctx, hookUrl: HOOK, config: { ...(ctx.config as object), loginUrl, serviceUrl, openIdMetadataUrl } };
  };
  return {
    ...teamsPlatform,
    plugin: { ...plugin, create: (ctx) => plugin.create(there(ctx)), setup: (ctx) => plugin.setup!(there(ctx)) },
  };
};

describe('Connecting Teams on its page', () => {
  const teams = new TeamsSimulator(Date.now);
  beforeAll(() => teams.open());
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [teamsAt(teams)], environment: { MUSTER_SECRET } });
  afterAll(() => teams.close());
  const entered = () => ({
    do: 'connect',
    'secret.app_id': teams.appId,
    'secret.tenant_id': teams.tenant,
    'secret.client_secret': teams.secret,
    'secret.channel': `https://teams.microsoft.com/l/channel/${encodeURIComponent('19:ops1@thread.tacv2')}/Ops?groupId=1`,
  });

  it('gives the address to paste, and asks for what the registration shows', async () => {
    const { body } = await (await anAdmin(app)).open(SETUP);

    expect(body).toContain(HOOK);
    expect(body).toMatch(/<label for="secret-app_id">Microsoft App ID/);
    expect(body).toMatch(/<label for="secret-channel">Link to a channel of Teams/);
    expect(body).toContain('Connect Microsoft Teams');
  });

  it('keeps nothing that Microsoft does not accept, and says what is wrong beside its field', async () => {
    const ana = await anAdmin(app);

    const wrong = await ana.send(SETUP, { ...entered(), 'secret.client_secret': 'wrong' });

    expect(wrong.status).toBe(400);
    expect(wrong.body).toMatch(/<p class="problem" id="why-client_secret">Microsoft does not accept this secret/);
    expect(await app.database.query('select 1 from chat_instance')).toEqual([]);
  });

  it('is for admins', async () => {
    const bo = await aResponder(app, 'Bo');

    expect((await bo.send(SETUP, entered())).status).toBe(403);
    expect((await bo.open(`${SETUP}/muster-teams.zip`)).status).toBe(403);
  });

  it('is connected at once, hears Teams, and its secret is nowhere to be read', async () => {
    const ana = await anAdmin(app);

    expect((await ana.send(SETUP, entered())).status).toBe(303);
    const { id } = teams.conversations.add('ops', 'channel');
    const tells = async (): Promise<number> => {
      const { activity, authorization = '' } = teams.told(teams.say('mia', id, 'can anybody hear me?').told);
      const sent = { method: 'POST', headers: { authorization }, body: JSON.stringify(activity) };
      return (await fetch(`${app.url}/hooks/teams`, sent)).status;
    };
    // Microsoft's SDK takes its time to load, during which connections break.
    await until('Teams is let in', async () => (await tells().catch(() => 0)) === 200, 60_000);
    await until('it is proven', async () => (await ana.open(SETUP)).body.includes('did not call Muster by its name came at'), 20_000);
    const kept = JSON.stringify(await app.database.query('select * from chat_instance'));
    expect(kept + (await ana.open(SETUP)).body).not.toContain(teams.secret);
  }, 90_000);

  it('gives the app to upload', async () => {
    const { status, headers, body } = await (await anAdmin(app)).open(`${SETUP}/muster-teams.zip`);

    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/zip');
    expect(headers.get('content-disposition')).toContain('muster-teams.zip');
    expect(body.startsWith('PK')).toBe(true);
  });
});
