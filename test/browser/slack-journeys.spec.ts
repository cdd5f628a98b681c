import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { SlackSimulator } from '#adapters/slack/simulator/types';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import { openBrowser } from './support/browser.ts';
import { RoomPage } from './support/room-page.ts';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { joinSlack, shown, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

import.meta.jest.setTimeout(240_000);

/** As fast as practice is: Slack's minute takes a second and a half. */
const PACE = 40;
const FLOOD = 500;
/** Ten times as fast as for real: the browser, Slack and all of Muster share one machine here. */
const MINUTE_MS = 6_000;

/** Each once as it is, and once while Slack takes little: every third call is told to come back in a second. */
describe.each([
  ['at ease', []],
  ['limited', [{ kind: 'rate-limited', on: ['!auth.test', '!views.*'], chance: 0.3, retryAfter: 1 }]],
] as const)('An incident between Slack and the war room, in a browser, Slack being %s', (_, faults) => {
  const app = useApp({ platforms: [slackPlatform] });
  let slack: SlackSimulator;
  let browser: Browser;
  let context: BrowserContext;
  let ana: string;
  let bo: string;
  let general: string;
  /** Bea is in front of the war room, Ana and Bo are in Slack. */
  let bea: SomePerson;
  const complaints: string[] = [];

  beforeAll(async () => {
    [slack, browser, bea] = await Promise.all([joinSlack(app, 'http', PACE), openBrowser(), SomePerson.of(app, 'Bea Berg', 'admin')]);
    ana = slack.addUser({ name: 'ana.r', realName: 'Ana Ruiz' }).id;
    bo = slack.addUser({ name: 'bo.l', realName: 'Bo Lindqvist' }).id;
    general = slack.addChannel({ name: 'general', members: [ana, bo, slack.app.botUserId] }).id;
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(30_000);
    await context.addCookies([{ name: 'muster', value: bea.cookie.slice('muster='.length), url: app.url }]);
    context.on('weberror', (error) => complaints.push(String(error.error().stack)));
    slack.addFault([...faults]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await slack.close();
  });
  afterEach(async () => {
    for (const page of context.pages()) await page.close();
    expect(complaints.splice(0)).toEqual([]);
  });

  it('is declared by a command, and what either side says is read on both, once', async () => {
    const inSlack = await slackPage(ana, general);
    await write(inSlack, '/incident Checkout is failing');
    const { number, channel } = await made('checkout-is-failing');
    const room = await warRoom(number);
    await inSlack.getByRole('link', { name: /checkout-is-failing/ }).click();
    await inSlack.getByText('Take the lead').first().waitFor();

    await write(inSlack, 'Errors since *03:05*');
    await room.message('Errors since 03:05').waitFor();
    await room.write('I see it too');
    await inSlack.getByRole('log').getByText('I see it too').waitFor();

    expect(await inSlack.getByRole('log').getByText('I see it too').count()).toBe(1);
    expect(await room.message('Errors since 03:05').count()).toBe(1);
    await until('the invitation', () => slack.members(channel).includes(ana));
  });

  it('is declared by a message, which is the first that is said and kept there', async () => {
    const inSlack = await slackPage(ana, general);
    await slack.as(bo).say(general, 'Payments answer 500');
    await inSlack
      .getByRole('article', { name: 'Bo Lindqvist' })
      .getByRole('button', { name: 'Add to the incident (message of Bo Lindqvist)' })
      .last()
      .click();
    const form = inSlack.getByRole('dialog');
    await form.getByRole('textbox').first().fill('Payments are failing');
    await form.getByRole('button', { name: 'Keep' }).click();
    await form
      .getByText(/INC-\d+/)
      .first()
      .waitFor();
    await inSlack.keyboard.press('Escape');

    const { number } = await made('payments-are-failing');
    const room = await warRoom(number);
    await room.log.getByText('Payments answer 500').first().waitFor();
    expect((await app.events(number, 'message.pinned')).length).toBe(1);
  });

  it('is declared over the API, led from Slack and handed over in the war room, and both sides know it', async () => {
    const { number } = await bea.declares({ title: 'Search is slow', severity: 'SEV2' });
    const { channel } = await made('search-is-slow');
    await slack.as(ana).join(channel);
    const inSlack = await slackPage(ana, channel);
    await inSlack.getByRole('button', { name: 'Take the lead' }).click();
    const room = await warRoom(number);
    await room.page.getByRole('button', { name: 'Ana Ruiz, change lead' }).waitFor();

    await room.write('/lead me');
    await room.page.getByRole('button', { name: 'Bea Berg, change lead' }).waitFor();

    await inSlack
      .getByRole('log')
      .getByText(/Bea Berg/)
      .first()
      .waitFor();
    await until('the card', () => JSON.stringify(shown(slack, channel)[0]?.blocks).includes('*Lead*\\nBea Berg'));
    const led = (await app.events(number, 'incident.role-changed')) as RoomEventOf<'incident.role-changed'>[];
    expect(led.map(({ data, by }) => [data.from?.name, data.to?.name, by?.name])).toEqual([
      [undefined, 'Ana Ruiz', 'Ana Ruiz'],
      ['Ana Ruiz', 'Bea Berg', 'Bea Berg'],
    ]);
  });

  it('is never mixed with another that goes on at the same time', async () => {
    const both = await Promise.all(['Mail is late', 'Login is slow'].map((title) => bea.declares({ title })));
    const rooms = await Promise.all(both.map(({ number }) => warRoom(number)));
    const channels = [(await made('mail-is-late')).channel, (await made('login-is-slow')).channel];
    for (const channel of channels) await slack.as(ana).join(channel);

    await Promise.all(
      Array.from({ length: 10 }, (_unused, n) => n).flatMap((n) => [
        slack.as(ana).say(channels[n % 2]!, `from Slack ${n}`),
        bea.does(both[n % 2]!.number, 'message', { text: `from here ${n}` }),
      ]),
    );

    for (const which of [0, 1]) {
      const mine = [0, 1, 2, 3, 4].map((n) => n * 2 + which);
      await until('its own', async () => (await app.texts(both[which]!.number)).length === 10);
      await until('in Slack', () => told(channels[which]!, 'from here').length === 5);
      expect([...(await app.texts(both[which]!.number))].sort()).toEqual(mine.flatMap((n) => [`from Slack ${n}`, `from here ${n}`]).sort());
      expect(told(channels[which]!, 'from').sort()).toEqual(mine.flatMap((n) => [`from Slack ${n}`, `from here ${n}`]).sort());
      await rooms[which]!.message(`from Slack ${mine[4]}`).waitFor();
      expect(await rooms[which]!.log.getByText(`from Slack ${mine[4]! + (which === 0 ? 1 : -1)}`, { exact: true }).count()).toBe(0);
    }
  });

  it('is private where it is declared so: in Slack too, and nobody else sees it on either side', async () => {
    const { number } = await bea.declares({ title: 'A key was leaked', private: true });
    const room = await warRoom(number);
    await room.write('Nobody else may know');
    const { channel } = await made('a-key-was-leaked', false);
    await until('the line', () => told(channel, 'Nobody else').length === 1);

    expect(slack.channels().find(({ id }) => id === channel)).toMatchObject({ is_private: true });
    const inSlack = await slackPage(bo, general);
    expect(await inSlack.getByRole('link', { name: /leaked/ }).count()).toBe(0);
    const other = await SomePerson.of(app, 'Cy');
    expect((await other.api('GET', `/api/v1/incidents/${number}`)).status).toBe(404);
    expect(slack.messages(general).filter(({ text }) => text.includes('leaked'))).toEqual([]);
  });

  it(`takes ${FLOOD} messages in a minute: none lost, none twice, in order, and the page can be used`, async () => {
    const { number } = await bea.declares({ title: 'Everything is down' });
    const { channel } = await made('everything-is-down');
    await slack.as(ana).join(channel);
    const room = await warRoom(number);
    const begun = Date.now();

    const flood = (async () => {
      for (let n = 0; n < FLOOD; n++) {
        if (n % 50 === 0) await new Promise((resolve) => setTimeout(resolve, Math.max(0, begun + (n / FLOOD) * MINUTE_MS - Date.now())));
        await slack.as(ana).say(channel, `flood ${n}`);
      }
    })();
    await room.write('I can still write');
    // It goes up with the flood, out of sight.
    await until('it is in the room', async () => (await countOf(number, 'I can still write')) === 1, 60_000);
    await flood;
    await until('all of it', async () => (await countOf(number)) === FLOOD + 1, 120_000);
    await room.message(`flood ${FLOOD - 1}`).waitFor();
    await room.write('And now, too');
    await room
      .message('And now, too')
      .getByText(/· (Sent|Waiting for Slack|In Slack too)/)
      .waitFor();

    const heard = ((await app.events(number, 'message.posted')) as RoomEventOf<'message.posted'>[])
      .sort((a, b) => (a.displayAt < b.displayAt ? -1 : a.displayAt > b.displayAt ? 1 : a.seq - b.seq))
      .map(({ data }) => data.text)
      .filter((text) => text.startsWith('flood'));
    expect(heard).toEqual(Array.from({ length: FLOOD }, (_unused, n) => `flood ${n}`));
    await until('it in Slack', () => told(channel, 'I can still').length === 1);
    await room.press('Resolve');
    await room.dialog(/^Resolve/).waitFor();
  });

  async function slackPage(as: string, channel: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${slack.url}?as=${as}&channel=${channel}`);
    await page.getByRole('textbox').waitFor();
    return page;
  }

  async function write(page: Page, text: string): Promise<void> {
    await page.getByRole('textbox').fill(text);
    await page.getByRole('textbox').press('Enter');
  }

  async function warRoom(number: string): Promise<RoomPage> {
    const page = await context.newPage();
    await page.goto(`${app.url}/i/${number}`);
    const room = new RoomPage(page);
    await room.box.waitFor();
    return room;
  }

  /** The channel of an incident, by the end of its name, when its card is there. */
  async function made(ending: string, withCard = true): Promise<{ number: string; channel: string }> {
    const found = await until(`the channel of ${ending}`, () => slack.channels().find(({ name }) => name.endsWith(ending)), 60_000);
    if (withCard) await until('the card', () => shown(slack, found.id).length > 0, 60_000);
    return { number: /^inc-\d+/.exec(found.name)?.[0].toUpperCase() ?? '', channel: found.id };
  }

  async function countOf(number: string, text: string | null = null): Promise<number> {
    const [found] = await app.database.query<{ count: string }>(
      'select count(*) from message m join incident i on i.id = m.incident_id where i.reference = $1 and ($2::text is null or m.text = $2)',
      [number, text],
    );
    return Number(found?.count);
  }

  function told(channel: string, beginning: string): string[] {
    return shown(slack, channel).flatMap(({ text }) => (text.startsWith(beginning) ? [text] : []));
  }
});
