import type { WebClient } from '@slack/web-api';
import { startSlackSimulator } from './start.ts';
import { codeOf, quietClient } from './test/quiet-client.ts';
import type { SlackSimulator } from './types.ts';

describe('Who is in a room', () => {
  let slack: SlackSimulator;
  let client: WebClient;
  let bot: string;
  let ann: string;
  let bo: string;

  beforeEach(async () => {
    slack = await startSlackSimulator({ socketMode: true });
    client = quietClient(slack);
    bot = slack.app.botUserId;
    ann = slack.addUser({ name: 'ann', realName: 'Ann Lee' }).id;
    bo = slack.addUser({ name: 'bo', realName: 'Bo', email: 'bo@example.com' }).id;
  });
  afterEach(() => slack.close());

  const aRoom = (isPrivate = false): string =>
    slack.addChannel({ name: `room-${slack.channels().length}`, members: [ann, bo, bot], isPrivate }).id;

  it.each([
    ['public', false, 'not_in_channel'],
    ['private', true, 'channel_not_found'],
  ])('puts the app out of a %s channel that is archived, by whomever, and keeps it out', async (_, isPrivate, refusal) => {
    const [hers, ours] = [aRoom(isPrivate), aRoom(isPrivate)];
    await slack.as(ann).archive(hers);
    await client.conversations.archive({ channel: ours });

    for (const channel of [hers, ours]) {
      expect(slack.members(channel)).not.toContain(bot);
      expect(await codeOf(client.conversations.history({ channel }))).toBe(refusal);
      expect(await codeOf(client.conversations.unarchive({ channel }))).toBe(refusal);
      await slack.as(ann).archive(channel, false);
      expect(await codeOf(client.chat.postMessage({ channel, text: 'back?' }))).toBe(refusal);
      await slack.as(ann).invite(channel, bot);
      expect(await codeOf(client.chat.postMessage({ channel, text: 'back' }))).toBe('ok');
    }
  });

  it('leaves whoever brings a public channel back alone in it, and a private one with its people', async () => {
    const [open, secret] = [aRoom(), aRoom(true)];
    for (const channel of [open, secret]) {
      await slack.as(ann).archive(channel);
      await slack.as(ann).archive(channel, false);
    }

    expect(slack.members(open)).toEqual([ann]);
    expect(slack.members(secret)).toEqual([ann, bo]);
  });

  it('says of a public channel that it is archived, before it says that the app is not in it', async () => {
    const channel = aRoom();
    await slack.as(ann).archive(channel);

    expect(await codeOf(client.chat.postMessage({ channel, text: 't' }))).toBe('is_archived');
    expect(await codeOf(client.conversations.setTopic({ channel, topic: 't' }))).toBe('is_archived');
    expect(await codeOf(client.conversations.archive({ channel }))).toBe('already_archived');
  });

  it('lets a person send the app away', async () => {
    const channel = aRoom();
    await slack.as(ann).kick(channel, bot);

    expect(await codeOf(client.chat.postMessage({ channel, text: 't' }))).toBe('not_in_channel');
    expect(await codeOf(client.conversations.history({ channel }))).toBe('not_in_channel');
  });

  it('invites nobody who is unknown, gone, the app itself, or a guest with another channel', async () => {
    const channel = aRoom();
    const [cyd, dee] = ['cyd', 'dee'].map((name) => slack.addUser({ name, realName: name, guest: 'single' }).id) as [string, string];
    slack.addChannel({ name: 'theirs', members: [cyd] });
    const eve = slack.addUser({ name: 'eve', realName: 'Eve' }).id;
    slack.deactivate(bo);
    const invite = (...users: string[]) => codeOf(client.conversations.invite({ channel, users: users.join(',') }));

    expect(await invite('U0NOBODY')).toBe('user_not_found');
    expect(await invite(bot)).toBe('cant_invite_self');
    expect(await invite(ann)).toBe('already_in_channel');
    expect(await invite(cyd)).toBe('ura_max_channels');
    expect(await invite(dee)).toBe('ok');
    expect(await invite(bo, eve)).toBe('cant_invite');
    expect(slack.members(channel)).toContain(eve);
  });

  it('finds nobody by the mail address of an account that is deactivated', async () => {
    expect(await codeOf(client.users.lookupByEmail({ email: 'bo@example.com' }))).toBe('ok');
    slack.deactivate(bo);

    expect(await codeOf(client.users.lookupByEmail({ email: 'bo@example.com' }))).toBe('users_not_found');
    expect((await client.users.info({ user: bo })).user).toMatchObject({ deleted: true });
  });

  it('shows something to one person only where that person is', async () => {
    const channel = slack.addChannel({ name: 'elsewhere', members: [bot] }).id;

    expect(await codeOf(client.chat.postEphemeral({ channel, user: ann, text: 't' }))).toBe('user_not_in_channel');
    expect(await codeOf(client.chat.postEphemeral({ channel, user: 'U0NOBODY', text: 't' }))).toBe('user_not_found');
  });
});
