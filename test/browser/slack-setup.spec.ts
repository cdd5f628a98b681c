import type { Browser, Locator, Page } from 'playwright-core';
import { slackManifest } from '#adapters/slack/src/plugin';
import { startSlackSimulator } from '#adapters/slack/simulator/start';
import type { SlackSimulator } from '#adapters/slack/simulator/types';
import { useApp } from '#test/support/app';
import { slackAt } from '#test/support/slack';
import { anAdmin } from '#test/war-room/pages/browser';
import { openBrowser } from './support/browser.ts';
import { tabTo } from './support/room-page.ts';
import { barriers } from './support/scan.ts';

import.meta.jest.setTimeout(180_000);

const MANIFEST = slackManifest({ name: 'Muster', socketMode: true });

describe('Connecting Slack, by an admin with a keyboard', () => {
  let slack: SlackSimulator;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    slack = await startSlackSimulator({ manifest: MANIFEST, team: { id: 'T1', name: 'Acme' } });
    slack.addUser({ name: 'ana', realName: 'Ana', email: 'ana@acme.test' });
    browser = await openBrowser();
  });
  const app = useApp({
    platforms: [slackAt(() => slack.apiUrl)],
    environment: { MUSTER_SECRET: 'a secret of Muster that is long enough for it' },
  });
  beforeAll(async () => {
    const value = (await anAdmin(app)).cookie.slice('muster='.length);
    const context = await browser.newContext({ baseURL: app.url });
    await context.addCookies([{ name: 'muster', value, url: app.url }]);
    page = await context.newPage();
  });
  afterAll(async () => {
    await browser.close();
    await slack.close();
  });

  const field = (name: RegExp): Locator => page.getByLabel(name);
  const botToken = (): Locator => field(/^Bot User OAuth Token/);
  const appToken = (): Locator => field(/^App-level token/);
  const writes = async (into: Locator, text: string): Promise<void> => {
    await tabTo(page, into);
    await page.keyboard.type(text);
  };
  const focused = (one: Locator): Promise<boolean> => one.evaluate((element) => element === element.ownerDocument.activeElement);
  const goesOn = async (does: () => Promise<void>): Promise<void> => {
    const answered = page.waitForNavigation({ timeout: 60_000 });
    await does();
    await answered;
  };

  it('leads from nothing to a message that Slack heard, with nothing in the way of anybody', async () => {
    await page.goto('/adapters');
    const way = page.getByRole('link', { name: /Slack/ }).first();
    await tabTo(page, way);
    await goesOn(() => page.keyboard.press('Enter'));
    await page.getByRole('heading', { level: 1, name: 'Set up Slack' }).waitFor();
    expect(await field(/^Manifest, to copy/).inputValue()).toBe(MANIFEST);
    expect(await barriers(page, 'nothing entered yet')).toEqual([]);

    await writes(botToken(), slack.app.botToken);
    await writes(appToken(), 'xapp-of-another-app');
    await goesOn(() => page.keyboard.press('Enter'));

    // What is wrong is said beside its field, and the keyboard is there already.
    expect(await page.getByRole('alert').innerText()).toContain('Nothing was kept: see the app-level token below.');
    expect(await focused(appToken())).toBe(true);
    expect(await appToken().getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('#why-app_token').innerText()).toContain('Make a new app-level token with the scope connections:write');
    expect(await barriers(page, 'a token that is refused')).toEqual([]);

    await page.goto('/adapters/slack/setup');
    await writes(botToken(), slack.app.botToken);
    await writes(appToken(), slack.app.appToken);
    await goesOn(() => page.keyboard.press('Enter'));
    await page.getByText('Connected to the workspace "Acme", with all that the manifest asks for.').waitFor();
    expect(await barriers(page, 'connected')).toEqual([]);

    await writes(page.getByLabel('Your mail address there, or your handle'), 'ana@acme.test');
    await goesOn(() => page.keyboard.press('Enter'));
    await page.getByText(/Heard it back from Slack/).waitFor();
    expect(await barriers(page, 'a test message')).toEqual([]);
    expect(slack.channelByName('muster-test')).toBeDefined();
  });

  it('says of an app that was made from an older manifest what it lacks, and where to paste the new one', async () => {
    slack.reinstall(MANIFEST.replace('      - "groups:write"\n', ''));

    await page.goto('/adapters/slack/setup');

    await page.getByText(/The app is older than the manifest above: it lacks groups:write/).waitFor();
    expect(await barriers(page, 'an older manifest')).toEqual([]);
    slack.reinstall(MANIFEST);
  });
});
