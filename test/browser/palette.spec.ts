import type { BrowserContext, Locator, Page } from 'playwright-core';
import { until } from '#test/support/until';
import { declare, signIn } from './support/people.ts';
import { RoomPage } from './support/room-page.ts';
import { barriers } from './support/scan.ts';
import { useStage } from './support/stage.ts';

import.meta.jest.setTimeout(180_000);

const hasFocus = (locator: Locator): Promise<boolean> => locator.evaluate((element) => element === element.ownerDocument.activeElement);

/** Fetched once the room is quiet, and what was fetched has reached whoever waited for it. */
const PALETTE_IS_FETCHED = `(async () => {
  const file = () => performance.getEntriesByType('resource').find(({ name }) => /palette-dialog[^/]*[.]js$/.test(name))?.name;
  while (file() === undefined) await new Promise((on) => setTimeout(on, 20));
  await import(file());
  await new Promise((on) => setTimeout(on));
})()`;

describe('The palette, by keys alone', () => {
  const stage = useStage();
  let session: Awaited<ReturnType<BrowserContext['storageState']>>;
  let incident: string;
  let page: Page;
  let room: RoomPage;
  let palette: Locator;
  beforeAll(async () => {
    const first = await signIn(await stage.visitor(), stage.signInLink, 'Ana Ruiz');
    await declare(first, 'Mails are late');
    await first.goto('/');
    incident = await declare(first, 'Checkout is failing');
    const his = new RoomPage(first);
    await his.write('The pool of shard 7 is used up');
    await his.message('The pool of shard 7 is used up').getByText('· Sent').waitFor();
    session = await first.context().storageState();
  });
  beforeEach(async () => {
    const visitor = await stage.visitor({ storageState: session });
    page = await visitor.open(`/i/${incident}`);
    room = new RoomPage(page);
    palette = page.getByRole('dialog', { name: 'Commands and search' });
    await room.message('The pool of shard 7 is used up').waitFor();
  });

  /** Out of the page, and not only out of sight: a moment before, a key is still pressed in it. */
  const closed = (): Promise<void> => page.locator('dialog').waitFor({ state: 'detached' });
  const open = async (): Promise<void> => {
    await page.keyboard.press('Control+k');
    await palette.getByRole('combobox').waitFor();
  };
  const option = (name: RegExp): Locator => palette.getByRole('option', { name, selected: true });

  it('opens while one writes, and gives the box back as it was', async () => {
    await room.box.fill('Half a thought');
    await open();
    expect(await hasFocus(palette.getByRole('combobox'))).toBe(true);

    await page.keyboard.press('Escape');

    await palette.waitFor({ state: 'detached' });
    await until('the message box has the focus', () => hasFocus(room.box));
    expect(await room.box.inputValue()).toBe('Half a thought');
  });

  it('is there in the frame after the key, also the first time', async () => {
    await page.evaluate(PALETTE_IS_FETCHED);

    const isThere = await page.evaluate(`new Promise((tell) => {
      dispatchEvent(new KeyboardEvent('keydown', { key: 'k', code: 'KeyK', ctrlKey: true, bubbles: true, cancelable: true }));
      requestAnimationFrame(() => tell(document.querySelector('dialog [role=option]') !== null));
    })`);

    expect(isThere).toBe(true);
  });

  it('opens the form of a command, whose key it shows, and the key does the same', async () => {
    await open();
    await page.keyboard.type('how bad');
    await option(/^Change how bad it is \/severity s/).waitFor();
    await page.keyboard.press('Enter');
    await room.dialog('How bad is it?').waitFor();
    await page.keyboard.press('Escape');
    await closed();

    await page.locator('body').focus();
    await page.keyboard.press('s');
    await room.dialog('How bad is it?').waitFor();
    await page.keyboard.press('Escape');
    await closed();
    await page.keyboard.press('u');
    await room.dialog('Share an update').waitFor();
  });

  it('does a command as it is written in the room', async () => {
    await open();
    await page.keyboard.type('/stat');
    await page.keyboard.press('Enter');
    await room.dialog('Where does it stand?').waitFor();
    await page.keyboard.press('Escape');
    await closed();

    await open();
    await page.keyboard.type('/status fixing');
    await option(/\/status fixing/).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Fixing, change status' }).waitFor();
    await palette.waitFor({ state: 'detached' });
  });

  it('leads to what was said here', async () => {
    await open();
    await page.keyboard.type('shard pool');
    await option(/^Ana Ruiz: The pool of shard 7/).waitFor();
    await page.keyboard.press('Enter');

    await page.getByRole('article').and(page.locator('[data-linked]')).getByText('The pool of shard 7 is used up').waitFor();
    await until('its row has the focus', () => hasFocus(page.locator('[data-linked]')));
  });

  it('leads to another incident, and from anywhere to a search of all', async () => {
    await open();
    await page.keyboard.type('mails');
    await option(/INC-\d+ Mails are late/).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^INC-\d+ Mails are late$/ }).waitFor();

    await open();
    await page.keyboard.type('shard');
    await option(/^Search all incidents for “shard” \/find shard$/).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Search results' }).getByText('The pool of', { exact: false }).waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('shard');

    await open();
    await page.keyboard.type('declare');
    await page.keyboard.press('Enter');
    await room.dialog('Declare an incident').waitFor();
  });

  it('is for everybody, in both themes at every width, and says when nothing is like it', async () => {
    await open();
    expect(await barriers(page, 'palette')).toEqual([]);
    await page.keyboard.type('/zzz');
    await palette.getByRole('status').getByText('There is nothing like that.').waitFor();
    expect(await barriers(page, 'palette, nothing', [{ colorScheme: 'light', width: 320 }])).toEqual([]);
    await page.keyboard.press('Control+k');
    await palette.waitFor({ state: 'detached' });
  });
});
