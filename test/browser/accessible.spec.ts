import type { BrowserContext, Page } from 'playwright-core';
import { ask, declare, invitation, invited, signIn } from './support/people.ts';
import { PracticePage } from './support/practice-page.ts';
import { RoomPage } from './support/room-page.ts';
import { barriers, EVERY_LOOK, NARROW, TWO_LOOKS } from './support/scan.ts';
import { useStage } from './support/stage.ts';
import type { Visitor } from './support/visitor.ts';

import.meta.jest.setTimeout(180_000);

/** In both themes at 320, 768 and 1440 px; what is made of the same parts as another page, in two of these six. Afterwards: nothing asked of another host, nothing refused or complained of by the browser. */
describe('Using every screen', () => {
  const stage = useStage();
  let session: Awaited<ReturnType<BrowserContext['storageState']>>;
  let incident: string;
  let visitor: Visitor;
  beforeAll(async () => {
    const page = await signIn(await stage.visitor(), stage.signInLink, 'Ana Ruiz');
    incident = await declare(page, 'Checkout is failing for a third of all customers in Europe');
    const room = new RoomPage(page);
    await room.write(
      'Pool wait is at 4.2 s on **shard 7**, see https://dashboards.example/pool?shard=7&a-very-long-address=that-has-no-place-to-break',
    );
    await room.write('`select count(*) from pool_waits`');
    await room.message('select count(*) from pool_waits').getByText('· Sent').waitFor();
    const { id: team } = await ask<{ id: string }>(page, 'POST', '/api/v1/teams', { name: 'Payments, on call in Europe and the Americas' });
    await ask(page, 'POST', `/api/v1/teams/${team}/members`, { person: 'Ana Ruiz' });
    session = await page.context().storageState();
    await page.context().close();
  });
  afterEach(() => {
    expect(visitor.complaints()).toEqual([]);
  });

  const inside = async (path: string): Promise<Page> => {
    visitor = await stage.visitor({ storageState: session });
    return visitor.open(path);
  };
  const outside = async (path: string): Promise<Page> => {
    visitor = await stage.visitor();
    return visitor.open(path);
  };

  it('the doors', async () => {
    const page = await outside('/sign-in');
    expect(await barriers(page, 'doors')).toEqual([]);
  });

  it('a link that signs in', async () => {
    const link = await invitation((await stage.visitor({ storageState: session })).context);
    const page = await outside(link);
    await page.getByRole('textbox', { name: 'What should people call you?' }).waitFor();
    expect(await barriers(page, 'link', TWO_LOOKS)).toEqual([]);
  });

  it('the incidents, and declaring one', async () => {
    const page = await inside('/');
    await page.getByRole('list', { name: 'Active incidents' }).waitFor();
    expect(await barriers(page, 'incidents')).toEqual([]);

    await page.keyboard.press('c');
    await page.getByRole('dialog', { name: 'Declare an incident' }).waitFor();
    expect(await barriers(page, 'declaring')).toEqual([]);

    await page.getByText('More', { exact: true }).click();
    await page.getByRole('radio', { name: 'To be triaged' }).waitFor();
    expect(await barriers(page, 'declaring, more', NARROW)).toEqual([]);
  });

  it('help and settings', async () => {
    const page = await inside('/');
    await page.getByRole('button', { name: 'Help and settings' }).click();
    await page.getByRole('dialog', { name: 'Help and settings' }).waitFor();
    expect(await barriers(page, 'help', TWO_LOOKS)).toEqual([]);
  });

  it('the room', async () => {
    const page = await inside(`/i/${incident}`);
    await new RoomPage(page).message('select count(*) from pool_waits').waitFor();
    expect(await barriers(page, 'room')).toEqual([]);
  });

  it.each([
    ['SEV3, change severity', 'How bad is it?'],
    ['Investigating, change status', 'Where does it stand?'],
    ['Resolve', /^Resolve INC-\d+$/],
  ])('changing by "%s"', async (button, dialog) => {
    const page = await inside(`/i/${incident}`);
    const room = new RoomPage(page);
    await room.press(button);
    await room.dialog(dialog).waitFor();
    expect(await barriers(page, button, TWO_LOOKS)).toEqual([]);
  });

  it('calling a team in', async () => {
    const page = await inside(`/i/${incident}`);
    const room = new RoomPage(page);
    await room.press('Change who takes part');
    await room.dialog('Who takes part?').getByText('Add a team').click();
    await room.dialog('Who takes part?').getByText('Payments, on call').click();
    expect(await barriers(page, 'people, a team', NARROW)).toEqual([]);
  });

  it('what a role asks, and the card of whoever takes it over, in both rooms', async () => {
    const page = await inside(`/i/${incident}`);
    const room = new RoomPage(page);
    await invited(stage, await inside('/'), 'Bo Lindqvist');
    await ask(page, 'POST', `/api/v1/incidents/${incident}/commands`, {
      id: crypto.randomUUID(),
      type: 'add',
      body: { person: 'Bo Lindqvist' },
    });
    await room.press('Take Communications');
    await room.press('Ana Ruiz, change communications');
    await room.dialog('Communications: who?').getByText('Bo Lindqvist').click();
    expect(await barriers(page, 'a role', NARROW)).toEqual([]);

    await room.dialog('Communications: who?').getByRole('button', { name: 'Change communications' }).click();
    const card = room.log.getByRole('article').filter({ hasText: 'Bo Lindqvist has the role Communications, handed over by Ana Ruiz' });
    await card.getByRole('definition').first().waitFor();
    expect(await barriers(page, 'hand-over', NARROW)).toEqual([]);

    await page.goto(`/lite/i/${incident}`);
    await page.getByText('Bo Lindqvist has the role Communications, handed over by Ana Ruiz').waitFor();
    expect(await barriers(page, 'hand-over, plain', NARROW)).toEqual([]);
  });

  it.each([
    '/lite',
    '/declare',
    '/adapters/slack/setup',
    '/operations',
    '/drill',
    '/settings',
    '/settings/tokens',
    '/settings/teams',
    '/settings/webhooks',
    '/settings/notices',
    '/settings/mail',
    '/settings/statuses',
    '/settings/announcements',
    '/settings/archiving',
    '/settings/sheet',
    '/settings/roles',
    '/settings/people',
    '/settings/people/joins',
  ])('the page %s, which needs no script', async (path) => {
    const page = await inside(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await barriers(page, path, path === '/settings/people/joins' ? EVERY_LOOK : TWO_LOOKS)).toEqual([]);
  });

  it('the form that begins a drill', async () => {
    await stage.twoChats(true);
    const page = await inside('/drill');
    await page.getByRole('combobox', { name: 'Which chat?' }).waitFor();
    expect(await barriers(page, 'beginning a drill', TWO_LOOKS)).toEqual([]);
    await stage.twoChats(false);
  });

  it('the report of a drill', async () => {
    const page = await inside(`/drill/${await stage.aDrillThatWas()}`);
    await page.getByRole('heading', { name: '1 of 2 goals kept' }).waitFor();
    expect(await barriers(page, 'drill', TWO_LOOKS)).toEqual([]);
  });

  it('a token that was made just now', async () => {
    const page = await inside('/settings/tokens');
    await page.getByLabel('What is it for?').fill('Deploys');
    await page.getByRole('button', { name: 'Make a token' }).click();
    await page.getByLabel(/^Copy this token now/).waitFor();
    expect(await barriers(page, 'token made', TWO_LOOKS)).toEqual([]);
  });

  it('a sheet with codes that were made just now, which is printed on one page', async () => {
    const page = await inside('/sheet');
    await page.getByRole('button', { name: 'Make ten new codes' }).click();
    await page.getByRole('heading', { name: 'Codes' }).waitFor();
    expect(await barriers(page, 'sheet', TWO_LOOKS)).toEqual([]);

    const paper = (await page.pdf({ format: 'A4' })).toString('latin1');
    expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  });

  it('a webhook that was made just now, and its page', async () => {
    const page = await inside('/settings/webhooks');
    await page.getByText('Only some of what happens').click();
    await page.getByLabel('What is it for?').fill('Board');
    await page.getByLabel('Its address').fill('https://example.com/');
    await page.getByRole('button', { name: 'Make a webhook' }).click();
    await page.getByLabel(/^Copy this secret now/).waitFor();
    expect(await barriers(page, 'webhook made', TWO_LOOKS)).toEqual([]);

    await page.getByRole('link', { name: 'Go on to the webhook' }).click();
    await page.getByRole('heading', { level: 1, name: 'Board' }).waitFor();
    for (const more of await page.locator('summary').all()) await more.click();
    expect(await barriers(page, 'webhook', TWO_LOOKS)).toEqual([]);
  });

  it('the room that needs no script, its forms open', async () => {
    const page = await inside(`/lite/i/${incident}`);
    for (const form of await page.locator('summary').all()) await form.click();
    expect(await barriers(page, 'plain room')).toEqual([]);
  });

  it('practice: while it talks, while Slack is broken, and its result', async () => {
    visitor = await stage.visitor();
    const practice = await PracticePage.talking(visitor, stage.practiceLink);
    const { page } = practice;
    await practice.room.getByRole('article').first().waitFor();
    expect(await barriers(page, 'practice', TWO_LOOKS)).toEqual([]);

    await practice.press('Say something');
    await practice.press('Break Slack');
    await page
      .getByText(/Slack tells Muster nothing since/)
      .first()
      .waitFor({ timeout: 30_000 });
    expect(await barriers(page, 'practice, broken')).toEqual([]);

    await page.getByText('Everything is faster here than for real').click();
    await practice.press('Bring it back');
    await page.getByText('0 lost, 0 twice.').waitFor({ timeout: 60_000 });
    expect(await barriers(page, 'practice, its result', TWO_LOOKS)).toEqual([]);
  });
});
