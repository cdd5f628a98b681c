import { INJECTIONS } from '#libs/adapter-testkit/src/injections';
import { asRead } from '#adapters/slack/test/as-read';
import type { JsonObject, OpenView, SlackMessage, SlackSimulator } from '#adapters/slack/simulator/types';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { joinSlack, shown, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

/** What Slack, a browser or a mail program would make something of, as few texts: a channel costs more than a line. */
const CORPUS = packed(
  [...INJECTIONS, '<!channel|*click*>', '<https://evil.test|https://muster.test>', '"><svg onload=alert(1)>'].filter(
    (text) => text === text.trim() && !/[\r\n\t]/.test(text) && text.length < 150,
  ),
  150,
);

/** As whoever is in a channel, or in front of the war room, meets them. */
describe('What people write, from end to end', () => {
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [slackPlatform] });
  let slack: SlackSimulator;
  let ana: string;
  let general: string;

  beforeAll(async () => {
    slack = await joinSlack(app, 'http');
    ana = slack.addUser({ name: 'ana.r', realName: 'Ana Ruiz' }).id;
    general = slack.addChannel({ name: 'general', members: [ana, slack.app.botUserId] }).id;
  });
  afterAll(() => slack.close());

  it.each(CORPUS)('calls nobody, disguises no link, and stays as it is: %s', async (words) => {
    const { number, channel } = await declared(words);
    const writer = await SomePerson.of(app, words.slice(0, 80).trim(), 'admin');
    const author = slack.addUser({ name: `w${slack.users().length}`, realName: 'Wes', displayName: words.slice(0, 80).trim() });
    await slack.as(author.id).join(channel);

    await writer.does(number, 'message', { text: words });
    await writer.does(number, 'severity', { to: 'SEV1', reason: words });
    await writer.does(number, 'update', { text: words });
    await writer.api('POST', `/api/v1/incidents/${number}/files?${new URLSearchParams({ name: `${words}.txt` })}`, 'x');
    await slack.as(author.id).say(channel, words);
    await until('what Slack said', async () => (await said(number)).some(({ via }) => via.name === 'Slack'));
    const ours = (): SlackMessage[] => shown(slack, channel).filter(({ bot_id }) => bot_id !== undefined);
    const files = (): SlackMessage[] =>
      slack.messages(channel).filter(({ subtype, bot_id }) => subtype === 'file_share' && bot_id !== undefined);
    const shows = (message: SlackMessage): boolean => letters(asRead(message).text).includes(letters(words));
    await until('the card, what was said, why, and the update', () => ours().length >= 4);
    await until('the file', () => files().length > 0);

    const texts = ours().map((message) => asRead(message).text);
    expect(texts[0]).toContain(words);
    if (!words.includes('&lt;')) expect(ours().filter(shows).length).toBeGreaterThanOrEqual(3);
    expect(texts.some((text) => text.includes(`SEV1: ${words}`))).toBe(true);
    expect(ours().filter(({ username }) => letters(username ?? '').startsWith(letters(words.slice(0, 30))))).not.toEqual([]);
    expect([...ours(), ...files()].flatMap(troubleIn)).toEqual([]);

    const room = slack.channels().find(({ id }) => id === channel);
    for (const value of [room?.topic.value ?? '', room?.purpose.value ?? ''])
      expect(troubleIn({ type: 'message', ts: '', text: value })).toEqual([]);
    expect(room?.name).toMatch(/^inc-\d+(?:-[a-z0-9_-]+)?$/);

    const heard = (await said(number)).find(({ via }) => via.name === 'Slack');
    expect(letters(asText(heard?.data.html ?? ''))).toBe(letters(words.replace(/@(?:here|channel)\b/g, '@everyone')));
    for (const { data } of await said(number)) expect(foreignTags(data.html)).toEqual([]);
  });

  it('stays as it is in what Slack shows to one person: the answers, and the forms', async () => {
    await slack.as(ana).command('/incident', 'list', general);
    await slack.as(ana).command('/incident', 'find channel', general);
    await until('the answers', () => slack.as(ana).ephemerals(general).length >= 2);
    for (const words of CORPUS) {
      const { id: channel } = await until('the channel', () =>
        slack.channels().find(({ topic }) => unescaped(topic.value).includes(words.slice(0, 60))),
      );
      await slack.as(ana).join(channel);
      await slack.as(ana).command('/incident', `severity sev2 ${words}`, channel);
      await slack.as(ana).command('/incident', 'update', channel);
      const view = await until('the form', () => slack.as(ana).views()[0]);
      expect(markdownIn(view)).toEqual([]);
      await slack.as(ana).dismiss(view.id);
      await slack.as(ana).command('/incident', '', channel);
      await until('the answer', () => slack.as(ana).ephemerals(channel).length > 0);
    }

    expect(slack.as(ana).ephemerals().length).toBeGreaterThan(CORPUS.length);
    expect(slack.as(ana).ephemerals().flatMap(troubleIn)).toEqual([]);
  });

  it('stays as it is on Muster’s page under Home', async () => {
    await slack.as(ana).openHome();
    const { blocks } = await until('the page', () => slack.as(ana).home());
    const page: SlackMessage = { type: 'message', ts: '', text: '', blocks };

    const shownThere = CORPUS.filter((words) => letters(asRead(page).text).includes(letters(words)));
    expect(shownThere).toHaveLength(Math.min(CORPUS.length, 15));
    expect(troubleIn(page)).toEqual([]);
    expect(markdownIn({ blocks })).toEqual([]);
  });

  async function declared(title: string): Promise<{ number: string; channel: string }> {
    const { number } = await app.anIncident({ title, summary: title });
    const { id } = await until('the channel', () => slack.channels().find(({ name }) => `${name}-`.startsWith(`${number.toLowerCase()}-`)));
    await until('the card', () => shown(slack, id).length > 0);
    return { number, channel: id };
  }

  async function said(number: string): Promise<RoomEventOf<'message.posted'>[]> {
    return (await app.events(number, 'message.posted')) as RoomEventOf<'message.posted'>[];
  }

  /** Who is called by it, and which links in it say that they lead elsewhere than they do. */
  function troubleIn(message: SlackMessage): string[] {
    const calls = asRead(message).pinged.filter((who) => who !== ana);
    return [...calls.map((who) => `calls ${who}`), ...[message.text, ...inside(message.blocks ?? [])].flatMap(disguised)];
  }

  function inside(value: unknown): (string | JsonObject)[] {
    if (Array.isArray(value)) return value.flatMap(inside);
    if (typeof value !== 'object' || value === null) return [];
    const { type, text } = value as JsonObject;
    const own = type === 'link' ? [value as JsonObject] : type === 'mrkdwn' ? [String(text)] : [];
    return [...own, ...Object.values(value).flatMap(inside)];
  }

  function disguised(one: string | JsonObject): string[] {
    const links =
      typeof one === 'string'
        ? [...one.matchAll(/<((?:https?|mailto|tel|javascript)[^<>|]*)(?:\|([^<>]*))?>/g)].map(([, url = '', label]) => [url, label])
        : [[String(one['url']), one['text'] === undefined ? undefined : String(one['text'])]];
    return links.flatMap(([url = '', label]) => {
      const isOurs = url.startsWith(app.url) || url.startsWith(slack.url);
      return isOurs || label === undefined || url === label || url === `mailto:${label}` ? [] : [`${label} leads to ${url}`];
    });
  }
});

/** Text in a form that Slack would read for marks. */
function markdownIn(view: Pick<OpenView, 'blocks'>): string[] {
  return [JSON.stringify(view.blocks)].filter((text) => /"type":"mrkdwn"[^}]*<(?:!|@|https?:)/.test(text));
}

function foreignTags(html: string): string[] {
  const tags = [...html.matchAll(/<\/?([a-z!][^\s/>]*)([^>]*)>/gi)];
  return tags.flatMap(([tag, name = '', attributes = '']) =>
    /^(?:a|b|blockquote|br|code|del|em|li|ol|p|pre|s|span|strong|table|tbody|td|th|thead|tr|ul)$/i.test(name) &&
    !/\bon\w+=|href="(?!https?:|mailto:|\/)/i.test(attributes)
      ? []
      : [tag],
  );
}

/** What is left of a text when marks have taken effect, which they may where people write them. */
const letters = (text: string): string => text.replace(/[*_~`\\[\]()|<>\s\p{Cf}]/gu, '');

const asText = (html: string): string =>
  unescaped(
    html
      .replace(/<br>/g, '\n')
      .replace(/<[^>]*>/g, '')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'"),
  );

const unescaped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Texts one after the other, as many in a line as fit. */
function packed(texts: readonly string[], most: number): string[] {
  return texts.reduce<string[]>((lines, text) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + text.length > most) return [...lines, text];
    return [...lines.slice(0, -1), `${last} ${text}`];
  }, []);
}
