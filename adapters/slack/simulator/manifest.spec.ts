import { readManifest } from './manifest.ts';
import { startSlackSimulator } from './start.ts';
import { ListeningApp } from './test/listening-app.ts';
import { codeOf, quietClient } from './test/quiet-client.ts';

const MANIFEST = `
features:
  app_home:
    home_tab_enabled: false
  slash_commands:
    - command: "/fire"
      should_escape: false
  shortcuts:
    - name: "Keep"
      type: "message"
      callback_id: "keep"
oauth_config:
  scopes:
    bot:
      - "chat:write"
      - channels:history
      - channels:read
      - "pins:read"
settings:
  event_subscriptions:
    bot_events:
      - "message.channels"
      - "pin_added"
    metadata_subscriptions:
      - app_id: "*"
        event_type: "delivery"
  socket_mode_enabled: true
`;

describe('An app that is made from a manifest', () => {
  it('is as the manifest has it', () => {
    expect(readManifest(MANIFEST)).toEqual({
      scopes: ['chat:write', 'channels:history', 'channels:read', 'pins:read'],
      events: ['message.channels', 'pin_added'],
      metadata: ['delivery'],
      commands: ['/fire'],
      escapesCommands: false,
      shortcuts: [{ name: 'Keep', type: 'message', callbackId: 'keep' }],
      hasHome: false,
      socketMode: true,
    });
  });

  it('may do what it asks for, and is told what it lacks for anything else', async () => {
    const slack = await startSlackSimulator({ manifest: MANIFEST });
    const ann = slack.addUser({ name: 'ann', realName: 'Ann', email: 'ann@example.com' }).id;
    const channel = slack.addChannel({ name: 'general', members: [ann, slack.app.botUserId] }).id;
    const secret = slack.addChannel({ name: 'secret', members: [ann, slack.app.botUserId], isPrivate: true }).id;
    const client = quietClient(slack);

    expect((await client.chat.postMessage({ channel, text: 'hello' })).ok).toBe(true);
    expect((await client.auth.test()).response_metadata).toMatchObject({
      scopes: ['chat:write', 'channels:history', 'channels:read', 'pins:read'],
    });
    expect(await codeOf(client.pins.add({ channel, timestamp: '1.1' }))).toBe('missing_scope');
    expect(await codeOf(client.conversations.create({ name: 'inc-1' }))).toBe('missing_scope');
    expect(await codeOf(client.conversations.info({ channel: secret }))).toBe('missing_scope');
    const answer = await fetch(`${slack.apiUrl}users.lookupByEmail?email=ann@example.com`, {
      headers: { authorization: `Bearer ${slack.app.botToken}` },
    });
    expect(await answer.json()).toEqual({
      ok: false,
      error: 'missing_scope',
      needed: 'users:read.email',
      provided: 'chat:write,channels:history,channels:read,pins:read',
    });
    await slack.close();
  });

  it('posts in a public channel that it is not in only with chat:write.public, and reads and marks nothing there', async () => {
    const slack = await startSlackSimulator({ manifest: MANIFEST });
    const ann = slack.addUser({ name: 'ann', realName: 'Ann' }).id;
    const channel = slack.addChannel({ name: 'all', members: [ann] }).id;
    const secret = slack.addChannel({ name: 'secret', members: [ann], isPrivate: true }).id;
    const client = quietClient(slack);
    const post = (to: string) => codeOf(client.chat.postMessage({ channel: to, text: 'hello' }));

    expect(await post(channel)).toBe('not_in_channel');
    slack.reinstall(MANIFEST.replace('      - "chat:write"\n', '      - "chat:write"\n      - "chat:write.public"\n'));

    const { ts } = await client.chat.postMessage({ channel, text: 'hello' });
    expect(await codeOf(client.chat.update({ channel, ts: ts ?? '', text: 'hello again' }))).toBe('ok');
    expect(slack.messages(channel).map(({ text }) => text)).toContain('hello again');
    expect(await codeOf(client.conversations.history({ channel }))).toBe('not_in_channel');
    expect(await post(secret)).toBe('channel_not_found');
    await slack.as(ann).archive(channel);
    expect(await post(channel)).toBe('is_archived');
    await slack.close();
  });

  it('is made by Slack only if its scopes allow the events it wants', () => {
    expect(() => readManifest(MANIFEST.replace('      - channels:history\n', ''))).toThrow(/message.channels .* channels:history/);
  });

  it('hears the messages of the kinds of rooms that it asked for', async () => {
    const app = await ListeningApp.start();
    const slack = await startSlackSimulator({ manifest: MANIFEST.replace('socket_mode_enabled: true', ''), requestUrl: app.url });
    const ann = slack.addUser({ name: 'ann', realName: 'Ann' }).id;
    for (const isPrivate of [true, false]) {
      const { id } = slack.addChannel({ name: `room-${isPrivate}`, members: [ann, slack.app.botUserId], isPrivate });
      await slack.as(ann).say(id, isPrivate ? 'in secret' : 'in public');
    }
    await slack.idle();

    expect(app.events('message').map(({ text }) => text as string)).toEqual(['in public']);
    await slack.close();
    await app.close();
  });

  it('has the shortcuts and the Home that are in it, and no others', async () => {
    const slack = await startSlackSimulator({ manifest: MANIFEST });
    const ann = slack.addUser({ name: 'ann', realName: 'Ann' }).id;
    const view = { type: 'home' as const, blocks: [] };

    await expect(slack.as(ann).globalShortcut('declare')).rejects.toThrow('It has: keep.');
    expect(await codeOf(quietClient(slack).views.publish({ user_id: ann, view }))).toBe('not_enabled');
    await slack.close();
  });

  it('is good for nothing once somebody has removed it', async () => {
    const slack = await startSlackSimulator({ manifest: MANIFEST });
    slack.uninstall();

    expect(await codeOf(quietClient(slack).auth.test())).toBe('account_inactive');
    expect(await codeOf(quietClient(slack, slack.app.appToken).apps.connections.open())).toBe('account_inactive');

    slack.reinstall(MANIFEST);
    expect(await codeOf(quietClient(slack).auth.test())).toBe('ok');
    await slack.close();
  });

  it('may more once it is installed again with another one', async () => {
    const slack = await startSlackSimulator({ manifest: MANIFEST });
    const client = quietClient(slack);
    expect(await codeOf(client.users.list({}))).toBe('missing_scope');

    slack.reinstall(MANIFEST.replace('- channels:read', '- users:read'));

    expect((await client.users.list({})).ok).toBe(true);
    await slack.close();
  });
});
