import { slackManifest } from '#adapters/slack/src/plugin';
import { startSlackSimulator } from '#adapters/slack/simulator/start';
import type { SlackSimulator } from '#adapters/slack/simulator/types';
import { Chats } from '#src/platform/chats/chats';
import { createLog } from '#src/platform/logging/logging';
import { useApp } from '#test/support/app';
import { slackAt } from '#test/support/slack';
import { until } from '#test/support/until';
import { aGuest, aResponder, anAdmin } from './browser.ts';

const MANIFEST = slackManifest({ name: 'Muster', socketMode: true });
const MUSTER_SECRET = 'a secret of Muster that is long enough for it';
const SETUP = '/adapters/slack/setup';

const lines: string[] = [];
const into = { write: (line: string): void => void lines.push(line) };

describe('Connecting Slack on its page', () => {
  let slack: SlackSimulator;
  beforeAll(async () => {
    slack = await startSlackSimulator({ manifest: MANIFEST, team: { id: 'T1', name: 'Acme' } });
    slack.addUser({ name: 'ana', realName: 'Ana', email: 'ana@acme.test' });
  });
  const app = useApp({
    roles: ['web', 'ingest', 'worker'],
    platforms: [slackAt(() => slack.apiUrl)],
    environment: { MUSTER_SECRET },
    log: createLog('debug', ['web'], into, into),
  });
  afterAll(() => slack.close());
  const tokens = () => ({ 'secret.bot_token': slack.app.botToken, 'secret.app_token': slack.app.appToken });
  const anaThere = (): string => slack.users().find(({ name }) => name === 'ana')?.id ?? '';
  const audited = async (): Promise<unknown[]> =>
    (await app.database.query<{ data: unknown }>(`select type, data from event where type like 'chat.%' order by seq`)) as unknown[];

  it('asks for the tokens where the manifest is', async () => {
    const { body } = await (await anAdmin(app)).open(SETUP);

    expect(body).toMatch(/<label for="secret-bot_token">Bot User OAuth Token/);
    expect(body).toMatch(/<input id="secret-app_token" name="secret.app_token" type="password"/);
    expect(body).toContain('Connect Slack');
  });

  it('keeps nothing that Slack does not accept, and says which it was', async () => {
    const ana = await anAdmin(app);

    const wrong = await ana.send(SETUP, { do: 'connect', mode: 'socket', ...tokens(), 'secret.app_token': 'xapp-wrong' });
    const half = await ana.send(SETUP, { do: 'connect', mode: 'socket', 'secret.bot_token': slack.app.botToken });

    expect([wrong.status, half.status]).toEqual([400, 400]);
    expect(wrong.body).toContain('Nothing was kept: see the app-level token below.');
    expect(wrong.body).toMatch(/<p class="problem" id="why-app_token">Slack does not open a connection for this token/);
    expect(wrong.body).toMatch(/<input id="secret-app_token"[^>]* aria-invalid="true" aria-describedby="why-app_token" autofocus/);
    expect(half.body).toContain('<p class="problem" id="why-app_token">It is missing.');
    expect(wrong.body + half.body).not.toContain(slack.app.botToken);
    expect(await app.database.query('select 1 from chat_instance')).toEqual([]);
  });

  it('is for admins, also where a page is not asked', async () => {
    const bo = await aResponder(app, 'Bo');

    expect((await bo.send(SETUP, { do: 'connect', mode: 'socket', ...tokens() })).status).toBe(403);
    expect((await bo.send(SETUP, { do: 'disconnect' })).status).toBe(403);
    expect((await bo.send(SETUP, { do: 'test', who: 'ana' })).status).toBe(403);
    expect(await app.database.query('select 1 from chat_instance')).toEqual([]);
  });

  it('shows its setup to nobody else, also where what they send is no use', async () => {
    const mia = await aResponder(app, 'Mia');
    await app.database.query(`update person set role = 'member' where name = 'Mia'`);

    for (const somebody of [mia, await aGuest(app)]) {
      const sent = await somebody.send(SETUP, { do: 'connect', name: 'N'.repeat(61) });

      expect(sent.status).toBe(403);
      expect(sent.body).not.toContain('Set up');
    }
  });

  it('takes no setting that its page does not ask for, such as another address for the tokens', async () => {
    const ana = await anAdmin(app);
    const config = { mode: 'socket', apiUrl: 'http://127.0.0.1:9/' };

    const form = await ana.send(SETUP, { do: 'connect', ...config, ...tokens() });
    const put = await app.api('PUT', '/api/v1/adapters/slack', { config });

    expect(form.status).toBe(400);
    expect(form.body).toContain('&quot;apiUrl&quot; cannot be set here. What can be is mode;');
    expect(put).toMatchObject({ status: 400, body: { detail: expect.stringContaining('"apiUrl" cannot be set here.') as string } });
    expect(await app.database.query('select 1 from chat_instance')).toEqual([]);
  });

  it('is connected at once, without a start, and its tokens are nowhere to be read', async () => {
    const ana = await anAdmin(app);

    const sent = await ana.send(SETUP, { do: 'connect', mode: 'socket', ...tokens() });

    expect([sent.status, sent.to]).toEqual([303, SETUP]);
    await until('it listens', () => slack.socketCount() > 0, 20_000);
    const page = await ana.open(SETUP);
    expect(page.body).toContain('Connected to the workspace &quot;Acme&quot;, with all that the manifest asks for.');
    expect(page.body).toContain('kept; leave it empty to keep it');
    const kept = JSON.stringify(await app.database.query('select * from chat_instance'));
    const everywhere = [page.body, kept, JSON.stringify(await audited()), lines.join('')].join('');
    for (const token of [slack.app.botToken, slack.app.appToken]) expect(everywhere).not.toContain(token);
    expect(await audited()).toMatchObject([
      { type: 'chat.connected', data: { what: 'Slack', before: null, after: { id: 'slack', secretsEntered: ['bot_token', 'app_token'] } } },
    ]);
  });

  it('says a test message, and hears it back', async () => {
    const ana = await anAdmin(app);
    await until('the workspace is known', async () => (await app.database.query('select 1 from chat_tenant')).length > 0, 20_000);

    const { body } = await ana.send(SETUP, { do: 'test', who: 'ana@acme.test' });

    expect(body).toContain('Opened the private room &quot;muster-test&quot; with you in it.');
    expect(body).toMatch(/Heard it back from Slack, [\d.]+ seconds later\. All of it works\./);
    const room = slack.channelByName('muster-test');
    expect(slack.members(room?.id ?? '')).toContain(anaThere());
    expect((await ana.open(SETUP)).body).toContain('The last event came at');
  });

  it('says it by the API too', async () => {
    const { status, body } = await app.api('POST', '/api/v1/adapters/slack/test', { who: '@ana' });

    expect({ status, body }).toMatchObject({ status: 200, body: { worked: true } });
    expect((body as { said: string[] }).said.at(-1)).toContain('Heard it back from Slack');
  });

  it('says where a test message stops, and what to do', async () => {
    const ana = await anAdmin(app);

    expect((await ana.send(SETUP, { do: 'test', who: 'nobody@acme.test' })).body).toContain(
      'Nobody is called &quot;nobody@acme.test&quot; there.',
    );

    slack.reinstall(MANIFEST.replace('      - "groups:write"\n', ''));
    expect((await ana.send(SETUP, { do: 'test', who: '@ana' })).body).toContain('No private room could be opened in Slack');
    expect((await ana.open(SETUP)).body).toContain(
      'it lacks groups:write (to open a private channel for a private incident, and look after it)',
    );
    slack.reinstall(MANIFEST);

    slack.setFault({ kind: 'events-silent' });
    expect((await ana.send(SETUP, { do: 'test', who: '@ana' })).body).toContain(
      'Muster did not hear of it within 10 seconds: events do not arrive.',
    );
    slack.clearFaults();
  }, 40_000);

  it('keeps a token that is not entered again', async () => {
    const ana = await anAdmin(app);

    const sent = await ana.send(SETUP, { do: 'connect', name: 'Slack Acme', 'secret.bot_token': '', 'secret.app_token': '' });

    expect(sent.status).toBe(303);
    await until('it has its name', () => app.get(Chats).get('slack')?.name === 'Slack Acme', 20_000);
    expect((await ana.open(SETUP)).body).toContain('Connected to the workspace &quot;Acme&quot;');
  });

  it('has one other room for all test messages where somebody archived the first', async () => {
    const ana = await anAdmin(app);
    const rooms = () => slack.channels().filter(({ name }) => name.startsWith('muster-test'));
    const heard = async (): Promise<void> =>
      expect((await ana.send(SETUP, { do: 'test', who: '@ana' })).body).toContain('Heard it back from Slack Acme');
    // What Slack does not show to the app any more leads to a second name, and that to a third.
    for (const _ of [1, 2]) {
      for (const { id, is_archived } of rooms()) if (!is_archived) await slack.as(anaThere()).archive(id);
      await heard();
    }

    await heard();

    expect(rooms().map(({ is_archived }) => is_archived)).toEqual([true, true, false]);
  });

  it('says of a test message when nobody can be brought in to read it', async () => {
    const ana = await anAdmin(app);
    slack.setFault({ kind: 'error', on: 'conversations.invite', error: 'user_is_restricted' });

    const { body } = await ana.send(SETUP, { do: 'test', who: '@ana' });
    slack.clearFaults();

    expect(body).toContain('but you could not be brought into it');
    expect(body).not.toContain('with you in it.');
  });

  it('has no page for one more that is called as one that is there: what is entered would take its place', async () => {
    const ana = await anAdmin(app);

    for (const asked of ['plugin=slack&name=Slack', 'plugin=slack&name=SLACK!']) {
      const { status, body } = await ana.open(`/adapters/another?${asked}`);
      expect([status, body]).toEqual([409, expect.stringContaining('The address &quot;slack&quot; is taken.')]);
    }
  });

  it('has a page for one more workspace, with an app of its own', async () => {
    const ana = await anAdmin(app);

    const there = await ana.open('/adapters/another?plugin=slack&name=Slack+Europe');
    const page = await ana.open(there.to ?? '');

    expect(there.to).toBe('/adapters/slack-europe/setup?plugin=slack&name=Slack+Europe');
    expect(page.body).toContain('Set up Slack Europe');
    const sent = await ana.send('/adapters/slack-europe/setup', {
      do: 'connect',
      plugin: 'slack',
      name: 'Slack Europe',
      mode: 'socket',
      ...tokens(),
    });
    expect([sent.status, sent.to]).toEqual([303, '/adapters/slack-europe/setup']);
    await until('both run', () => app.get(Chats).get('slack-europe') && app.get(Chats).get('slack'), 20_000);
  });

  it('says when the manifest is another one than was pasted, with what is new in it, until somebody says that it is pasted', async () => {
    const ana = await anAdmin(app);
    expect((await ana.open(SETUP)).body).toMatch(/Pasted on [\d-]+, and not changed since\./);
    await app.database.query(
      `update chat_pasted set given = replace(given, '      - "member_joined_channel"\n', '') where instance = 'slack'`,
    );

    const { body } = await ana.open(SETUP);

    expect(body).toMatch(
      /It changed since it was pasted on [\d-]+: paste it once more\.[\s\S]*<code>- &quot;member_joined_channel&quot;<\/code>/,
    );
    expect(body).not.toContain('Make the Slack app (done)');
    expect(await ana.send(SETUP, { do: 'pasted', step: 'app' })).toMatchObject({ status: 303, to: SETUP });
    expect((await ana.open(SETUP)).body).toContain('and not changed since.');
  });

  it('is disconnected once it is said what is lost and what stays', async () => {
    const ana = await anAdmin(app);
    const its = '/adapters/slack-europe/setup';
    await app.database.query(
      `insert into announcement_rule (instance, tenant, audience, room, room_name, severity, kinds) values ('slack-europe', 'T1', 'everyone', 'C1', '#all', 'SEV2', '{standard}')`,
    );

    const asked = await ana.send(its, { do: 'disconnect' });
    expect(asked).toMatchObject({ status: 200, body: expect.stringContaining('<h1>Disconnect Slack Europe?</h1>') as string });
    expect(asked.body).toMatch(/What is lost[\s\S]*tokens[\s\S]*nothing is announced there any more[\s\S]*What stays[\s\S]*What was said/);
    expect((await ana.open('/adapters')).body).toContain('Slack Europe');

    expect(await ana.send(its, { do: 'disconnect', sure: 'yes' })).toMatchObject({ status: 303, to: '/adapters' });
    expect(await app.database.query(`select 1 from chat_instance where id = 'slack-europe'`)).toEqual([]);
    await ana.send(its, { do: 'connect', plugin: 'slack', name: 'Slack Europe', mode: 'socket', ...tokens() });
    await until('it runs again', () => app.get(Chats).get('slack-europe'), 20_000);
  });

  it('is disconnected by the API too, and its rooms stay', async () => {
    const gone = await app.api('DELETE', '/api/v1/adapters/slack-europe');

    expect(gone.status).toBe(204);
    await until('it has ended', () => app.get(Chats).get('slack-europe') === null, 20_000);
    expect((await app.api('DELETE', '/api/v1/adapters/slack-europe')).status).toBe(404);
    expect((await audited()).at(-1)).toMatchObject({ type: 'chat.disconnected', data: { what: 'Slack Europe', after: null } });
  });

  it('is connected by the API too', async () => {
    const { botToken, appToken } = slack.app;
    const send = (secrets: object) =>
      app.api('PUT', '/api/v1/adapters/slack-us', { plugin: 'slack', name: 'Slack US', config: { mode: 'socket' }, secrets });

    expect(await send({ bot_token: 'xoxb-wrong', app_token: appToken })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('Nothing was kept. The bot token:') as string },
    });
    expect(await send({ bot_token: botToken, app_token: appToken })).toMatchObject({
      status: 200,
      body: { id: 'slack-us', name: 'Slack US', plugin: 'slack' },
    });
  });

  it('counts less than what stands where Muster is started, and says so', async () => {
    await app.database.query(`update chat_instance set entered = false where id = 'slack-us'`);
    const ana = await anAdmin(app);

    const page = await ana.open('/adapters/slack-us/setup');
    const sent = await ana.send('/adapters/slack-us/setup', { do: 'connect', mode: 'socket', ...tokens() });

    expect(page.body).toContain('They come from where Muster is started, which counts before anything that is entered here');
    expect(page.body).not.toContain('name="secret.');
    expect([sent.status, (await ana.send('/adapters/slack-us/setup', { do: 'disconnect' })).status]).toEqual([409, 409]);
  });
});

describe('Connecting Slack where there is nothing to encrypt its tokens with', () => {
  let slack: SlackSimulator;
  beforeAll(async () => {
    slack = await startSlackSimulator({ manifest: MANIFEST });
  });
  const app = useApp({ roles: ['web'], platforms: [slackAt(() => slack.apiUrl)] });
  afterAll(() => slack.close());

  it('takes none, and says what to set', async () => {
    const ana = await anAdmin(app);

    const page = await ana.open(SETUP);
    const sent = await ana.send(SETUP, { do: 'connect', mode: 'socket', 'secret.bot_token': slack.app.botToken });

    expect(page.body).toContain('Set <code>MUSTER_SECRET</code> where Muster is started');
    expect(page.body).not.toContain('name="secret.');
    expect(sent.status).toBe(409);
    expect(await app.database.query('select 1 from chat_instance')).toEqual([]);
  });
});
