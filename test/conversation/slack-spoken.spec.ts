import { asRead } from '#adapters/slack/test/as-read';
import type { SlackMessage, SlackSimulator } from '#adapters/slack/simulator/types';
import { useApp } from '#test/support/app';
import { joinSlack, shown, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

describe('Speaking to Muster in Slack by its name', () => {
  const app = useApp({ platforms: [slackPlatform] });
  let slack: SlackSimulator;
  let ana: string;
  let us: string;
  let general: string;
  let channel: string;

  beforeAll(async () => {
    slack = await joinSlack(app, 'http');
    ana = slack.addUser({ name: 'ana', realName: 'Ana Ruiz' }).id;
    us = `@${slack.users().find(({ id }) => id === slack.app.botUserId)?.name ?? ''}`;
    general = slack.addChannel({ name: 'general', members: [ana, slack.app.botUserId] }).id;
    await app.anIncident({ title: 'Checkout is failing' });
    channel = (await until('the channel', () => slack.channels().find(({ name }) => name.startsWith('inc-1')))).id;
    await until('Muster knows of it', async () => (await app.events('INC-1', 'mirror.opened')).length === 1);
    await slack.as(ana).join(channel);
  });
  afterEach(() => slack.clearFaults());
  afterAll(() => slack.close());

  it('does in an incident’s channel what is said, in the words of the command, and says how it was done', async () => {
    await slack.as(ana).say(channel, `${us} severity sev1 all customers`);

    await until('the change', async () => (await app.events('INC-1', 'incident.severity-changed')).length === 1);
    expect(await app.events('INC-1', 'incident.severity-changed')).toMatchObject([
      { by: { name: 'Ana Ruiz' }, via: { name: 'Slack', how: '@Muster severity' }, data: { to: 'SEV1', reason: 'all customers' } },
    ]);
    await until('the answer', () => told(channel).includes('The severity is SEV1.'));
  });

  it('offers the three most likely things when nothing is said but its name', async () => {
    await slack.as(ana).say(channel, us);

    await until('the answer', () => told(channel).includes('Most likely needed now'));
    expect(shown(slack, channel).some((one) => read(one).includes('Most likely needed now'))).toBe(false);
  });

  it('declares elsewhere by the button that it offers, never by a mere word', async () => {
    await slack.as(ana).say(general, `${us} hello`);
    const offer = await until('the offer', () => slack.as(ana).ephemerals(general).at(-1));
    expect(read(offer)).toContain('Declare a new incident "hello"?');
    expect((await app.api('GET', '/api/v1/incidents/INC-2')).status).toBe(404);

    const before = slack.as(ana).ephemerals(general).length;
    await slack.as(ana).say(general, us);
    await until('what goes on', () => slack.as(ana).ephemerals(general).length > before);
    const list = slack.as(ana).ephemerals(general).at(-1);
    expect(read(list)).toContain('INC-1 Checkout is failing');
    expect(JSON.stringify(list)).toContain('Declare an incident');
  });

  it('asks by a button for the form that a message cannot open', async () => {
    await slack.as(ana).say(channel, `${us} resolve`);

    await until('the button', () => told(channel).includes('Fill it in by the button'));
  });

  it('does nothing where it is only spoken about', async () => {
    const before = slack.as(ana).ephemerals().length;
    await slack.as(ana).say(channel, `ask ${us} severity sev3`);
    await slack.as(ana).say(channel, 'and this comes after it');

    await until('heard', async () => (await app.texts('INC-1')).includes('and this comes after it'));
    await answered();
    expect(slack.as(ana).ephemerals()).toHaveLength(before);
  });

  it('never answers another app, nor itself', async () => {
    const asked = await questions();
    const ts = `${Math.floor(Date.now() / 1_000)}.000900`;
    const event = {
      type: 'message',
      subtype: 'bot_message',
      bot_id: 'B0OTHER',
      app_id: 'A0OTHER',
      channel,
      channel_type: 'channel',
      text: `<@${slack.app.botUserId}> severity sev3`,
      ts,
      event_ts: ts,
    };
    await slack.sendEvent(event);
    await slack.as(ana).say(channel, 'after the other app');

    await until('heard', async () => (await app.texts('INC-1')).includes('after the other app'));
    expect(await questions()).toBe(asked);
  });

  it('is told once what to do, however often Slack tells it', async () => {
    slack.setFault({ kind: 'events-repeated', copies: 3 });
    const before = (await app.events('INC-1', 'incident.status-changed')).length;

    await slack.as(ana).say(channel, `${us} status identified`);

    await slack.idle();
    await until('the change', async () => (await app.events('INC-1', 'incident.status-changed')).length > before);
    await answered();
    expect(await app.events('INC-1', 'incident.status-changed')).toHaveLength(before + 1);
  });

  it('refuses to lead, in words', async () => {
    await slack.as(ana).command('/incident', `lead ${us}`, channel);

    await until('the answer', () => told(channel).includes('is an app, and no person'));
    expect(await app.events('INC-1', 'incident.lead-changed')).toEqual([]);
    expect(
      await app.database.query(`select 1 from account where native_user = $1 and person_id in (select lead_id from incident)`, [
        slack.app.botUserId,
      ]),
    ).toEqual([]);
  });

  it('lists what goes on to whoever writes to it alone, and answers there in the open', async () => {
    const direct = await directWith(ana);

    await slack.as(ana).say(direct, 'what-goes-on');

    await until('the list', () => slack.messages(direct).some((one) => read(one).includes('INC-1 Checkout is failing')));
    await slack.as(ana).say(direct, 'Mail is down');
    await until('the offer', () => slack.messages(direct).some((one) => read(one).includes('Declare a new incident "Mail is down"?')));
  });

  const directWith = async (user: string): Promise<string> => {
    const headers = { authorization: `Bearer ${slack.app.botToken}` };
    const body = new URLSearchParams({ channel: user, text: 'Welcome' });
    const said = await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', headers, body });
    return ((await said.json()) as { channel: string }).channel;
  };
  const told = (where: string): string => slack.as(ana).ephemerals(where).map(read).join('\n');
  const read = (message: SlackMessage | undefined): string => (message ? asRead(message).text : '');
  const questions = async (): Promise<number> =>
    (await app.database.query(`select 1 from inbox where kind = 'interaction' and envelope_id like '%:to-me'`)).length;
  const answered = (): Promise<unknown> =>
    until(
      'every question is answered',
      async () => (await app.database.query(`select 1 from inbox where kind = 'interaction' and status = 'waiting'`)).length === 0,
    );
});
