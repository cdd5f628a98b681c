import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startSlackSimulator } from './start.ts';
import { openBrowser } from './test/browser.ts';
import { ListeningApp } from './test/listening-app.ts';
import { quietClient } from './test/quiet-client.ts';
import { until } from './test/until.ts';
import type { SlackSimulator } from './types.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const PREFIX = '/practice/7/slack/';

/** What stands before the page in the product: a proxy that takes a prefix away. */
async function proxyTo(slack: SlackSimulator): Promise<{ server: Server; url: string }> {
  const server = createServer((req, res) => {
    if (!req.url?.startsWith(PREFIX)) return void res.writeHead(404).end();
    const onward = forward(slack.url + req.url.slice(PREFIX.length), { method: req.method, headers: req.headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    onward.on('error', () => res.destroy());
    res.on('close', () => onward.destroy());
    req.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${PREFIX}` };
}

describe('The page of the pretend Slack', () => {
  let browser: Browser;
  let app: ListeningApp;
  let slack: SlackSimulator;
  let proxy: { server: Server; url: string };
  let context: BrowserContext;
  let page: Page;
  let ann: string;
  let bo: string;
  let room: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    app = await ListeningApp.start();
    slack = await startSlackSimulator({ requestUrl: app.url, events: [], timing: { ackMs: 1_500 } });
    ann = slack.addUser({ name: 'ann', realName: 'Ann Lee' }).id;
    bo = slack.addUser({ name: 'bo', realName: 'Bo Okoye' }).id;
    room = slack.addChannel({ name: 'inc-247', members: [ann, bo, slack.app.botUserId] }).id;
    slack.addChannel({ name: 'general', members: [bo] });
    proxy = await proxyTo(slack);
    context = await browser.newContext({ viewport: { width: 640, height: 560 } });
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    complaints.length = 0;
    page.on('console', (m) => m.type() === 'error' && complaints.push(m.text()));
    page.on('pageerror', (e) => complaints.push(String(e)));
    await page.goto(`${proxy.url}?as=${ann}&channel=inc-247`);
    await page.getByRole('heading', { name: '# inc-247' }).waitFor();
  });
  afterEach(async () => {
    await context.close();
    proxy.server.closeAllConnections();
    await new Promise((resolve) => proxy.server.close(resolve));
    await slack.close();
    await app.close();
    expect(complaints).toEqual([]);
  });

  const log = () => page.getByRole('log');
  const write = async (text: string): Promise<void> => {
    await page.getByRole('textbox').fill(text);
    await page.getByRole('textbox').press('Enter');
  };
  const button = (action: string, text: string, more: object = {}) => ({
    type: 'button',
    action_id: action,
    text: { type: 'plain_text', text },
    ...more,
  });

  it('says what it is, and shows and sends messages as they come', async () => {
    await page.getByText('nothing here leaves this machine').waitFor();
    await write('database is *down*, see <b>this</b> @bo');
    await log().getByText('database is').waitFor();
    await slack.as(bo).say(room, 'looking');
    await log().getByText('looking').waitFor();

    expect(slack.messages(room)[0]?.text).toBe(`database is *down*, see &lt;b&gt;this&lt;/b&gt; <@${bo}>`);
    expect(await log().innerText()).toContain('database is down, see <b>this</b> @Bo Okoye');
    expect(await log().locator('b').count()).toBe(0);
    expect(await page.locator('body').innerText()).not.toMatch(/false|undefined|null|\[object/);
  });

  it('shows edits, deletions, threads, reactions and who is an app', async () => {
    const { ts } = await slack.as(bo).say(room, 'first words');
    await log().getByText('first words').waitFor();
    await page.getByRole('button', { name: 'Reply (message of Bo Okoye)' }).click();
    await write('in the thread');
    await log().getByRole('group', { name: 'Replies to Bo Okoye' }).getByText('in the thread').waitFor();
    await slack.as(bo).edit(room, ts, 'second words');
    await log().getByText('(edited)').waitFor();
    await page.getByRole('button', { name: '👀' }).first().click();
    await log().getByRole('button', { name: 'eyes, 1' }).waitFor();
    await quietClient(slack).chat.postMessage({ channel: room, text: 'from the app' });
    await log().getByText('APP', { exact: true }).waitFor();

    expect(slack.messages(room, { thread: ts }).map((m) => m.text)).toEqual(['second words', 'in the thread']);
  });

  it('shows the files of a message, pictures as pictures, and leaves people with it as with any other', async () => {
    await slack.as(bo).share(room, [
      { name: 'graph.png', bytes: PNG },
      { name: 'app.log', bytes: Buffer.from('ERROR') },
      { name: 'Plan', mode: 'external', externalUrl: 'https://docs.example.test/plan' },
      { name: 'old.png', mode: 'hidden_by_limit' },
      { name: 'page.html', bytes: Buffer.from('<script>document.title = "run"</script>') },
    ]);

    const picture = log().getByRole('img', { name: 'graph.png' });
    await picture.waitFor();
    expect(await page.evaluate(`document.querySelector('img[alt="graph.png"]').decode().then(() => 'drawn')`)).toBe('drawn');
    expect(await log().getByRole('list', { name: 'Files' }).innerText()).toMatch(
      /graph\.png \(70 bytes\)\s+app\.log \(5 bytes\)\s+Plan \(elsewhere\)\s+old\.png hidden: .*keeps\s+page\.html/,
    );
    expect(await log().getByRole('link', { name: 'Plan' }).getAttribute('href')).toBe('https://docs.example.test/plan');
    const given = await page.request.get(
      new URL((await log().getByRole('link', { name: 'page.html' }).getAttribute('href'))!, page.url()).href,
    );
    expect(given.headers()).toMatchObject({ 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff' });
    expect(await page.getByRole('button', { name: 'Reply (message of Bo Okoye)' }).count()).toBe(1);

    await slack.as(bo).removeFile(slack.files().find(({ name }) => name === 'app.log')!.id);
    await log().getByText('This file was deleted.').waitFor();
  });

  it('draws what the app sends, presses its buttons, and tells when it did not answer', async () => {
    await quietClient(slack).chat.postMessage({
      channel: room,
      text: 'INC-247',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'INC-247 Database' } },
        {
          type: 'section',
          text: { type: 'mrkdwn', text: '> quoted\nstate: `open`' },
          fields: [{ type: 'mrkdwn', text: '*Severity*\nSEV1' }],
        },
        { type: 'divider' },
        { type: 'context', elements: [{ type: 'mrkdwn', text: 'by <https://example.com|Muster>' }] },
        {
          type: 'actions',
          elements: [
            button('lead', 'Take the lead', { style: 'primary' }),
            { type: 'users_select', action_id: 'who', placeholder: { type: 'plain_text', text: 'Give it to' } },
          ],
        },
      ] as never,
    });
    await page.getByRole('button', { name: 'Take the lead' }).click();
    await page.getByLabel('Give it to').selectOption({ label: 'Bo Okoye' });
    await until(() => app.heard.length === 2);
    app.reply = () => ({ silent: true });
    await page.getByRole('button', { name: 'Take the lead' }).click();
    await page.getByRole('alert').getByText('This action failed with the error "operation_timeout"').waitFor();

    expect(app.heard.map((h) => h.content['actions'][0])).toMatchObject([
      { action_id: 'lead' },
      { action_id: 'who', selected_user: bo },
      { action_id: 'lead' },
    ]);
  });

  it('runs a command, opens the form it brings, shows the app’s errors without losing what was typed, and sends it', async () => {
    app.reply = ({ content }) => {
      if (content['command']) void quietClient(slack).views.open({ trigger_id: content['trigger_id'], view: FORM as never });
      if (content['type'] !== 'view_submission') return {};
      const name = content['view'].state.values.name.value.value as string;
      return name.length < 5 ? { body: JSON.stringify({ response_action: 'errors', errors: { name: 'Say a little more' } }) } : {};
    };
    await write('/incident new');
    const form = page.getByRole('dialog', { name: 'Declare' });
    await form.getByLabel('Name').fill('DB');
    await form.getByLabel('Severity').selectOption('sev1');
    await quietClient(slack).views.update({
      view_id: slack.as(ann).views()[0]?.id ?? '',
      view: { ...FORM, title: { type: 'plain_text', text: 'Declare now' } } as never,
    });
    await page.getByRole('heading', { name: 'Declare now' }).waitFor();
    expect(await form.getByLabel('Name').inputValue()).toBe('DB');
    await form.getByRole('button', { name: 'Declare' }).click();
    await form.getByText('Say a little more').waitFor();
    expect(await form.getByLabel('Severity').inputValue()).toBe('sev1');

    await form.getByLabel('Name').fill('Database');
    await form.getByRole('button', { name: 'Declare' }).click();
    await form.waitFor({ state: 'hidden' });

    expect(app.heard.at(-1)?.content['view'].state.values).toMatchObject({
      name: { value: { value: 'Database' } },
      severity: { choice: { selected_option: { value: 'sev1' } } },
      notes: { value: { value: null } },
    });
  });

  it('shows what is meant for one person to nobody else, and Slack’s words when a command fails', async () => {
    await quietClient(slack).chat.postEphemeral({ channel: room, user: ann, text: 'just you' });
    await log().getByText('just you').waitFor();
    await log().getByText('Only visible to you').waitFor();
    slack.setFault({ kind: 'events-silent' });
    await write('/incident severity sev1');
    await log().getByText('/incident failed with the error "dispatch_failed"').waitFor();

    await page.getByLabel('You are').selectOption({ label: 'Bo Okoye' });
    await page.waitForURL(new RegExp(`as=${bo}`));
    await log().getByText('just you').waitFor({ state: 'detached' });
  });

  it('keeps what could not be sent, and lets an outsider join', async () => {
    slack.setFault({ kind: 'all', people: 'stuck' });
    await write('is anybody there');
    await page.getByRole('alert').getByText('Slack cannot be reached just now').waitFor();
    expect(await page.getByRole('textbox').inputValue()).toBe('is anybody there');
    slack.clearFaults();

    await page.getByRole('link', { name: 'general' }).click();
    await page.getByRole('button', { name: 'Join channel' }).click();
    await page.getByRole('textbox', { name: 'Message #general' }).waitFor();
  });

  it('comes back by itself after the line was lost', async () => {
    slack.setFault({ kind: 'refused' });
    // The proxy keeps the dead line open: only silence tells.
    await page.getByText('Connection lost').waitFor();
    slack.clearFaults();
    await page.getByText('Connection lost').waitFor({ state: 'detached' });
    await slack.as(bo).say(room, 'back again');
    await log().getByText('back again').waitFor();
    complaints.length = 0;
  });

  it.each([
    ['light', 640],
    ['dark', 320],
  ] as const)('has no accessibility violation in %s at %i px, nor anything wider than the window', async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 560 });
    const { ts } = await slack.as(bo).say(room, 'a `rather` long message '.repeat(8));
    await slack.as(bo).say(room, 'reply', { threadTs: ts });
    await slack.as(ann).react(room, ts, 'eyes');
    await quietClient(slack).chat.postMessage({
      channel: room,
      text: 'x',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Head' } },
        { type: 'actions', elements: [button('a', 'Do', { style: 'danger' }), button('b', 'Go', { style: 'primary' })] },
      ] as never,
    });
    await slack.as(bo).share(room, [{ name: 'a-rather-long-name-of-a-file-'.repeat(3) + '.log', bytes: Buffer.from('1') }]);
    await quietClient(slack).chat.postEphemeral({ channel: room, user: ann, text: 'just you <@' + bo + '>' });
    await log().getByText('just you').waitFor();
    const violations = async (): Promise<string[]> =>
      (await new AxeBuilder({ page }).analyze()).violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`);
    expect(await violations()).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    if (process.env['PAGE_PICTURES']) await page.screenshot({ path: `${process.env['PAGE_PICTURES']}/${colorScheme}-${width}.png` });

    const { triggerId = '' } = await slack.as(ann).command('/incident', 'new', room);
    const { view } = await quietClient(slack).views.open({ trigger_id: triggerId, view: FORM as never });
    await slack.as(ann).submit(view?.id ?? '', {});
    await page.getByRole('dialog').getByText('Please complete this required field.').waitFor();
    expect(await violations()).toEqual([]);
    if (process.env['PAGE_PICTURES']) await page.screenshot({ path: `${process.env['PAGE_PICTURES']}/${colorScheme}-${width}-form.png` });
  });

  it('shows moments in words, in text and in rich text', async () => {
    const at = { type: 'date', timestamp: Date.UTC(2026, 0, 2, 12) / 1000, format: '{time}', fallback: 'then' };
    const blocks = [
      { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'Down since ' }, at] }] },
    ];
    await quietClient(slack).chat.postMessage({ channel: room, text: 'x', blocks: blocks as never });
    await quietClient(slack).chat.postMessage({ channel: room, text: `Up since <!date^${at.timestamp}^{date_short_pretty}|then>` });

    const momentOf = (text: string) => log().getByRole('article').filter({ hasText: text }).locator('time:not(.when)');
    expect(await momentOf('Up since').textContent()).toMatch(/2026/);
    expect(await momentOf('Down since').textContent()).toMatch(/^\d+:\d\d(\s[AP]M)?$/);
  });

  it('goes on showing the newest when its window shrinks', async () => {
    for (let line = 1; line <= 30; line++) await slack.as(bo).say(room, `line ${line}`);
    const newest = log().getByText('line 30', { exact: true });
    await newest.waitFor();

    await page.setViewportSize({ width: 640, height: 400 });

    await page.waitForFunction(
      '(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight < 2)(document.querySelector("#log"))',
    );
    expect(await newest.isVisible()).toBe(true);
  });

  it('opens what a permalink leads to', async () => {
    const { ts } = await slack.as(bo).say(room, 'linked');
    const { permalink = '' } = await quietClient(slack).chat.getPermalink({ channel: room, message_ts: ts });

    const other = await context.newPage();
    await other.goto(permalink);

    await other.getByRole('log').getByText('linked').waitFor();
  });

  it('can be worked by keyboard alone', async () => {
    app.reply = ({ content }) => {
      if (content['command']) void quietClient(slack).views.open({ trigger_id: content['trigger_id'], view: FORM as never });
      return {};
    };
    await page.getByRole('textbox').focus();
    await page.keyboard.type('/incident new');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });

    expect(slack.as(ann).views()).toEqual([]);
    expect(app.heard.at(-1)?.content).toMatchObject({ type: 'view_closed' });
  });

  it('asks nothing of any other place, and runs no inline script', async () => {
    const answer = await fetch(slack.url);
    const html = await answer.text();

    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self'/);
    expect(html).not.toMatch(/<script(?![^>]*src="\.\/)|<style|\son\w+=|(?:src|href)="(?:https?:)?\//);
    expect((await fetch(`${slack.url}ui/say`, { method: 'POST', body: '{}' })).status).toBe(403);
  });
});

const FORM = {
  type: 'modal',
  callback_id: 'declare',
  notify_on_close: true,
  title: { type: 'plain_text', text: 'Declare' },
  submit: { type: 'plain_text', text: 'Declare' },
  blocks: [
    {
      type: 'input',
      block_id: 'name',
      label: { type: 'plain_text', text: 'Name' },
      hint: { type: 'plain_text', text: 'What is broken' },
      element: { type: 'plain_text_input', action_id: 'value' },
    },
    {
      type: 'input',
      block_id: 'severity',
      optional: true,
      label: { type: 'plain_text', text: 'Severity' },
      element: { type: 'static_select', action_id: 'choice', options: [{ text: { type: 'plain_text', text: 'SEV1' }, value: 'sev1' }] },
    },
    {
      type: 'input',
      block_id: 'lead',
      optional: true,
      label: { type: 'plain_text', text: 'Lead' },
      element: { type: 'users_select', action_id: 'who' },
    },
    {
      type: 'input',
      block_id: 'areas',
      optional: true,
      label: { type: 'plain_text', text: 'Areas' },
      element: { type: 'checkboxes', action_id: 'which', options: [{ text: { type: 'plain_text', text: 'API' }, value: 'api' }] },
    },
    {
      type: 'input',
      block_id: 'notes',
      optional: true,
      label: { type: 'plain_text', text: 'Notes' },
      element: { type: 'plain_text_input', action_id: 'value', multiline: true },
    },
  ],
};
