import type { ConversationsHistoryResponse, WebClient } from '@slack/web-api';
import { startSlackSimulator } from './start.ts';
import { codeOf, quietClient } from './test/quiet-client.ts';
import type { SlackSimulator } from './types.ts';

const rich = (...elements: object[]): object => ({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] });
const actions = (...elements: object[]): object => ({ type: 'actions', elements: elements.map((e) => ({ action_id: 'a', ...e })) });
const option = (value: string): object => ({ text: { type: 'plain_text', text: 'A' }, value });
const table = (rows: number, columns: number): object => ({
  type: 'table',
  rows: Array.from({ length: rows }, () => Array.from({ length: columns }, () => ({ type: 'raw_text', text: 'a' }))),
});

describe('Calling the Web API', () => {
  let slack: SlackSimulator;
  let client: WebClient;
  let ann: string;
  let room: string;

  beforeEach(async () => {
    slack = await startSlackSimulator({ socketMode: true });
    ann = slack.addUser({ name: 'ann', realName: 'Ann Lee', email: 'ann@example.com' }).id;
    room = slack.addChannel({ name: 'incidents', members: [ann, slack.app.botUserId] }).id;
    client = quietClient(slack);
  });
  afterEach(() => slack.close());

  it('says who the app is to the holder of its token, and nothing to anybody else', async () => {
    expect(await client.auth.test()).toMatchObject({
      ok: true,
      team_id: slack.team.id,
      user_id: slack.app.botUserId,
      bot_id: slack.app.botId,
    });
    expect(await codeOf(quietClient(slack, 'xoxb-wrong').auth.test())).toBe('invalid_auth');
    expect(await codeOf(quietClient(slack, '').auth.test())).toBe('not_authed');
    expect(await codeOf(client.apps.connections.open())).toBe('not_allowed_token_type');
  });

  it('takes JSON bodies as well as forms', async () => {
    const answer = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${slack.app.botToken}`, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ channel: room, text: 'hello', blocks: [{ type: 'divider' }] }),
    });

    expect(await answer.json()).toMatchObject({ ok: true, channel: room, message: { text: 'hello', bot_id: slack.app.botId } });
  });

  it('posts for the app, in threads, with metadata that history shows only when asked for', async () => {
    const metadata = { event_type: 'muster', event_payload: { key: 'k1' } };
    const root = await client.chat.postMessage({ channel: room, text: 'root', metadata });
    await client.chat.postMessage({ channel: room, text: 'reply', thread_ts: root.ts ?? '' });

    const plain = await client.conversations.history({ channel: room });
    const full = await client.conversations.history({ channel: room, include_all_metadata: true });
    const thread = await client.conversations.replies({ channel: room, ts: root.ts ?? '' });

    expect(plain.messages?.map((m) => m.text)).toEqual(['root']);
    expect(plain.messages?.[0]).toMatchObject({ reply_count: 1 });
    expect(plain.messages?.[0]).not.toHaveProperty('metadata');
    expect(full.messages?.[0]).toMatchObject({ metadata });
    expect(thread.messages?.map((m) => m.text)).toEqual(['root', 'reply']);
  });

  it('posts under another name as a bot_message without a user', async () => {
    const posted = await client.chat.postMessage({
      channel: room,
      text: 'hi',
      username: 'Ann Lee (war room)',
      icon_url: 'https://example.com/a.png',
    });

    expect(posted.message).toMatchObject({ subtype: 'bot_message', username: 'Ann Lee (war room)', bot_id: slack.app.botId });
    expect(posted.message).not.toHaveProperty('user');
  });

  it('escapes what is no mention or link, and leaves what is', async () => {
    const posted = await client.chat.postMessage({ channel: room, text: `a < b & c &amp; <@${ann}> <https://example.com|x> <script>` });

    expect(posted.message?.text).toBe(`a &lt; b &amp; c &amp; <@${ann}> <https://example.com|x> &lt;script&gt;`);
  });

  it('shortens a text above 40,000 characters, and refuses an update above 4,000', async () => {
    const posted = await client.chat.postMessage({ channel: room, text: 'x'.repeat(40_001) });

    expect(posted.message?.text).toHaveLength(40_000);
    const update = (text: string) =>
      codeOf(client.chat.update({ channel: room, ts: posted.ts ?? '', text, blocks: [{ type: 'divider' }] }));
    expect(await update('x'.repeat(4001))).toBe('msg_too_long');
    expect(await update('<'.repeat(1001))).toBe('msg_too_long');
    expect(await update('<'.repeat(1000))).toBe('ok');
  });

  it('keeps to the documented limits of blocks, and says where they were passed', async () => {
    const section = (length: number) => ({ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(length) } });
    const post = (blocks: object[]) => codeOf(client.chat.postMessage({ channel: room, text: 't', blocks: blocks as never }));

    expect(await post([section(3000)])).toBe('ok');
    expect(await post([section(3001)])).toBe('invalid_blocks');
    expect(await post(Array.from({ length: 50 }, () => ({ type: 'divider' })))).toBe('ok');
    expect(await post(Array.from({ length: 51 }, () => ({ type: 'divider' })))).toBe('invalid_blocks');
    expect(await post([{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }])).toBe('invalid_blocks');
    expect(await post([1, 2, 3, 4, 5].map(() => section(2900)))).toBe('msg_blocks_too_long');
  });

  it.each([
    ['a rich text of what Slack knows', [rich({ type: 'text', text: 'a' }, { type: 'link', url: 'https://example.com' })], 'ok'],
    ['a rich text with a text of nothing', [rich({ type: 'text', text: '' })], 'invalid_blocks'],
    ['a rich text with something unknown', [rich({ type: 'marquee', text: 'a' })], 'invalid_blocks'],
    ['a rich text that calls everybody of nothing', [rich({ type: 'broadcast', range: 'planet' })], 'invalid_blocks'],
    ['a rich text with a link to nowhere', [rich({ type: 'link', url: 'javascript:alert(1)' })], 'invalid_blocks'],
    ['a table', [table(100, 20)], 'ok'],
    ['a table of too many rows', [table(101, 1)], 'invalid_blocks'],
    ['a table of too many columns', [table(1, 21)], 'invalid_blocks'],
    ['two tables', [table(1, 1), table(1, 1)], 'invalid_attachments'],
    ['a header of marked text', [{ type: 'header', text: { type: 'mrkdwn', text: 'a' } }], 'invalid_blocks'],
    ['a header of blanks', [{ type: 'header', text: { type: 'plain_text', text: ' ' } }], 'invalid_blocks'],
    ['a button to nowhere', [actions({ type: 'button', text: { type: 'plain_text', text: 'a' }, url: 'nowhere' })], 'invalid_blocks'],
    ['a choice of nothing', [actions({ type: 'static_select', options: [] })], 'invalid_blocks'],
    ['a choice of what has no value', [actions({ type: 'static_select', options: [option('')] })], 'invalid_blocks'],
    [
      'a choice made of what cannot be chosen',
      [actions({ type: 'static_select', options: [option('a')], initial_option: option('b') })],
      'invalid_blocks',
    ],
  ])('answers to %s', async (_, blocks, answer) => {
    expect(await codeOf(client.chat.postMessage({ channel: room, text: 't', blocks: blocks as never }))).toBe(answer);
  });

  it('lets nobody act in a room that is unknown, archived or not theirs', async () => {
    const other = slack.addChannel({ name: 'elsewhere', members: [ann] }).id;
    const secret = slack.addChannel({ name: 'secret', members: [ann], isPrivate: true }).id;
    const post = (channel: string) => codeOf(client.chat.postMessage({ channel, text: 't' }));
    expect([await post('C0NOWHERE'), await post(other), await post(secret)]).toEqual([
      'channel_not_found',
      'not_in_channel',
      'channel_not_found',
    ]);

    await client.conversations.archive({ channel: room });

    expect(await post(room)).toBe('is_archived');
    expect(await codeOf(client.conversations.invite({ channel: room, users: ann }))).toBe('is_archived');
  });

  it.each([
    ['incidents', 'name_taken'],
    ['Upper', 'invalid_name_specials'],
    ['with space', 'invalid_name_specials'],
    ['--', 'invalid_name_punctuation'],
    ['x'.repeat(81), 'invalid_name_maxlength'],
    ['', 'invalid_name_required'],
    ['x'.repeat(80), 'ok'],
    ['störung-9_a', 'ok'],
  ])('answers to a channel called %j: %s', async (name, answer) => {
    expect(await codeOf(client.conversations.create({ name }))).toBe(answer);
  });

  it('keeps the name of an archived channel taken', async () => {
    await client.conversations.archive({ channel: room });

    expect(await codeOf(client.conversations.create({ name: 'incidents' }))).toBe('name_taken');
  });

  it('gives history in pages that neither overlap nor leave gaps, whatever is written or deleted between them', async () => {
    const posted: string[] = [];
    for (let i = 0; i < 25; i++) posted.push((await slack.as(ann).say(room, `m${i}`)).ts);

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page: ConversationsHistoryResponse = await client.conversations.history({
        channel: room,
        limit: 7,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...(page.messages ?? []).map((m) => m.ts ?? ''));
      cursor = page.response_metadata?.next_cursor;
      expect(page.has_more).toBe(Boolean(cursor));
      await slack.as(ann).say(room, 'meanwhile');
      if (seen.length === 7) await slack.as(ann).remove(room, seen[6] ?? '');
    } while (cursor);

    expect(seen).toEqual(posted.reverse());
  });

  it('counts the ends of a stretch of history only when told to', async () => {
    const [a, b, c] = [await slack.as(ann).say(room, 'a'), await slack.as(ann).say(room, 'b'), await slack.as(ann).say(room, 'c')];
    const between = async (inclusive: boolean) =>
      (await client.conversations.history({ channel: room, oldest: a.ts, latest: c.ts, inclusive })).messages?.map((m) => m.ts);

    expect(await between(false)).toEqual([b.ts]);
    expect(await between(true)).toEqual([c.ts, b.ts, a.ts]);
  });

  it('lists channels, members and people in pages', async () => {
    for (let i = 0; i < 9; i++) slack.addChannel({ name: `c${i}` });
    const names: string[] = [];
    for await (const page of client.paginate('conversations.list', { limit: 4 }))
      names.push(...(page as unknown as { channels: { name: string }[] }).channels.map((c) => c.name));

    expect(names.sort()).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'incidents']);
    expect((await client.conversations.members({ channel: room })).members).toHaveLength(2);
    expect((await client.users.lookupByEmail({ email: 'ANN@example.com' })).user?.id).toBe(ann);
    expect(await codeOf(client.users.lookupByEmail({ email: 'no@example.com' }))).toBe('users_not_found');
  });

  it('updates and deletes only what the app itself has posted', async () => {
    const hers = await slack.as(ann).say(room, 'mine');
    const ours = await client.chat.postMessage({ channel: room, text: 'before' });

    expect(await codeOf(client.chat.update({ channel: room, ts: hers.ts, text: 'x' }))).toBe('cant_update_message');
    expect(await codeOf(client.chat.delete({ channel: room, ts: hers.ts }))).toBe('cant_delete_message');
    await client.chat.update({ channel: room, ts: ours.ts ?? '', text: 'after' });
    expect(slack.messages(room).at(-1)).toMatchObject({ text: 'after', edited: { user: slack.app.botUserId } });
    await client.chat.delete({ channel: room, ts: ours.ts ?? '' });
    expect(slack.messages(room).map((m) => m.text)).toEqual(['mine']);
  });

  it('pins, bookmarks and reacts once', async () => {
    const { ts } = await slack.as(ann).say(room, 'look');
    await client.pins.add({ channel: room, timestamp: ts });
    await client.bookmarks.add({ channel_id: room, title: 'War room', type: 'link', link: 'https://example.com/247' });
    await client.reactions.add({ channel: room, timestamp: ts, name: 'eyes' });

    expect(await codeOf(client.pins.add({ channel: room, timestamp: ts }))).toBe('already_pinned');
    expect(await codeOf(client.reactions.add({ channel: room, timestamp: ts, name: 'eyes' }))).toBe('already_reacted');
    expect(slack.pins(room).map((m) => m.text)).toEqual(['look']);
    expect(slack.bookmarks(room)).toMatchObject([{ title: 'War room' }]);
    expect(slack.messages(room)[0]?.reactions).toEqual([{ name: 'eyes', users: [slack.app.botUserId], count: 1 }]);
  });

  it('leaves the root of a deleted thread standing as a tombstone', async () => {
    const root = await client.chat.postMessage({ channel: room, text: 'root' });
    await slack.as(ann).say(room, 'reply', { threadTs: root.ts ?? '' });

    await client.chat.delete({ channel: room, ts: root.ts ?? '' });

    expect(slack.messages(room)).toMatchObject([{ subtype: 'tombstone', reply_count: 1 }, { text: 'reply' }]);
  });

  it('holds the app to one post a second in a channel when its limits are switched on', async () => {
    let now = 1_700_000_000_000;
    const strict = await startSlackSimulator({ socketMode: true, rateLimits: true, now: () => now });
    const there = strict.addChannel({ name: 'a', members: [strict.app.botUserId] }).id;
    const elsewhere = strict.addChannel({ name: 'b', members: [strict.app.botUserId] }).id;
    const post = async (channel: string) => {
      const answer = await fetch(`${strict.apiUrl}chat.postMessage`, {
        method: 'POST',
        headers: { authorization: `Bearer ${strict.app.botToken}` },
        body: new URLSearchParams({ channel, text: 't' }),
      });
      return [answer.status, answer.headers.get('retry-after')];
    };
    try {
      for (let i = 0; i < 5; i++) expect(await post(there)).toEqual([200, null]);
      expect(await post(there)).toEqual([429, '5']);
      expect(await post(elsewhere)).toEqual([200, null]);
      now += 5000;
      expect(await post(there)).toEqual([200, null]);
    } finally {
      await strict.close();
    }
  });

  it('counts its minutes as fast as the app waits, when both are told to hurry', async () => {
    let now = 1_700_000_000_000;
    const strict = await startSlackSimulator({ socketMode: true, rateLimits: { pace: 60 }, now: () => now });
    const create = (name: string) => codeOf(quietClient(strict).conversations.create({ name }));
    try {
      for (let i = 0; i < 20; i++) expect(await create(`room-${i}`)).toBe('ok');
      expect(await create('one-too-many')).toBe('slack_webapi_rate_limited_error');
      now += 1_000;
      expect(await create('after-a-minute')).toBe('ok');
    } finally {
      await strict.close();
    }
  });

  it('limits from the moment on that it is told to, and no longer than that', async () => {
    const slack = await startSlackSimulator({ socketMode: true });
    const create = (name: string) => codeOf(quietClient(slack).conversations.create({ name }));
    try {
      for (let i = 0; i < 21; i++) expect(await create(`before-${i}`)).toBe('ok');
      slack.setRateLimits(true);
      for (let i = 0; i < 20; i++) expect(await create(`strict-${i}`)).toBe('ok');
      expect(await create('one-too-many')).toBe('slack_webapi_rate_limited_error');
      slack.setRateLimits(false);
      expect(await create('free-again')).toBe('ok');
    } finally {
      await slack.close();
    }
  });

  it('gives two channels messages of the same ts, and one channel never', async () => {
    const still = await startSlackSimulator({ socketMode: true, now: () => 1_700_000_000_000 });
    const user = still.addUser({ name: 'bo', realName: 'Bo' }).id;
    const [one, two] = ['one', 'two'].map((name) => still.addChannel({ name, members: [user] }).id) as [string, string];
    try {
      const [a, b, c] = [await still.as(user).say(one, 'a'), await still.as(user).say(two, 'b'), await still.as(user).say(one, 'c')];
      expect(a.ts).toBe(b.ts);
      expect(c.ts > a.ts).toBe(true);
    } finally {
      await still.close();
    }
  });
});
