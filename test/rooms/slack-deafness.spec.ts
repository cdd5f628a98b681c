import { sign } from '#adapters/slack/simulator/signing';
import type { SlackSimulator } from '#adapters/slack/simulator/types';
import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import { useApp } from '#test/support/app';
import { joinSlack, shown, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';
import { sweepOnlyWhenAsked } from './sweeps-when-asked.ts';

describe('Where Slack does not let Muster hear', () => {
  const app = useApp({ roles: ['web', 'ingest', 'worker', 'clock'], platforms: [slackPlatform] });
  let slack: SlackSimulator;
  let ana: string;
  let muster: string;

  beforeAll(async () => {
    slack = await joinSlack(app, 'http');
    await sweepOnlyWhenAsked(app);
    ana = slack.addUser({ name: 'ana', realName: 'Ana Ruiz' }).id;
    muster = slack.app.botUserId;
  });
  afterEach(() => slack.clearFaults());
  afterAll(() => slack.close());

  it('says who took it out of a channel, keeps what is to be said, and makes up for both when it is invited again', async () => {
    const { number, channel } = await mirrored();

    await slack.as(ana).kick(channel, muster);
    await until('it is known', async () => (await mirrorOf(number)).state === 'shut-out');
    await slack.as(ana).say(channel, 'while nobody listened');
    await app.says(number, 'while nobody could hear');
    await until('it waits', async () => (await mirrorOf(number)).waiting.length === 1);
    expect(await app.events(number, 'mirror.shut-out')).toMatchObject([{ by: { name: 'Ana Ruiz' } }]);

    await slack.as(ana).invite(channel, muster);

    await until(
      'both',
      async () => said(channel).includes('while nobody could hear') && (await app.texts(number)).includes('while nobody listened'),
    );
    await until('it is over', async () => (await mirrorOf(number)).state === 'open');
    expect(await app.events(number, 'mirror.let-in')).toHaveLength(1);
    expect(await app.events(number, 'gap.closed')).toMatchObject([{ data: { inbound: 1, outbound: 1 } }]);
  });

  it('notices where Slack’s word of it was lost, although it may still post there, and loses nothing', async () => {
    const { number, channel } = await mirrored();
    await slack.as(ana).say(channel, 'heard');
    await until('heard', async () => (await app.texts(number)).includes('heard'));
    slack.setFault({ kind: 'events-silent' });
    await slack.as(ana).kick(channel, muster);
    await slack.as(ana).say(channel, 'not heard');

    await app.says(number, 'one');
    await app.says(number, 'two');
    await until('both are there', () => said(channel).includes('two'));
    expect((await mirrorOf(number)).state).not.toBe('shut-out');
    await until('it is known', async () => {
      await app.database.query('update unswept set due_at = clock_timestamp() where due_at > clock_timestamp()');
      return (await mirrorOf(number)).state === 'shut-out';
    });
    slack.clearFaults();
    await slack.as(ana).invite(channel, muster);

    await until('all', async () => said(channel).includes('two') && (await app.texts(number)).includes('not heard'));
    expect(said(channel).filter((text) => ['one', 'two'].includes(text))).toEqual(['one', 'two']);
    expect(await app.events(number, 'mirror.shut-out')).toHaveLength(1);
  });

  it('reads from the history what Slack says that it kept back, and says at /adapters that it does', async () => {
    const { number, channel } = await mirrored();
    slack.setFault({ kind: 'events-silent' });
    await slack.as(ana).say(channel, 'one too many');
    slack.clearFaults();
    const minute = Math.floor(Date.now() / 60_000) * 60 - 60;

    await tellsLimited(minute);

    await until('it is read', async () => (await app.texts(number)).includes('one too many'));
    await until('it is said', async () =>
      JSON.stringify((await app.api('GET', '/api/v1/chats')).body).includes('does not tell Muster everything'),
    );
  });

  it('learns from the history who reacted and what was pinned while Slack kept it back', async () => {
    const { number, channel } = await mirrored();
    const { ts } = await slack.as(ana).say(channel, 'evidence');
    const id = await until('it is heard', async () => (await app.events(number, 'message.posted'))[0]?.id);
    slack.setFault({ kind: 'events-silent' });
    await slack.as(ana).react(channel, ts, 'eyes');
    await slack.as(ana).pin(channel, ts);
    slack.clearFaults();

    // Not the minute of another case: Slack says it once of each.
    await tellsLimited(Math.floor(Date.now() / 60_000) * 60 - 180);

    await until(
      'both',
      async () => (await app.events(number, 'message.pinned')).length + (await app.events(number, 'message.reacted')).length > 1,
    );
    const by = { name: 'Ana Ruiz' };
    expect(await app.events(number, 'message.reacted')).toMatchObject([{ by, data: { messageId: id, emoji: 'eyes', on: true } }]);
    expect(await app.events(number, 'message.pinned')).toMatchObject([{ by, data: { messageId: id, on: true } }]);
  });

  it('goes on in the same channel when Slack gives that another id', async () => {
    const { number, channel } = await mirrored();
    const { id } = slack.addChannel({ name: `moved-${number.toLowerCase()}`, members: [ana, muster] });

    await slack.sendEvent({ type: 'channel_id_changed', old_channel_id: channel, new_channel_id: id, event_ts: `${Date.now() / 1000}` });
    await slack.idle();
    await until('it is known', async () => (await app.database.query('select 1 from mirror where room = $1', [id])).length === 1);
    await app.says(number, 'there');
    await slack.as(ana).say(id, 'and back');

    await until('both', async () => said(id).includes('there') && (await app.texts(number)).includes('and back'));
  });

  it('takes a private incident elsewhere when its channel was made public', async () => {
    const { number, channel } = await mirrored(true);

    await slack.sendEvent({
      type: 'message',
      subtype: 'channel_convert_to_public',
      channel,
      user: ana,
      text: 'made this channel *public*.',
      ts: `${Math.floor(Date.now() / 1000)}.000900`,
      channel_type: 'channel',
    });

    await until('another channel', async () => (await app.events(number, 'mirror.opened')).length === 2);
    await app.says(number, 'a secret');
    await until('it is said', () => slack.channels().some(({ id }) => said(id).includes('a secret')));
    expect(said(channel)).not.toContain('a secret');
    expect(await app.events(number, 'mirror.audience-changed')).toMatchObject([{ by: { name: 'Ana Ruiz' }, data: { audience: 'public' } }]);
  });

  it('says that another organisation reads along', async () => {
    const { number, channel } = await mirrored();

    await slack.sendEvent({ type: 'channel_shared', channel, connected_team_id: 'T0OTHER', event_ts: `${Date.now() / 1000}` });

    const [told] = await until('it is told', async () => {
      const events = await app.events(number, 'mirror.audience-changed');
      return events.length > 0 ? events : null;
    });
    expect(told).toMatchObject({ data: { audience: 'shared' } });
  });

  it('says at /adapters at once that it was uninstalled', async () => {
    slack.setFault({ kind: 'token-revoked' });
    await slack.sendEvent({ type: 'app_uninstalled' });

    await until('unauthorised', async () => JSON.stringify((await app.api('GET', '/api/v1/chats')).body).includes('"unauthorized"'));
  });

  async function tellsLimited(minute: number): Promise<void> {
    const body = JSON.stringify({
      type: 'app_rate_limited',
      team_id: slack.team.id,
      minute_rate_limited: minute,
      api_app_id: slack.app.id,
    });
    const stamp = String(Math.floor(Date.now() / 1000));
    const headers = {
      'content-type': 'application/json',
      'x-slack-request-timestamp': stamp,
      'x-slack-signature': sign(slack.app.signingSecret, stamp, body),
    };
    expect((await fetch(`${app.url}/hooks/slack`, { method: 'POST', headers, body })).status).toBe(200);
  }

  async function mirrored(isPrivate = false) {
    const { number } = await app.anIncident({ private: isPrivate });
    const { permalink } = await until('the mirror', async () => {
      const mirror = await mirrorOf(number);
      return mirror?.permalink ? mirror : null;
    });
    const channel = permalink!.split('/').at(-1)!;
    await slack
      .as(ana)
      .join(channel)
      .catch(() => undefined);
    await until('the card', () => slack.pins(channel).length === 1);
    return { number, channel };
  }

  async function mirrorOf(number: string): Promise<MirrorView> {
    const { mirrors } = (await app.api('GET', `/api/v1/incidents/${number}/snapshot`)).body as { mirrors: MirrorView[] };
    return mirrors[0]!;
  }

  const said = (channel: string): string[] => shown(slack, channel).map(({ text }) => text);
});
