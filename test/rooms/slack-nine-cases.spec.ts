import { asRead } from '#adapters/slack/test/as-read';
import type { SlackSimulator } from '#adapters/slack/simulator/types';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import type { Participant } from '#libs/war-room-protocol/views';
import { useApp } from '#test/support/app';
import { joinSlack, shown, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

/**
 * What went wrong when the best framework for chats and bare Bolt were tried, through the whole of ours: the room on one side,
 * Slack on the other. Where an adapter alone decides, the contract's suite has it too: docs/testing.md says where.
 */
describe.each(['http', 'socket'] as const)('The nine cases, in Slack over %s', (mode) => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [slackPlatform] });
  let slack: SlackSimulator;
  let ana: string;

  beforeAll(async () => {
    slack = await joinSlack(app, mode);
    ana = slack.addUser({ name: 'ana.r', realName: 'Ana Ruiz' }).id;
  });
  afterEach(() => slack.clearFaults());
  afterAll(() => slack.close());

  it('1: hears two messages that have the same number in two channels', async () => {
    const [one, other] = [await mirrored(), await mirrored()];
    const ts = `${Math.floor(Date.now() / 1000) + 60}.000100`;

    await slack.as(ana).say(one.channel, 'in the one', { ts });
    await slack.as(ana).say(other.channel, 'in the other', { ts });

    await until('both', async () => (await app.texts(one.number)).length + (await app.texts(other.number)).length === 2);
    expect([await app.texts(one.number), await app.texts(other.number)]).toEqual([['in the one'], ['in the other']]);
  });

  it('2: hears three quick messages in a thread, all of them, in their order, as answers to its first', async () => {
    const { number, channel } = await mirrored();
    const root = await slack.as(ana).say(channel, 'What do we know?');
    await until('the first', async () => (await app.texts(number)).length === 1);

    await sayQuickly(channel, ['one', 'two', 'three'], root.ts);

    await until('all four', async () => (await app.texts(number)).length === 4);
    const [first, ...answers] = await seen(number);
    expect(answers.map(({ data }) => [data.text, data.replyTo])).toEqual(
      ['one', 'two', 'three'].map((text) => [text, first?.data.messageId]),
    );
  });

  it('3: keeps the order of a message with a link and the plain one after it', async () => {
    const { number, channel } = await mirrored();
    const words = ['see https://status.example.test/now', 'and hurry', 'also https://example.test/a?b=c&d=e', 'please'];

    await sayQuickly(channel, words);

    await until('all', async () => (await app.texts(number)).length === words.length);
    const starts = (await seen(number)).map(({ data }) => data.text.split(' ')[0]);
    expect(starts).toEqual(['see', 'and', 'also', 'please']);
  });

  it('4: says a message once when the connection is cut after Slack took it, and knows that it is there', async () => {
    const { number, channel } = await mirrored();
    slack.setFault({ kind: 'reset', when: 'after', on: 'chat.postMessage', channel, times: 1 });

    await app.says(number, 'said once');
    await app.says(number, 'and then this');

    await until('both', async () => said(channel).length === 2 && (await mirrorOf(number)).waiting.length === 0);
    expect(said(channel)).toEqual(['said once', 'and then this']);
    expect(await mirrorOf(number)).toMatchObject({ waiting: [], doubtful: [] });
  });

  it('5: lets no other channel wait for one that Slack limits', async () => {
    const [slow, quick] = [await mirrored(), await mirrored()];
    slack.setFault({ kind: 'rate-limited', on: 'chat.postMessage', channel: slow.channel, retryAfter: 1 });

    await app.says(slow.number, 'waits');
    await app.says(quick.number, 'goes');

    await until('the other channel', () => said(quick.channel).includes('goes'));
    expect(said(slow.channel)).toEqual([]);
    slack.clearFaults();
    await until('its turn', () => said(slow.channel).includes('waits'));
  });

  it.each([
    ['and kept', true],
    ['and did nothing with', false],
  ])('6: waits not for ever for an answer to what Slack accepted %s, and says it once', async (_, applied) => {
    const { number, channel } = await mirrored();
    slack.setFault({ kind: 'silence', on: 'chat.postMessage', channel, times: 1, applied });

    await app.says(number, 'never answered');
    await app.says(number, 'after it');

    await until('both', async () => said(channel).length === 2 && (await mirrorOf(number)).waiting.length === 0);
    expect(said(channel)).toEqual(['never answered', 'after it']);
  });

  it('7: shows <!channel> as the words that they are, wherever somebody wrote them, and calls nobody by it', async () => {
    const words = 'Deploy <!channel> <@U1> @here & <https://evil.test|click>';
    const { number, channel } = await mirrored(words);
    await app.says(number, words);
    await app.does(number, 'severity', { to: 'SEV1', reason: words });
    await until('the line', () => said(channel).some((text) => text.includes('from SEV3 to SEV1')));

    const read = shown(slack, channel).map(asRead);
    expect(read.flatMap(({ pinged }) => pinged)).toEqual([]);
    expect(read.filter(({ text }) => text.includes('Deploy <!channel> <@U1> @here'))).toHaveLength(3);
  });

  it('8: hears who joins and leaves, another name, and that a channel is archived and back', async () => {
    const { number, channel } = await mirrored();
    const bo = slack.addUser({ name: 'bo.l', realName: 'Bo Lindqvist' }).id;

    await slack.as(bo).join(channel);
    await until('Bo watches', async () => (await watching(number)).includes('Bo Lindqvist'));
    await slack.as(bo).leave(channel);
    await until('Bo is gone', async () => !(await watching(number)).includes('Bo Lindqvist'));

    await slack.as(ana).rename(channel, `renamed-${number.toLowerCase()}`);
    await until('the name', async () => (await mirrorOf(number)).name === `renamed-${number.toLowerCase()}`);

    await slack.as(ana).archive(channel);
    await until('the news', async () => (await mirrorOf(number)).state === 'archived');
    await app.says(number, 'while it was archived');
    await until('it waits', async () => (await mirrorOf(number)).waiting.length === 1);
    await slack.as(ana).archive(channel, false);
    await slack.as(ana).invite(channel, slack.app.botUserId);
    await until('it is said', () => said(channel).includes('while it was archived'));
    expect(
      (await app.events(number)).map(({ type }) => type).filter((type) => /^mirror\.(requested|renamed|(un)?archived)$/.test(type)),
    ).toEqual(['mirror.requested', 'mirror.renamed', 'mirror.archived', 'mirror.unarchived']);
  });

  it('9: hears an event once that Slack tells three times', async () => {
    const { number, channel } = await mirrored();
    slack.setFault({ kind: 'events-repeated', copies: 3 });

    await slack.as(ana).say(channel, 'told three times');
    await slack.as(ana).say(channel, 'so was this');

    await slack.idle();
    await until('both', async () => (await app.texts(number)).length >= 2);
    // Which of the two was the first is for their own times to say: copies over several sockets overtake each other.
    expect((await seen(number)).map(({ data }) => data.text).sort()).toEqual(['so was this', 'told three times']);
  });

  if (mode === 'http') {
    it.each(['future', 'stale', 'signature'] as const)('9: takes nothing whose stamp or signature is wrong: %s', async (tamper) => {
      const { number, channel } = await mirrored();
      const forged = { type: 'message', channel, channel_type: 'channel', user: ana, text: 'forged', ts: '1772445600.000100' };

      const [told] = await slack.sendEvent({ ...forged, event_ts: forged.ts }, { tamper });
      await slack.as(ana).say(channel, 'genuine');

      expect(told?.status).toBe(401);
      await until('the genuine one', async () => (await app.texts(number)).length > 0);
      expect(await app.texts(number)).toEqual(['genuine']);
    });
  }

  /** An incident whose channel is there, with its card, and with Ana in it. */
  async function mirrored(title = 'Checkout is failing'): Promise<{ number: string; channel: string }> {
    const { number } = await app.anIncident({ title });
    const found = await until('the channel', () => slack.channels().find(({ name }) => name.startsWith(`${number.toLowerCase()}-`)));
    await until('the card', () => shown(slack, found.id).length > 0);
    await slack.as(ana).join(found.id);
    return { number, channel: found.id };
  }

  /** As fast as a hand can send them, and each on its way before the one before it has arrived. */
  async function sayQuickly(channel: string, texts: readonly string[], threadTs?: string): Promise<void> {
    const begun = Date.now() + 1_000;
    const tsOf = (n: number): string => `${((begun + n * 100) / 1_000).toFixed(3)}100`;
    const thread = threadTs === undefined ? {} : { threadTs };
    await Promise.all(texts.map((text, n) => slack.as(ana).say(channel, text, { ts: tsOf(n), ...thread })));
  }

  /** What we said there, without the card and without what people said. */
  function said(channel: string): string[] {
    const ours = shown(slack, channel).filter(
      (message) => message.bot_id !== undefined && !JSON.stringify(message.blocks).includes('Severity'),
    );
    return ours.map((message) => asRead(message).text);
  }

  /** What people said, as the room shows it: of two sockets the second may be the quicker. */
  async function seen(number: string): Promise<RoomEventOf<'message.posted'>[]> {
    const posted = (await app.events(number, 'message.posted')) as RoomEventOf<'message.posted'>[];
    return posted.sort((a, b) => (a.displayAt < b.displayAt ? -1 : a.displayAt > b.displayAt ? 1 : a.seq - b.seq));
  }

  async function mirrorOf(number: string): Promise<MirrorView> {
    return (await snapshot<{ mirrors: [MirrorView] }>(number)).mirrors[0];
  }

  async function watching(number: string): Promise<string[]> {
    return (await snapshot<{ people: Participant[] }>(number)).people.flatMap(({ name, observer }) => (observer ? [name] : []));
  }

  async function snapshot<T>(number: string): Promise<T> {
    return (await app.api('GET', `/api/v1/incidents/${number}/snapshot`)).body as T;
  }
});
