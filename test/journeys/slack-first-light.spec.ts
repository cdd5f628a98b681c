import type { SlackSimulator } from '#adapters/slack/simulator/types';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import type { HeardView } from '#libs/war-room-protocol/heard';
import { useApp } from '#test/support/app';
import { joinSlack, shown, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

describe.each(['http', 'socket'] as const)('An incident from Slack over %s', (mode) => {
  const app = useApp({ platforms: [slackPlatform] });
  let slack: SlackSimulator;
  let ana: string;
  let general: string;

  beforeAll(async () => {
    slack = await joinSlack(app, mode);
    ana = slack.addUser({ name: 'ana.r', realName: 'Ana Ruiz' }).id;
    general = slack.addChannel({ name: 'general', members: [ana, slack.app.botUserId] }).id;
  });
  afterAll(() => slack.close());

  it('is declared by one line, and gets a number, a log, a room and a channel', async () => {
    const said = await slack.as(ana).command('/incident', 'Checkout is failing', general);

    expect(said.acknowledged).toBe(true);
    expect(said.ephemerals[0]?.text).toContain('INC-1');
    const channel = await channelOf('inc-1-checkout-is-failing');
    await until('the invitation', () => slack.members(channel).includes(ana));
    expect((await app.events('INC-1'))[0]).toMatchObject({
      type: 'incident.declared',
      seq: 1,
      by: { name: 'Ana Ruiz' },
      via: { name: 'Slack' },
    });
    await until('the card', () => shown(slack, channel)[0]?.blocks?.some((block) => JSON.stringify(block).includes('INC-1')));
  });

  it('is declared by a form in which only the title is required', async () => {
    await slack.as(ana).command('/incident', '', general);
    const view = await until('the form', () => slack.as(ana).views()[0]);

    const empty = await slack.as(ana).submit(view.id, {});
    expect(Object.values(empty.errors ?? {}).join()).not.toBe('');
    const sent = await slack.as(ana).submit(view.id, { title: 'Search is slow' });

    expect(sent.acknowledged).toBe(true);
    await until('the incident', async () => (await app.api('GET', '/api/v1/incidents/INC-2')).status === 200);
    expect((await app.api('GET', '/api/v1/incidents/INC-2')).body).toMatchObject({ title: 'Search is slow', severity: 'SEV3' });
  });

  it('carries what people say both ways, once, with who said it and where', async () => {
    const channel = await channelOf('inc-1-checkout-is-failing');

    await slack.as(ana).say(channel, 'Errors since *03:05* & rising <now>');
    await until('the first', async () => (await app.texts('INC-1')).length === 1);
    await app.says('INC-1', 'I see it **too** <b>');

    await until(
      'both',
      async () => (await app.texts('INC-1')).length === 2 && shown(slack, channel).some(({ text }) => text.includes('I see it')),
    );
    const [fromSlack, fromHere] = (await app.events('INC-1', 'message.posted')) as RoomEventOf<'message.posted'>[];
    expect(fromSlack).toMatchObject({ by: { name: 'Ana Ruiz' }, via: { name: 'Slack' } });
    expect(fromSlack?.data.html).toContain('&lt;now&gt;');
    expect(fromHere).toMatchObject({ by: { name: 'Admin' }, via: { name: 'API' } });
    const copies = shown(slack, channel).filter(({ text }) => text.includes('I see it'));
    expect(copies).toHaveLength(1);
    expect(copies[0]?.username).toContain('Admin');
    // It is in Slack before Muster has heard so.
    const [heard] = await until('Muster knows where', async () => {
      const { body } = await app.api('GET', `/api/v1/incidents/INC-1/messages/${fromHere?.data.messageId}/heard`);
      const { chats } = body as HeardView;
      return chats[0]?.permalink && chats;
    });
    const address = `/archives/${channel}/p${copies[0]?.ts.replace('.', '')}`;
    expect(heard).toMatchObject({ state: 'there', permalink: expect.stringContaining(address) as string });
  });

  it('calls people by their names when they are mentioned', async () => {
    const channel = await channelOf('inc-1-checkout-is-failing');
    slack.addUser({ name: 'bo.l', realName: 'Bo Lindqvist' });

    await slack.as(ana).say(channel, `@bo.l can you look?`);

    await until('the name', async () => (await app.texts('INC-1')).includes('@Bo Lindqvist can you look?'));
  });

  it('shows in Slack what is changed in the war room, on the card and as a line', async () => {
    const channel = await channelOf('inc-1-checkout-is-failing');

    await app.does('INC-1', 'severity', { to: 'SEV1', reason: 'all customers' });

    await until('the line', () => shown(slack, channel).some(({ text }) => text.includes('from SEV3 to SEV1')));
    await until('the card', () => shown(slack, channel).some(({ blocks }) => JSON.stringify(blocks ?? '').includes('SEV1 Critical')));
  });

  it('lets the card’s button take the lead', async () => {
    const channel = await channelOf('inc-1-checkout-is-failing');
    const card = await until('the button', () =>
      shown(slack, channel).find(({ blocks }) => JSON.stringify(blocks ?? '').includes('Take the lead')),
    );
    const button = card.blocks
      ?.flatMap((block) => (block['elements'] ?? []) as { action_id?: string; url?: string }[])
      .find(({ action_id, url }) => action_id && !url);

    const pressed = await slack.as(ana).press(channel, card.ts, button?.action_id ?? '');

    expect(pressed.acknowledged).toBe(true);
    await until(
      'the lead',
      async () => ((await app.api('GET', '/api/v1/incidents/INC-1')).body as { lead: { name: string } | null }).lead?.name === 'Ana Ruiz',
    );
  });

  it('follows edits and deletions, and keeps every version', async () => {
    const channel = await channelOf('inc-1-checkout-is-failing');
    const message = await slack.as(ana).say(channel, 'Rolback at 40 %');
    await until('the message', async () => (await app.texts('INC-1')).includes('Rolback at 40 %'));

    await slack.as(ana).edit(channel, message.ts, 'Rollback at 40 %');
    await until('the edit', async () => (await app.events('INC-1', 'message.edited')).length === 1);
    await slack.as(ana).remove(channel, message.ts);
    await until('the deletion', async () => (await app.events('INC-1', 'message.deleted')).length === 1);

    expect(await app.texts('INC-1')).toContain('Rolback at 40 %');
    expect((await app.events('INC-1', 'message.edited'))[0]).toMatchObject({ data: { text: 'Rollback at 40 %' } });
  });

  it('asks for one sentence when it is resolved, and keeps and posts it', async () => {
    const channel = await channelOf('inc-1-checkout-is-failing');

    await slack.as(ana).command('/incident', 'resolve We alert on pool saturation now', channel);

    await until(
      'the end',
      async () =>
        ((await app.api('GET', '/api/v1/incidents/INC-1')).body as { learned: string | null }).learned ===
        'We alert on pool saturation now',
    );
    await until('the line', () => shown(slack, channel).some(({ text }) => text.includes('We alert on pool saturation now')));
  });

  async function channelOf(name: string): Promise<string> {
    return (await until(`the channel ${name}`, () => slack.channelByName(name))).id;
  }
});
