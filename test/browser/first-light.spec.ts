import type { BrowserContext, Page } from 'playwright-core';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import type { Me, RoomSnapshot } from '#libs/war-room-protocol/views';
import { until } from '#test/support/until';
import { ask, declare, invited, signIn } from './support/people.ts';
import { RoomPage, tabTo } from './support/room-page.ts';
import { useStage } from './support/stage.ts';

import.meta.jest.setTimeout(120_000);

/** As Muster answers while its database is away: test/api/slack-database-away.spec.ts. */
const AWAY = { status: 503, contentType: 'application/problem+json', body: '{"detail":"The database does not answer."}' };

/** Whether one of the rooms that this browser keeps has these words in it. */
const roomKeptWith = (words: string): string => `new Promise((resolve) => {
  const opening = indexedDB.open('muster.rooms');
  opening.onupgradeneeded = () => opening.transaction.abort();
  opening.onerror = () => resolve(false);
  opening.onsuccess = () => {
    const asking = opening.result.transaction('rooms').objectStore('rooms').getAll();
    asking.onsuccess = () => resolve(JSON.stringify(asking.result).includes('${words}'));
  };
})`;

describe('Coming in', () => {
  const stage = useStage();

  it('works by the printed link once, which looking at it does not use up', async () => {
    const visitor = await stage.visitor();
    await visitor.open(stage.signInLink);

    const page = await signIn(visitor, stage.signInLink, 'Ana Ruiz');
    await page.getByRole('heading', { name: 'Nothing is going on' }).waitFor();
    const late = await (await stage.visitor()).open(stage.signInLink);

    expect(await late.getByText('This link has been used or has run out.').count()).toBe(1);
    expect(await late.getByRole('button', { name: /^Sign in/ }).count()).toBe(0);
  });

  it('brings whoever follows a link to a room without a session to the doors', async () => {
    const page = await (await stage.visitor()).open('/i/INC-1');

    expect(new URL(page.url()).pathname).toBe('/sign-in');
    expect(await page.getByText('npm run sign-in').count()).toBe(1);
  });
});

describe('Working an incident', () => {
  const stage = useStage();
  let session: Awaited<ReturnType<BrowserContext['storageState']>>;
  beforeAll(async () => {
    session = await (await signIn(await stage.visitor(), stage.signInLink, 'Ana Ruiz')).context().storageState();
  });

  const ana = async (): Promise<Page> => (await stage.visitor({ storageState: session })).open('/');
  const anaIn = async (incident: string): Promise<RoomPage> =>
    new RoomPage(await (await stage.visitor({ storageState: session })).open(`/i/${incident}`));

  it('goes from nothing to a resolved incident by the keyboard alone', async () => {
    const page = await ana();
    const room = new RoomPage(page);

    await page.getByRole('heading', { name: 'Incidents', exact: true }).waitFor();
    await page.keyboard.press('c');
    await room.dialog('Declare an incident').waitFor();
    await page.keyboard.type('Checkout is failing');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^INC-\d+ Checkout is failing$/ }).waitFor();

    await tabTo(page, room.box);
    await page.keyboard.type('Pool wait is at 4.2 s.');
    await page.keyboard.press('Enter');
    await room.message('Pool wait is at 4.2 s.').getByText('· Sent').waitFor();

    await tabTo(page, page.getByRole('button', { name: 'SEV3, change severity' }));
    await page.keyboard.press('Enter');
    await room.dialog('How bad is it?').waitFor();
    for (const key of ['ArrowUp', 'ArrowUp', 'Tab']) await page.keyboard.press(key);
    await page.keyboard.type('All cards are refused');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'SEV1, change severity' }).waitFor();
    await room.log.getByText(/All cards are refused/).waitFor();
    await room.dialog('How bad is it?').waitFor({ state: 'detached' });

    await tabTo(page, page.getByRole('button', { name: 'Take the lead' }));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Ana Ruiz, change lead' }).waitFor();

    await tabTo(page, page.getByRole('button', { name: 'Resolve', exact: true }));
    await page.keyboard.press('Enter');
    const sentence = room.dialog(/^Resolve INC-\d+$/).getByRole('textbox');
    await until('one can type', () => sentence.evaluate((box) => box === box.ownerDocument.activeElement));
    await page.keyboard.type('We alert on pool saturation now.');
    await tabTo(page, room.dialog(/^Resolve/).getByRole('button', { name: 'Resolve' }));
    await page.keyboard.press('Enter');
    await room.header.getByText('Resolved').waitFor();

    await page.keyboard.press('Escape');
    await page.goto('/');
    const resolved = page.getByRole('list', { name: 'Recently ended' }).getByRole('listitem');
    await resolved.filter({ hasText: 'Checkout is failing' }).getByText('We alert on pool saturation now.').waitFor();
  });

  it('takes the first click on the button after a correction', async () => {
    const page = await ana();
    const room = new RoomPage(page);
    await declare(page, 'Search answers in four seconds');
    await room.press('Resolve');
    const dialog = room.dialog(/^Resolve/);
    const why = dialog.getByText('Write one sentence.');
    const resolve = dialog.getByRole('button', { name: 'Resolve' });

    await resolve.click();
    await why.waitFor();
    await page.keyboard.type('We cache the index now.');
    const before = await resolve.boundingBox();
    await page.mouse.move(before!.x + 5, before!.y + 5);
    await page.mouse.down();

    expect(await why.count()).toBe(0);
    expect(await resolve.boundingBox()).toEqual(before);
    await page.mouse.up();
    await room.header.getByText('Resolved').waitFor();
  });

  it('goes through the buttons of a dialog in the order in which they are seen', async () => {
    const page = await ana();
    const room = new RoomPage(page);
    await page.getByRole('button', { name: 'Declare' }).click();
    const dialog = room.dialog('Declare an incident');
    const [declares, cancels] = ['Declare', 'Cancel'].map((name) => dialog.getByRole('button', { name }));

    await tabTo(page, declares!);
    await page.keyboard.press('Tab');

    expect(await cancels!.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true);
    expect((await cancels!.boundingBox())!.x).toBeGreaterThan((await declares!.boundingBox())!.x);
  });

  it('keeps what is not sent yet through a reload', async () => {
    const page = await ana();
    const room = new RoomPage(page);
    await declare(page, 'Search is slow');

    await room.box.fill('Half a thought');
    await page.reload();

    await room.box.waitFor();
    expect(await room.box.inputValue()).toBe('Half a thought');
    await room.box.press('Enter');
    await room.message('Half a thought').getByText('· Sent').waitFor();
    await page.reload();
    await room.message('Half a thought').waitFor();
    expect(await room.box.inputValue()).toBe('');
  });

  it('gives a refused command back to be put right, at the place where it was refused', async () => {
    const page = await ana();
    const room = new RoomPage(page);
    await declare(page, 'Photos do not load');

    await room.write('/status fixd');
    await room.log.getByText(/^Not done: There is no status "fixd"/).waitFor();
    await room.write('Looking at the CDN.');
    await room.message('Looking at the CDN.').getByText('· Sent').waitFor();
    expect((await room.log.getByRole('article').allTextContents()).at(-1)).toContain('Looking at the CDN.');
    await room.press('Edit');

    expect(await room.box.inputValue()).toBe('/status fixd');
    await page.getByText('investigating, identified, fixing or monitoring').waitFor();
    await room.write('/status fixing');
    await page.getByRole('button', { name: 'Fixing, change status' }).waitFor();
    expect(await room.log.getByText('Not done').count()).toBe(0);
  });

  it('shows the beginning of an answer, and forgets what was refused once the same was done', async () => {
    const page = await ana();
    const room = new RoomPage(page);
    await declare(page, 'Carts are empty');
    await room.write('/status fixd');
    await room.log.getByText(/^Not done: There is no status "fixd"/).waitFor();

    await room.write('/help');
    const help = room.log.getByText('This incident. Replace what stands in <>:');
    await help.waitFor();
    await until('it is in sight', async () => {
      const [shown, view] = [await help.boundingBox(), await room.log.boundingBox()];
      return shown && view && shown.y >= view.y && shown.y < view.y + view.height;
    });

    await room.write('/status fixing');
    await page.getByRole('button', { name: 'Fixing, change status' }).waitFor();
    await room.log.getByText('Not done').waitFor({ state: 'detached' });
  });

  it('asks once before a status closes the incident', async () => {
    const page = await ana();
    const room = new RoomPage(page);
    await declare(page, 'It was the test account');
    await room.press('Investigating, change status');
    const dialog = room.dialog('Where does it stand?');

    await dialog.getByText('Canceled', { exact: true }).click();
    await dialog.getByRole('button', { name: 'Change status' }).click();
    await dialog.getByRole('alert').getByText('This closes the incident').waitFor();
    await dialog.getByText('Fixing', { exact: true }).click();
    expect(await dialog.getByRole('alert').count()).toBe(0);
    await dialog.getByText('Canceled', { exact: true }).click();
    await dialog.getByRole('button', { name: 'Change status' }).click();
    await dialog.getByRole('button', { name: 'Close the incident' }).click();

    await room.header.getByText('Canceled', { exact: true }).waitFor();
  });

  it('shows to each what the other writes and decides', async () => {
    const page = await ana();
    const hers = new RoomPage(page);
    const incident = await declare(page, 'Mails are late');
    const bo = await invited(stage, page, 'Bo Lindqvist');
    await bo.getByRole('link', { name: `${incident} Mails are late` }).click();
    const his = new RoomPage(bo);

    await hers.write('Who has seen the queue?');
    await his.message('Who has seen the queue?').waitFor();
    await his.write('It is at two million.');
    await hers.message('It is at two million.').getByText('Bo Lindqvist').waitFor();
    await his.press('Take the lead');

    await page.getByRole('button', { name: 'Bo Lindqvist, change lead' }).waitFor();
  });

  it('sends what was written while Muster was away, once and in order, when it is back', async () => {
    const page = await ana();
    const incident = await declare(page, 'Everything is down');
    const room = new RoomPage(page);
    const written = ['Is anybody there?', 'I restart the database.', 'It is back for me.'];
    await room.write('Before.');
    await room.message('Before.').getByText('· Sent').waitFor();

    await stage.stopMuster();
    await page.getByText(/No connection to Muster since \d\d:\d\d\./).waitFor({ timeout: 30_000 });
    for (const text of written) await room.write(text);
    await room.log.getByText('Waiting to send').nth(2).waitFor();
    await stage.startMuster();

    await page.getByText('No connection to Muster').waitFor({ state: 'detached', timeout: 60_000 });
    await room.message(written.at(-1)!).getByText('· Sent').waitFor();
    await room.message('Before.').getByText('· Sent').waitFor({ state: 'detached' });
    const other = await anaIn(incident);
    await other.message('It is back for me.').waitFor();
    const said = await other.log.getByRole('article').allTextContents();
    const order = ['Before.', ...written].map((text) => said.flatMap((row, at) => (row.includes(text) ? [at] : [])));
    expect(order.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
    expect(order.flat()).toEqual(order.flat().toSorted((a, b) => a - b));
  });

  it('shows in every tab what waits while the database is away, also after a reload, and sends it once and in order, also from the list of incidents', async () => {
    const page = await ana();
    const incident = await declare(page, 'Nothing is written down');
    const context = page.context();
    const taken: (string | null)[] = [];
    context.on('response', (response) => {
      if (response.url().endsWith('/commands') && response.ok()) taken.push(response.request().postData());
    });
    const [one, other] = [new RoomPage(page), new RoomPage(await context.newPage())];
    await other.page.goto(`/i/${incident}`);
    await one.write('Before.');
    await other.message('Before.').waitFor();
    const kept = (): Promise<boolean> => page.evaluate(roomKeptWith('Before.'));
    await until('the room is on the device', kept);
    const { person } = await ask<Me>(page, 'GET', '/api/v1/me');
    const { incident: facts } = await ask<RoomSnapshot>(page, 'GET', `/api/v1/incidents/${incident}/snapshot`);
    const older = {
      command: { id: '01979c6e-0000-7000-8000-000000000001', type: 'message', body: { text: 'From an older page.' } },
      writtenAt: facts.declaredAt,
      state: 'waiting',
    };
    const olderPlace = `muster.outgoing.${person.id}.${facts.id}.${older.command.id}`;

    await context.route('**/api/v1/**', (route) => (route.request().url().includes('/stream') ? route.fallback() : route.fulfill(AWAY)));
    await one.write('Is it the disk?');
    await other.message('Is it the disk?').getByText('Waiting to send').waitFor();
    await other.write('It is the disk.');
    await one.message('It is the disk.').getByText('Waiting to send').waitFor();
    await page.getByText(/Muster answers, but has taken nothing since/).waitFor();

    // Where a page of an older Muster kept it.
    await page.evaluate(`localStorage.setItem('${olderPlace}', '${JSON.stringify(older)}')`);
    await page.reload();
    await page.getByText(/This is what this device had at/).waitFor();
    await one.message('From an older page.').getByText('Waiting to send').waitFor();
    await one.message('Before.').waitFor();
    await one.message('It is the disk.').getByText('Waiting to send').waitFor();

    await context.unroute('**/api/v1/**');
    for (const { log } of [one, other]) await log.getByText('Waiting to send').first().waitFor({ state: 'detached', timeout: 30_000 });
    await page.getByText(/This is what this device had at/).waitFor({ state: 'detached', timeout: 30_000 });
    await other.page.close();

    await context.route('**/commands', (route) => route.fulfill(AWAY));
    await one.write('Said on the way out.');
    await one.message('Said on the way out.').getByText('Waiting to send').waitFor();
    await page.goto('/');
    await page.getByText('Not sent yet: 1 in').waitFor();
    await context.unroute('**/commands');
    await page.getByText('Not sent yet').waitFor({ state: 'detached', timeout: 30_000 });

    const { events } = await ask<{ events: RoomEvent[] }>(page, 'GET', `/api/v1/incidents/${incident}/events`);
    const said = events.flatMap((event) => (event.type === 'message.posted' ? [event.data.text] : []));
    expect(taken).toHaveLength(5);
    expect(said).toEqual(['Before.', 'From an older page.', 'Is it the disk?', 'It is the disk.', 'Said on the way out.']);
  });
});

describe('Where the page cannot start', () => {
  const stage = useStage();
  let session: Awaited<ReturnType<BrowserContext['storageState']>>;
  let incident: string;
  beforeAll(async () => {
    const page = await signIn(await stage.visitor(), stage.signInLink, 'Ana Ruiz');
    incident = await declare(page, 'Nobody can log in');
    session = await page.context().storageState();
  });

  const goOn = async (page: Page): Promise<void> => {
    await page.getByRole('link', { name: 'Go on with the plain page' }).click();
    await page.getByRole('heading', { name: `${incident} Nobody can log in` }).waitFor();
    await page.getByRole('textbox', { name: 'Write to the room' }).waitFor();
  };

  it('leads to the room that needs no script, at once where scripts are off', async () => {
    const page = await (await stage.visitor({ storageState: session, javaScriptEnabled: false })).open(`/i/${incident}`);

    expect((await page.getByRole('link', { name: 'Go on with the plain page' }).boundingBox())!.y).toBeLessThan(400);
    await goOn(page);
  });

  it('leads there too where the files of the page do not arrive', async () => {
    const visitor = await stage.visitor({ storageState: session });
    await visitor.context.route('**/assets/*.js', (route) => route.abort());
    const page = await visitor.open(`/i/${incident}`);
    await page.evaluate('for (const delay of document.getAnimations()) delay.finish()');

    await goOn(page);
  });
});
