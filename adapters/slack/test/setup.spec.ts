import { createHmac } from 'node:crypto';
import { makeContext } from '@musterhq/adapter-testkit';
import type { AdapterContext, ChatAdapter, SetupStep } from '@musterhq/chat-port';
import { startSlackSimulator } from '../simulator/start.ts';
import type { SlackSimulator } from '../simulator/types.ts';
import { slackManifest, slackPlugin } from '../src/plugin.ts';

const stepsOf = async (context: AdapterContext): Promise<Record<string, SetupStep>> =>
  Object.fromEntries(((await slackPlugin.setup?.(context).steps()) ?? []).map((step) => [step.id, step]));
const steps = (config: object, secrets: Record<string, string> = {}): Promise<Record<string, SetupStep>> =>
  stepsOf(makeContext({ instance: 'slack', config, secrets }));

const MANIFEST = slackManifest({ name: 'Muster', socketMode: true });

describe('Setting Slack up', () => {
  let slack: SlackSimulator;
  beforeAll(async () => {
    slack = await startSlackSimulator({ team: { id: 'T1', name: 'Acme' }, manifest: MANIFEST });
  });
  afterAll(() => slack.close());
  afterEach(() => {
    slack.clearFaults();
    slack.reinstall(MANIFEST);
  });
  const socket = (secrets: Record<string, string>) => steps({ mode: 'socket', apiUrl: slack.apiUrl }, secrets);

  it('begins with a manifest to paste, and says where each token is', async () => {
    const found = await steps({ mode: 'socket', command: '/fire' });

    expect(found['app']).toMatchObject({
      done: false,
      give: { label: 'Manifest', text: expect.stringContaining('command: "/fire"') as string },
    });
    expect(found['bot-token']).toMatchObject({ done: false, ask: { secret: 'bot_token' } });
    expect(found['app-token']).toMatchObject({ done: false, ask: { secret: 'app_token' } });
    expect(Object.values(found).some(({ wrong, done }) => wrong === true || done)).toBe(false);
  });

  it('has our real address in the manifest where Slack calls us', async () => {
    const context = makeContext({ config: { mode: 'http' }, hookUrl: 'https://muster.acme.test/hooks/slack-eu' });

    const { app, 'signing-secret': secret } = await stepsOf(context);

    expect(JSON.stringify(app).match(/https:\/\/muster\.acme\.test\/hooks\/slack-eu/g)).toHaveLength(3);
    expect(secret).toMatchObject({ done: false, ask: { secret: 'signing_secret' } });
  });

  it('tries both tokens, and is done when they work', async () => {
    const found = await socket({ bot_token: slack.app.botToken, app_token: slack.app.appToken });

    expect(found['bot-token']).toMatchObject({ done: true, say: expect.stringContaining('the workspace "Acme", with all') as string });
    expect(found['app-token']).toMatchObject({ done: true, say: 'Slack opens a connection for it.' });
    expect(found['app']?.done).toBe(true);
    expect(JSON.stringify(found)).not.toContain(slack.app.botToken);
  });

  it('names each permission that the app lacks, what for, and where to click', async () => {
    slack.reinstall(MANIFEST.replace('      - "pins:write"\n', '').replace('      - "files:write"\n', ''));

    const { app, 'bot-token': token } = await socket({ bot_token: slack.app.botToken });

    expect([app?.done, token?.done, token?.wrong]).toEqual([false, false, undefined]);
    expect(token?.say).toContain(
      'it lacks files:write (to show files that were added in the war room), pins:write (to pin what is evidence).',
    );
    expect(token?.say).toContain('paste the manifest under "App Manifest", save, and choose "Reinstall to Workspace"');
  });

  it.each([
    ['bot-token', { bot_token: 'xoxp-of-a-person' }, 'This is no bot token'],
    ['bot-token', { bot_token: 'xoxb-wrong' }, 'Install the app again'],
    ['app-token', { app_token: 'xoxb-wrong' }, 'This is no app-level token'],
    ['app-token', { app_token: 'xapp-wrong' }, 'Make a new app-level token with the scope connections:write'],
  ])('says what is wrong with %s %j', async (id, secrets, say) => {
    const found = (await socket(secrets))[id];

    expect(found).toMatchObject({ done: false, wrong: true, say: expect.stringContaining(say) as string });
    expect(found?.say).not.toContain(Object.values(secrets)[0]);
  });

  it('says that Slack cannot be reached, and blames no token for it', async () => {
    slack.setFault({ kind: 'refused' });

    const found = await socket({ bot_token: slack.app.botToken, app_token: slack.app.appToken });

    for (const id of ['bot-token', 'app-token'])
      expect(found[id]).toMatchObject({ done: false, wrong: true, say: expect.stringContaining('Slack could not be reached') as string });
  });

  describe('proves by what Slack sends', () => {
    const secret = '8f742231b10e8888abcd99yyyzzz85a5'.replace(/[^0-9a-f]/g, '0');
    let context: AdapterContext;
    let adapter: ChatAdapter;
    beforeEach(async () => {
      const secrets = { bot_token: slack.app.botToken, signing_secret: secret };
      context = makeContext({ instance: 'slack', config: { mode: 'http', apiUrl: slack.apiUrl }, secrets });
      adapter = await slackPlugin.create(context);
    });
    afterEach(() => adapter.close());
    const send = (body: object, signedWith: string) => {
      const [text, stamp] = [JSON.stringify(body), Math.floor(Date.now() / 1000)];
      const signature = `v0=${createHmac('sha256', signedWith).update(`v0:${stamp}:${text}`).digest('hex')}`;
      const headers = { 'content-type': 'application/json', 'x-slack-signature': signature, 'x-slack-request-timestamp': String(stamp) };
      return adapter.webhooks?.receive({ method: 'POST', path: '/', headers, body: Buffer.from(text), now: Date.now() });
    };

    it('nothing before the first request', async () => {
      const found = await stepsOf(context);

      expect(found['signing-secret']).toMatchObject({ done: false, say: expect.stringContaining('Not seen yet') as string });
      expect(found['events']).toMatchObject({ done: false, say: expect.stringContaining(context.hookUrl) as string });
    });

    it('the signing secret, by a request that was signed with it', async () => {
      await send({ type: 'url_verification', challenge: 'c' }, secret);

      const found = await stepsOf(context);

      expect(found['signing-secret']).toMatchObject({ done: true, say: expect.stringMatching(/at \d\d:\d\d UTC/) as string });
      expect(found['events']?.done).toBe(false);
    });

    it('another secret wrong, by a request that was not', async () => {
      await send({ type: 'url_verification', challenge: 'c' }, 'another');

      expect((await stepsOf(context))['signing-secret']).toMatchObject({
        done: false,
        say: expect.stringContaining('was not signed with it. Compare it') as string,
      });
    });

    it('that events arrive, by one', async () => {
      const event = { type: 'channel_rename', channel: { id: 'C1', name: 'x', created: 1 }, event_ts: '1700000001.000100' };
      await send({ type: 'event_callback', team_id: 'T1', api_app_id: 'A1', event, event_id: 'Ev1', event_time: 1_700_000_001 }, secret);

      expect((await stepsOf(context))['events']).toMatchObject({
        done: true,
        say: expect.stringContaining('The last event came') as string,
      });
    });
  });

  it('knows what is no signing secret', async () => {
    expect((await steps({ mode: 'http' }, { signing_secret: 'xoxb-in-the-wrong-field' }))['signing-secret']).toMatchObject({ wrong: true });
  });

  it('has the manifest to download, and nothing else', async () => {
    const setup = slackPlugin.setup?.(makeContext({ config: { mode: 'socket' } }));

    expect(Buffer.from((await setup?.artefact('manifest.yaml'))?.bytes ?? []).toString()).toContain('socket_mode_enabled: true');
    await expect(setup?.artefact('secrets')).rejects.toThrow('manifest.yaml');
  });
});
