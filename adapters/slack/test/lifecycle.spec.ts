import { makeContext, makeKit } from '@musterhq/adapter-testkit';
import type { AdapterContext, ChatAdapter, Envelope, Health, RoomRef } from '@musterhq/chat-port';
import { filter, firstValueFrom, timeout } from 'rxjs';
import { startSlackSimulator } from '../simulator/start.ts';
import { slackPlugin } from '../src/plugin.ts';
import type { SlackHarness } from './harness.ts';
import { type Stage, becomes, isType, post, stage, until, words } from './stage.ts';

const NOBODY = 'http://127.0.0.1:1/api/';
const state = (adapter: ChatAdapter, wanted: Health['state']): Promise<Health> =>
  firstValueFrom(
    adapter.health$.pipe(
      filter((h) => h.state === wanted),
      timeout(20_000),
    ),
  );
const isSaid =
  (text: string) =>
  ({ event }: Envelope): boolean =>
    event.type === 'message.created' && event.message.content.summary === text;
const secrets = { bot_token: 'xoxb-1', signing_secret: 's', app_token: 'xapp-1' };

describe('Starting while Slack is away', () => {
  it.each(['http', 'socket'] as const)('stays up, by %s, and says so', async (mode) => {
    const rejections: unknown[] = [];
    const note = (reason: unknown): unknown => rejections.push(reason);
    process.on('unhandledRejection', note);
    const adapter = await slackPlugin.create(makeContext({ config: { mode, apiUrl: NOBODY }, secrets }));
    await adapter.connect?.(makeKit().inlet, new AbortController().signal);

    const health = await state(adapter, 'offline');

    expect(health.fault).toMatchObject({ code: 'unavailable' });
    await adapter.close();
    process.off('unhandledRejection', note);
    expect(rejections).toEqual([]);
  });

  it('knows its workspace and its own voice from the last time', async () => {
    const slack = await startSlackSimulator();
    const held = new Map<string, string>();
    const kv: AdapterContext['kv'] = {
      get: (k) => Promise.resolve(held.get(k) ?? null),
      set: (k, v) => Promise.resolve(void held.set(k, v)),
    };
    const own = { ...secrets, bot_token: slack.app.botToken };
    const contextAt = (apiUrl: string): AdapterContext => ({ ...makeContext({ config: { mode: 'http', apiUrl }, secrets: own }), kv });
    const first = await slackPlugin.create(contextAt(slack.apiUrl));
    await state(first, 'ready');
    await first.close();

    const second = await slackPlugin.create(contextAt(NOBODY));
    await state(second, 'offline');
    const rendered = second.messages.render(words('x'), { adapter: 'slack', tenant: slack.team.id, room: 'C1' });

    expect([...held.values()].join()).toContain(slack.team.id);
    expect(rendered.parts).toHaveLength(1);
    await second.close();
    await slack.close();
  });

  it('names what is missing when a secret is', async () => {
    await expect(slackPlugin.create(makeContext({ config: { mode: 'socket' }, secrets: { bot_token: 'xoxb-1' } }))).rejects.toThrow(
      'app_token',
    );
    await expect(slackPlugin.create(makeContext({ config: { mode: 'pigeon' } }))).rejects.toThrow(/configuration of Slack/);
  });
});

describe.each(['webhook', 'socket'] as const)('Telling how Slack is, by %s', (transport) => {
  it('goes offline when Slack is lost, and is ready again when it is back', async () => {
    await using it = await stage(transport);
    const ref = await it.harness.room();
    it.harness.slack.setFault({ kind: 'all', api: 'status' });
    await expect(post(it, ref, 'k', words('anybody there?'))).rejects.toThrow('unknown');

    expect(await becomes(it, 'offline')).toMatchObject({ fault: { code: 'unavailable' } });

    it.harness.slack.clearFaults();
    expect(await becomes(it, 'ready')).toMatchObject({ tenant: it.harness.tenant });
  });

  it('stays ready when one call fails and Slack itself is there', async () => {
    await using it = await stage(transport);
    const ref = await it.harness.room();
    const before = it.harness.slack.calls().filter(({ method }) => method === 'auth.test').length;
    it.harness.slack.setFault({ kind: 'status', status: 503, on: 'chat.postMessage', times: 1 });
    await expect(post(it, ref, 'k', words('x'))).rejects.toThrow('unknown');

    await until('somebody to look', () => it.harness.slack.calls().filter(({ method }) => method === 'auth.test').length > before);
    expect(await becomes(it, 'ready')).toBeDefined();
  });

  it('is unauthorized when the token is revoked, says what to do, and comes back', async () => {
    await using it = await stage(transport);
    const ref = await it.harness.room();
    it.harness.slack.setFault({ kind: 'token-revoked' });
    await expect(post(it, ref, 'k', words('x'))).rejects.toThrow('refused');

    expect(await becomes(it, 'unauthorized')).toMatchObject({ fault: { code: 'auth', scope: 'tenant', remedy: 'reauthorize' } });

    it.harness.slack.clearFaults();
    await becomes(it, 'ready');
  });

  it('stops for good, and leaves no socket behind', async () => {
    await using it = await stage(transport);
    await it.harness.adapter.close();
    await it.harness.adapter.close();

    expect((await becomes(it, 'stopped')).state).toBe('stopped');
    await until('the sockets to be gone', () => it.harness.slack.socketCount() === 0);
  });
});

describe('Keeping sockets open', () => {
  it('holds two', async () => {
    await using it = await stage('socket');
    expect(it.harness.slack.socketCount()).toBe(2);
  });

  it.each(['sockets-recycled', 'sockets-cut'] as const)(
    'opens them again after they were %s, and hears what is said then',
    async (kind) => {
      await using it = await stage('socket');
      const ref = await it.harness.room();
      it.harness.slack.setFault({ kind });
      await until('the old ones to be gone', () => it.harness.slack.socketCount() < 2);
      await until('two new ones', () => it.harness.slack.socketCount() === 2);
      await becomes(it, 'ready');

      await it.harness.person('mia').say(ref.room, 'still there?');

      expect((await it.inlet.until(isType('message.created'))).event).toMatchObject({ message: { content: { summary: 'still there?' } } });
    },
  );

  const connections = ({ slack }: SlackHarness): string[] =>
    slack.calls().flatMap(({ method, outcome }) => (method === 'apps.connections.open' ? [outcome] : []));
  /** Two are open, and nothing has come by them for ten seconds. */
  const silent = async (it: Stage): Promise<RoomRef> => {
    const ref = await it.harness.room();
    await until('two', () => it.harness.slack.socketCount() === 2);
    await it.harness.person('mia').say(ref.room, 'said before');
    await it.inlet.until(isType('message.created'));
    it.harness.advance(10_000);
    return ref;
  };

  it('renews the one that is half dead when something was missed, and not the one that brings what is said', async () => {
    await using it = await stage('socket');
    const { adapter, slack } = it.harness;
    const ref = await silent(it);
    slack.setFault({ kind: 'socket-half-dead' });
    // Slack picks one for each.
    for (let i = 0; i < 16; i++) await it.harness.person('mia').say(ref.room, 'by the other one');
    await it.inlet.until(isSaid('by the other one'));
    const before = connections(it.harness).length;

    adapter.renewSilent?.();
    await until('the half-dead one to be gone', () => slack.halfDeadSocketCount() === 0);

    expect(slack.socketCount()).toBe(2);
    expect(connections(it.harness)).toHaveLength(before + 1);
  });

  it('keeps a silent socket while no other one can be opened', async () => {
    await using it = await stage('socket');
    const { adapter, slack } = it.harness;
    const ref = await silent(it);
    slack.setFault({ kind: 'rate-limited', on: 'apps.connections.open' });

    adapter.renewSilent?.();
    await until('both to be tried', () => connections(it.harness).filter((outcome) => outcome === 'ratelimited').length === 2);

    expect(slack.socketCount()).toBe(2);
    await it.harness.person('mia').say(ref.room, 'still there?');
    await it.inlet.until(isSaid('still there?'));
  });

  it('is offline while none can be opened', async () => {
    await using it = await stage('socket');
    it.harness.slack.setFault([{ kind: 'error', error: 'internal_error', on: 'apps.connections.open' }, { kind: 'sockets-cut' }]);

    expect(await becomes(it, 'offline')).toMatchObject({ fault: { native: 'socket' } });

    it.harness.slack.clearFaults();
    await becomes(it, 'ready');
  });

  it('is unauthorized when the app-level token is not accepted', async () => {
    await using it = await stage('socket');
    it.harness.slack.setFault([{ kind: 'error', error: 'invalid_auth', on: 'apps.connections.open' }, { kind: 'sockets-cut' }]);

    expect(await becomes(it, 'unauthorized')).toMatchObject({
      fault: { scope: 'adapter', detail: expect.stringContaining('app-level token') as string },
    });
  });
});
