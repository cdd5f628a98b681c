import { readManifest } from './manifest.ts';
import { startSlackSimulator } from './start.ts';
import { codeOf, quietClient } from './test/quiet-client.ts';

const MANIFEST = `
features:
  slash_commands:
    - command: "/fire"
      should_escape: false
oauth_config:
  scopes:
    bot:
      - "chat:write"
      - channels:read
settings:
  event_subscriptions:
    bot_events:
      - "message.channels"
      - "pin_added"
  socket_mode_enabled: true
`;

describe('An app that is made from a manifest', () => {
  it('is as the manifest has it', () => {
    expect(readManifest(MANIFEST)).toEqual({
      scopes: ['chat:write', 'channels:read'],
      events: ['pin_added', 'message'],
      commands: ['/fire'],
      escapesCommands: false,
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
    expect((await client.auth.test()).response_metadata).toMatchObject({ scopes: ['chat:write', 'channels:read'] });
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
      provided: 'chat:write,channels:read',
    });
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
