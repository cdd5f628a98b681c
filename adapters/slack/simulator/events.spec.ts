import { createHmac } from 'node:crypto';
import { startSlackSimulator } from './start.ts';
import { ListeningApp } from './test/listening-app.ts';
import { quietClient } from './test/quiet-client.ts';
import { until } from './test/until.ts';
import type { SlackSimulator, SlackSimulatorOptions } from './types.ts';

describe('Telling the app what happens', () => {
  let app: ListeningApp;
  let slack: SlackSimulator;
  let ann: string;
  let room: string;

  const start = async (o: SlackSimulatorOptions = {}): Promise<void> => {
    slack = await startSlackSimulator({ requestUrl: app.url, timing: { retryDelaysMs: [0, 20, 40] }, ...o });
    ann = slack.addUser({ name: 'ann', realName: 'Ann Lee' }).id;
    room = slack.addChannel({ name: 'incidents', members: [ann, slack.app.botUserId] }).id;
  };

  beforeEach(async () => {
    app = await ListeningApp.start();
    await start();
  });
  afterEach(async () => {
    await slack.close();
    await app.close();
  });

  it('signs the raw body, so that the app can check where it comes from', async () => {
    await slack.as(ann).say(room, 'hällo');
    await slack.idle();

    const { headers, body } = app.heard[0]!;
    const stamp = String(headers['x-slack-request-timestamp']);
    expect(Math.abs(Number(stamp) * 1000 - Date.now())).toBeLessThan(5000);
    expect(headers['x-slack-signature']).toBe(
      `v0=${createHmac('sha256', slack.app.signingSecret).update(`v0:${stamp}:${body}`).digest('hex')}`,
    );
  });

  it('wraps an event as documented', async () => {
    await slack.as(ann).say(room, 'hello');
    await slack.idle();

    expect(app.heard[0]?.content).toMatchObject({
      type: 'event_callback',
      team_id: slack.team.id,
      api_app_id: slack.app.id,
      event_id: expect.stringMatching(/^Ev/),
      event_time: expect.any(Number),
      authorizations: [{ team_id: slack.team.id, user_id: slack.app.botUserId, is_bot: true }],
      event: {
        type: 'message',
        user: ann,
        text: 'hello',
        channel: room,
        channel_type: 'channel',
        client_msg_id: expect.any(String),
        blocks: [{ type: 'rich_text' }],
      },
    });
  });

  it('brings the app’s own posts back, with its ids and with the metadata it subscribes to', async () => {
    const metadata = { event_type: 'muster', event_payload: { key: 'k1' } };
    await quietClient(slack).chat.postMessage({ channel: room, text: 'ours', metadata });
    await slack.idle();

    expect(app.events('message')).toMatchObject([{ text: 'ours', bot_id: slack.app.botId, app_id: slack.app.id, metadata }]);
    expect(app.events('message_metadata_posted')).toMatchObject([{ channel_id: room, metadata }]);
  });

  it('keeps metadata out of events when the manifest does not subscribe to it', async () => {
    await slack.close();
    await start({ metadataSubscriptions: ['other'] });
    await quietClient(slack).chat.postMessage({ channel: room, text: 'ours', metadata: { event_type: 'muster', event_payload: {} } });
    await slack.idle();

    expect(app.events('message')[0]).not.toHaveProperty('metadata');
    expect(app.events('message_metadata_posted')).toEqual([]);
  });

  it('tells of edits with the message before, and of deletions with what is gone', async () => {
    const { ts } = await slack.as(ann).say(room, 'first');
    await slack.as(ann).edit(room, ts, 'second');
    await slack.as(ann).remove(room, ts);
    await slack.idle();

    expect(app.events('message').slice(1)).toMatchObject([
      {
        subtype: 'message_changed',
        hidden: true,
        message: { ts, text: 'second', edited: { user: ann } },
        previous_message: { text: 'first' },
      },
      { subtype: 'message_deleted', hidden: true, deleted_ts: ts, previous_message: { text: 'second' } },
    ]);
  });

  it('tells of reactions, pins, comings and goings, and of what becomes of channels', async () => {
    const bo = slack.addUser({ name: 'bo', realName: 'Bo' }).id;
    const { ts } = await slack.as(ann).say(room, 'look');
    await slack.as(ann).react(room, ts, 'eyes');
    await slack.as(ann).react(room, ts, 'eyes', false);
    await slack.as(ann).pin(room, ts);
    await slack.as(bo).join(room);
    await slack.as(bo).leave(room);
    await slack.as(ann).rename(room, 'renamed');
    await slack.as(ann).archive(room);
    await slack.as(ann).archive(room, false);
    await slack.as(ann).createChannel('fresh');
    await slack.as(ann).openHome();
    await slack.idle();

    const heard = app.heard.map((h) => h.content['event']);
    expect(heard.map((e) => e.subtype ?? e.type)).toEqual([
      'message',
      'reaction_added',
      'reaction_removed',
      'pin_added',
      'channel_join',
      'member_joined_channel',
      'channel_leave',
      'member_left_channel',
      'channel_name',
      'channel_rename',
      'channel_archive',
      'channel_archive',
      'channel_unarchive',
      'channel_created',
      'app_home_opened',
    ]);
    expect(heard[1]).toMatchObject({ user: ann, reaction: 'eyes', item: { type: 'message', channel: room, ts }, item_user: ann });
    expect(heard[9]).toMatchObject({ channel: { id: room, name: 'renamed' } });
  });

  it('says nothing of rooms the app is not in, nor of events it has not subscribed to', async () => {
    const elsewhere = slack.addChannel({ name: 'elsewhere', members: [ann] }).id;
    await slack.as(ann).say(elsewhere, 'private talk');
    await slack.idle();
    expect(app.heard).toEqual([]);

    await slack.close();
    await start({ events: ['reaction_added'] });
    const { ts } = await slack.as(ann).say(room, 'hello');
    await slack.as(ann).react(room, ts, 'eyes');
    await slack.idle();
    expect(app.heard.map((h) => h.content['event'].type)).toEqual(['reaction_added']);
  });

  it('tries again at once and later when the app fails, with the same event id and the reason', async () => {
    app.reply = (_, nth) => ({ status: nth < 3 ? 500 : 200 });
    await slack.as(ann).say(room, 'hello');
    await slack.idle();

    expect(app.heard.map((h) => [h.headers['x-slack-retry-num'], h.headers['x-slack-retry-reason']])).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
    ]);
    expect(new Set(app.heard.map((h) => h.content['event_id'])).size).toBe(1);
    expect(slack.deliveries().map((d) => [d.attempt, d.status])).toEqual([
      [1, 500],
      [2, 500],
      [3, 200],
    ]);
  });

  it('gives up after three retries', async () => {
    app.reply = () => ({ status: 503 });
    await slack.as(ann).say(room, 'hello');
    await slack.idle();

    expect(app.heard).toHaveLength(4);
  });

  it('stops when the app asks for no more', async () => {
    app.reply = () => ({ status: 500, headers: { 'x-slack-no-retry': '1' } });
    await slack.as(ann).say(room, 'hello');
    await slack.idle();

    expect(app.heard).toHaveLength(1);
  });

  it('does not wait longer than its time for an answer', async () => {
    await slack.close();
    await start({ timing: { retryDelaysMs: [0, 20, 40], ackMs: 500 } });
    app.reply = (_, nth) => ({ silent: nth === 1 });
    await slack.as(ann).say(room, 'hello');
    await slack.idle();

    expect(app.heard[1]?.headers['x-slack-retry-reason']).toBe('http_timeout');
    expect(slack.deliveries()[0]).toMatchObject({ error: 'http_timeout' });
  });

  it.each(['signature', 'no-signature', 'stale', 'future', 'body'] as const)(
    'can send an event that is not genuine: %s',
    async (tamper) => {
      await slack.sendEvent({ type: 'message', channel: room, user: ann, text: 'x', ts: '1700000000.000100' }, { tamper });

      const { headers, body } = app.heard[0]!;
      const stamp = String(headers['x-slack-request-timestamp']);
      const genuine =
        headers['x-slack-signature'] === `v0=${createHmac('sha256', slack.app.signingSecret).update(`v0:${stamp}:${body}`).digest('hex')}`;
      const age = Date.now() / 1000 - Number(stamp);
      expect(genuine).toBe(tamper === 'stale' || tamper === 'future');
      expect([age > 300, age < -300]).toEqual([tamper === 'stale', tamper === 'future']);
    },
  );

  it('sends the very same event as often as it is told', async () => {
    const logs = await slack.sendEvent({ type: 'message', channel: room, text: 'x' }, { times: 5, eventId: 'Ev0SAME' });

    expect(logs.map((l) => [l.eventId, l.status])).toEqual(Array.from({ length: 5 }, () => ['Ev0SAME', 200]));
    expect(new Set(app.heard.map((h) => h.body)).size).toBe(1);
  });

  it('checks a request URL with a challenge', async () => {
    await expect(slack.setRequestUrl(app.url, { verify: true })).rejects.toThrow("did not answer Slack's challenge");

    app.reply = ({ content }) => ({ body: content['challenge'] });
    await expect(slack.setRequestUrl(app.url, { verify: true })).resolves.toBeUndefined();
  });

  it('leaves nothing running when it closes in the midst of retries', async () => {
    app.reply = () => ({ status: 500 });
    await slack.close();
    await start({ timing: { retryDelaysMs: [60_000] } });
    await slack.as(ann).say(room, 'hello');
    await until(() => slack.deliveries().length === 1);

    await slack.close();
    await slack.close();

    await expect(slack.idle()).resolves.toBeUndefined();
  });
});
