import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { uuidv7 } from 'uuidv7';
import { openBrowser } from '#test/browser/support/browser';
import { useApp } from '#test/support/app';
import { slackPlatform } from '#test/support/slack';
import { aLink, anAdmin } from './browser.ts';
import { manyMessages } from './many-messages.ts';

import.meta.jest.setTimeout(120_000);

const LONG = 'https://example.test/a/very/long/address/without/a/single/place/to/break/it/0123456789012345678901234567890123456789';

describe('Reading the plain pages', () => {
  const app = useApp({ roles: ['web'], platforms: [slackPlatform] });
  let browser: Browser;
  let cookie: string;
  let room: string;
  const paths: Record<string, string> = {};

  beforeAll(async () => {
    browser = await openBrowser();
    cookie = (await anAdmin(app)).cookie.slice('muster='.length);
    const { id, number } = await app.anIncident({ title: `Checkout is failing ${LONG}`, severity: 'SEV1', summary: LONG });
    room = `/lite/i/${number}`;
    await manyMessages(app, id, 30, (n) =>
      n % 20 === 0 ? `Look at ${LONG}\n\n\`\`\`\n${'pool_wait '.repeat(40)}\n\`\`\`` : `Message **${n}**`,
    );
    await app.says(number, '| a | b |\n| - | - |\n| 1 | 2 |\n\n> quoted\n\n1. one\n2. two');
    await app.anIncident({ title: 'Search is slow', severity: 'SEV2' });
    await app.database.query(
      `insert into mirror (id, incident_id, instance, tenant, surface, state, name, since, permalink) values ($1, $2, 'slack', 'T1', 'Slack', 'parked', 'inc-1', now(), 'https://example.test/inc-1')`,
      [uuidv7(), id],
    );
    Object.assign(paths, {
      'the room': room,
      'older messages': `${room}?before=20`,
      'the list': '/lite',
      'the form to declare': '/declare',
      'the doors': '/sign-in?to=/lite',
      'a link for somebody new': `/sign-in/${await aLink(app, 'invitation')}`,
      'a link that was used': '/sign-in/used',
      'an address where nothing is': '/nowhere',
      'the chats': '/adapters',
      'the setup of a chat': '/adapters/slack/setup',
    });
  }, 60_000);
  afterAll(() => browser.close());

  const visit = async (options: BrowserContextOptions, inside: boolean): Promise<BrowserContext> => {
    const context = await browser.newContext({ baseURL: app.url, ...options });
    if (inside) await context.addCookies([{ name: 'muster', value: cookie, url: app.url }]);
    return context;
  };
  const isDoor = (name: string): boolean => name.startsWith('the doors') || name.startsWith('a link');
  const problemsOf = async (page: Page): Promise<string[]> =>
    (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  const sideways = (page: Page): Promise<number> =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  it.each(['light', 'dark'] as const)('is possible for everybody, in %s colours, on every page', async (colorScheme) => {
    for (const [name, path] of Object.entries(paths)) {
      const context = await visit({ colorScheme, viewport: { width: 1280, height: 800 } }, !isDoor(name));
      const page = await context.newPage();
      await page.goto(path);
      await page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);

      expect([name, await problemsOf(page)]).toEqual([name, []]);
      await context.close();
    }
  });

  it('needs no sideways scroll at 320 px, and targets for thumbs are 44 px', async () => {
    for (const [name, path] of Object.entries(paths)) {
      const context = await visit({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }, !isDoor(name));
      const page = await context.newPage();
      await page.goto(path);
      await page.evaluate(`document.querySelectorAll('details').forEach((one) => { one.open = true; })`);

      expect([name, await sideways(page)]).toEqual([name, 0]);
      const small = await page.evaluate(
        `[...document.querySelectorAll('button, select, input:not([type=hidden], [type=radio], [type=checkbox]), label.choice, textarea, summary, .button')].filter((one) => one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)`,
      );
      expect([name, small]).toEqual([name, []]);
      await context.close();
    }
  });

  it('shows where the keyboard is', async () => {
    const context = await visit({}, true);
    const page = await context.newPage();
    await page.goto(room);

    await page.keyboard.press('Tab');

    expect(
      await page.evaluate('getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).outlineWidth'),
    ).toBe('solid3px');
    await context.close();
  });

  it('works without any script: sign in, declare, write, change, resolve', async () => {
    const context = await visit({ javaScriptEnabled: false }, false);
    context.setDefaultTimeout(20_000);
    const asked: string[] = [];
    context.on('request', (request) => asked.push(new URL(request.url()).host));
    const page = await context.newPage();

    await page.goto(`/sign-in/${await aLink(app, 'invitation')}?to=/lite`);
    await page.getByLabel('What should people call you?').fill('Dee Okafor');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('What is broken?').fill('Mail is late');
    await page.getByLabel(/SEV2/).check();
    await page.getByRole('button', { name: 'Declare' }).click();
    await page.getByRole('heading', { name: /SEV2 Major INC-\d+ Mail is late/ }).waitFor();
    await page.getByLabel('Write to the room').fill('I look at the queue');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('I look at the queue').waitFor();
    await page.locator('summary', { hasText: 'Change lead' }).click();
    await page.getByRole('button', { name: 'Change lead' }).click();
    await page.getByText('Dee Okafor took the lead').waitFor();
    await page.locator('summary', { hasText: 'Resolve' }).click();
    await page.getByLabel(/What will not happen again/).fill('The queue has an alert');
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByText('Resolved by Dee Okafor').waitFor();

    expect(new Set(asked)).toEqual(new Set([new URL(app.url).host]));
    await context.close();
  });
});
