import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core';
import { ActedTeams } from '../acted-teams.ts';
import type { Activity } from '../activities.ts';
import type { Conversation } from '../conversations.ts';
import { TeamsSimulator } from '../teams-simulator.ts';
import { TeamsPage } from './page.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';
const card = (...body: object[]): object => ({ contentType: CARD, content: { type: 'AdaptiveCard', version: '1.5', body } });
const words = (text: string, style = {}): object => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, ...style }] });
const FETCH = { type: 'Action.Submit', title: 'Declare', data: { msteams: { type: 'task/fetch' }, action: 'declare' } };
const TAKE = { type: 'Action.Execute', title: 'Take the lead', verb: 'lead', data: {} };

/** What Teams tells its app goes here, and is answered with what the test says. */
class App {
  readonly heard: Activity[] = [];
  answer: (what: Activity) => object | undefined = () => undefined;
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const what = JSON.parse(Buffer.concat(chunks).toString()) as Activity;
      this.heard.push(what);
      const answer = this.answer(what);
      response.writeHead(200).end(answer && JSON.stringify(answer));
    });
  });

  async open(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hooks`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }
}

describe('The page of the pretend Teams', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let teams: TeamsSimulator;
  let acted: ActedTeams;
  let channel: Conversation;
  let window: TeamsPage;
  let app: App;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: process.env.TEST_BROWSER, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    app = new App();
    teams = new TeamsSimulator(Date.now);
    await teams.open();
    channel = teams.conversations.add('incidents', 'channel');
    acted = new ActedTeams(teams);
    acted.people.push('You', 'Ines Castro');
    acted.hearAt(await app.open());
    window = new TeamsPage(acted, [channel]);
    await window.open();
    context = await browser.newContext({ viewport: { width: 640, height: 560 } });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    complaints.length = 0;
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`http://127.0.0.1:${window.port}/?as=You`);
    await page.getByRole('heading', { name: '# incidents' }).waitFor();
  });
  afterEach(async () => {
    await context.close();
    await window.close();
    await teams.close();
    await app.close();
    expect(complaints).toEqual([]);
  });

  const log = () => page.getByRole('log');
  async function write(text: string): Promise<void> {
    await page.getByRole('textbox').fill(text);
    await page.getByRole('textbox').press('Enter');
  }
  /** What the app says, as the connector takes it. */
  function said(activity: object, thread?: string): string {
    return teams.conversations.keep(channel.id, { from: 'us', activity: { type: 'message', ...activity } }, thread).id;
  }

  it('begins threads and answers in them, and the app is told in order', async () => {
    await write('the <b>database</b> is down');
    await log().getByText('the <b>database</b> is down').waitFor();
    await acted.say('Ines Castro', channel.id, 'looking', channel.messages[0]?.id);
    await log()
      .getByRole('button', { name: /1 reply/ })
      .click();
    await page.getByRole('heading', { name: 'the <b>database</b> is down' }).waitFor();
    await write('thank you');
    await log().getByText('thank you').waitFor();

    expect(await log().getByRole('article').allInnerTexts()).toEqual([
      expect.stringContaining('the <b>database</b> is down'),
      expect.stringMatching(/Ines Castro.*looking/s),
      expect.stringMatching(/You.*thank you/s),
    ]);
    expect(app.heard.map(({ text, from }) => [text, (from as { name: string }).name])).toEqual([
      ['the <b>database</b> is down', 'You'],
      ['looking', 'Ines Castro'],
      ['thank you', 'You'],
    ]);
    expect(await page.locator('body').innerText()).not.toMatch(/undefined|null|\[object/);
  });

  it('says to the app what begins with its name', async () => {
    await write('@Muster severity sev1');
    await log().getByText('Muster severity sev1').waitFor();

    expect(app.heard).toMatchObject([{ text: '<at>Muster</at> severity sev1' }]);
  });

  it('shows an edit and a deletion of one’s own, and offers neither for what others wrote', async () => {
    await write('first words');
    await page.getByRole('button', { name: 'Edit (message of You)' }).click();
    await write('second words');
    await log().getByText('(edited)').waitFor();
    await acted.say('Ines Castro', channel.id, 'not yours');
    await log().getByText('not yours').waitFor();
    expect(await page.getByRole('button', { name: /(Edit|Delete) .message of Ines/ }).count()).toBe(0);

    await page.getByRole('button', { name: 'Delete (message of You)' }).click();
    await log().getByText('second words').waitFor({ state: 'detached' });

    expect(app.heard.map(({ type }) => type)).toEqual(['message', 'messageUpdate', 'message', 'messageDelete']);
  });

  it('shows cards, with what is bold, a link, and when something was', async () => {
    const at = '2026-03-02T10:00:00Z';
    said({
      attachments: [
        card(
          words('INC-7', { weight: 'Bolder' }),
          words('the room', { selectAction: { type: 'Action.OpenUrl', url: 'https://muster.example.test/i/7' } }),
          words(`since {{TIME(${at})}}`),
          { type: 'ActionSet', actions: [TAKE] },
        ),
      ],
    });

    await log().getByText('INC-7').waitFor();
    expect(await log().getByRole('link', { name: 'the room' }).getAttribute('href')).toBe('https://muster.example.test/i/7');
    expect(await log().innerText()).toMatch(/since \d\d:\d\d/);
    expect(await log().innerText()).toMatch(/Muster APP/);
  });

  it('presses a card’s button, and shows what comes of it', async () => {
    said({ attachments: [card(words('INC-7'), { type: 'ActionSet', actions: [TAKE] })] });
    app.answer = () => ({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'You lead it now.' });

    await log().getByRole('button', { name: 'Take the lead' }).click();

    await page.getByRole('alert').getByText('You lead it now.').waitFor();
    expect(app.heard).toMatchObject([{ type: 'invoke', name: 'adaptiveCard/action', value: { action: { verb: 'lead' } } }]);
  });

  it('opens a dialog by a button, keeps it open with what is wrong, and closes it when it is taken', async () => {
    said({ attachments: [card(words('What now?'), { type: 'ActionSet', actions: [FETCH] })] });
    const submit = { type: 'Action.Submit', title: 'Declare it', data: { msteams: { type: 'task/submit' }, form: 'f' } };
    const title = { type: 'Input.Text', id: 'title', label: 'What is broken?', isRequired: false, isMultiline: false };
    const dialog = (...more: object[]): object => ({
      task: { type: 'continue', value: { title: 'Declare', card: card(...more, title, { type: 'ActionSet', actions: [submit] }) } },
    });
    app.answer = ({ name, value }) =>
      name === 'task/fetch'
        ? dialog()
        : (value as { data: { title: string } }).data.title === ''
          ? dialog(words('Say what is broken.'))
          : { task: { type: 'message', value: 'INC-8 is declared.' } };

    await log().getByRole('button', { name: 'Declare' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Declare it' }).click();
    await page.getByRole('dialog').getByText('Say what is broken.').waitFor();
    await page.getByRole('dialog').getByLabel('What is broken?').fill('Search');
    await page.getByRole('dialog').getByRole('button', { name: 'Declare it' }).click();

    await page.getByRole('alert').getByText('INC-8 is declared.').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(app.heard.at(-1)).toMatchObject({ name: 'task/submit', value: { data: { title: 'Search', form: 'f' } } });
  });

  it('goes on among people when it is broken, says so, and tells the app nothing, not even later', async () => {
    said({ attachments: [card(words('INC-7'), { type: 'ActionSet', actions: [TAKE] })] });
    await acted.break();
    await page.getByText('Broken on purpose').waitFor();
    await write('anybody there?');
    await log().getByText('anybody there?').waitFor();
    await write('@Muster severity sev1');
    await log().getByText('Muster severity sev1').waitFor();
    await log().getByRole('button', { name: 'Take the lead' }).click();
    await page.getByRole('alert').getByText('the app cannot be reached').waitFor();

    await acted.heal();
    await write('at last');
    await log().getByText('at last').waitFor();

    expect(app.heard.map(({ text }) => text)).toEqual(['at last']);
    expect(acted.lost).toEqual([
      { kind: 'command', who: 'You', what: '@Muster severity sev1' },
      { kind: 'press', who: 'You', what: 'Take the lead' },
    ]);
  });

  it.each(['light', 'dark'] as const)('has nothing that an accessibility checker complains of: %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await write('words of mine');
    said({ attachments: [card(words('INC-7', { isSubtle: true }), { type: 'ActionSet', actions: [TAKE] })] });
    await acted.break();
    await page.getByText('Broken on purpose').waitFor();
    await log().getByText('INC-7').waitFor();

    const { violations } = await new AxeBuilder({ page }).analyze();

    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
  });

  it('takes no gesture from another site’s page', async () => {
    const sent = await fetch(`http://127.0.0.1:${window.port}/ui/say`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ as: 'You', room: channel.id, text: 'planted' }),
    });

    expect(sent.status).toBe(403);
    expect(channel.messages).toEqual([]);
  });
});
