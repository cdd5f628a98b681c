import type { BrowserContext, Locator, Page } from 'playwright-core';
import { until } from '#test/support/until';
import { declare, signIn } from './support/people.ts';
import { RoomPage, tabTo } from './support/room-page.ts';
import { useStage } from './support/stage.ts';

import.meta.jest.setTimeout(120_000);

const hasFocus = (locator: Locator): Promise<boolean> => locator.evaluate((element) => element === element.ownerDocument.activeElement);

describe('A dialog over the room', () => {
  const stage = useStage();
  let session: Awaited<ReturnType<BrowserContext['storageState']>>;
  let incident: string;
  let page: Page;
  let room: RoomPage;
  let changes: Locator;
  let dialog: Locator;
  beforeAll(async () => {
    const first = await signIn(await stage.visitor(), stage.signInLink, 'Ana Ruiz');
    incident = await declare(first, 'Checkout is failing');
    session = await first.context().storageState();
  });
  beforeEach(async () => {
    page = await (await stage.visitor({ storageState: session })).open(`/i/${incident}`);
    room = new RoomPage(page);
    changes = page.getByRole('button', { name: 'Edit title and summary' });
    dialog = room.dialog(`Edit ${incident}`);
    await tabTo(page, changes);
    await page.keyboard.press('Enter');
    await dialog.waitFor();
  });

  it('begins in its first field, goes with Escape, and leaves the focus where it was', async () => {
    expect(await hasFocus(dialog.getByRole('textbox', { name: 'What is broken?' }))).toBe(true);

    await page.keyboard.press('Escape');

    await dialog.waitFor({ state: 'detached' });
    await until('the focus is back', () => hasFocus(changes));
  });

  it('keeps Tab inside', async () => {
    for (let step = 0; step < 20; step++) {
      await page.keyboard.press('Tab');
      // Past its end Tab may leave for the browser's own bar, which counts as the page's body.
      expect(await page.evaluate(`document.activeElement === document.body || document.activeElement.closest('dialog') !== null`)).toBe(
        true,
      );
    }
  });

  it('goes with a press beside it, and not when words were marked as far as there', async () => {
    const title = (await dialog.getByRole('textbox', { name: 'What is broken?' }).boundingBox())!;
    await page.mouse.move(title.x + 40, title.y + 10);
    await page.mouse.down();
    await page.mouse.move(10, title.y + 10);
    await page.mouse.up();
    expect(await dialog.isVisible()).toBe(true);

    await page.mouse.click(10, title.y + 10);
    await dialog.waitFor({ state: 'detached' });
  });

  it('says what is missing in its own words, and goes to the field', async () => {
    const title = dialog.getByRole('textbox', { name: 'What is broken?' });
    await title.fill('');
    await tabTo(page, dialog.getByRole('button', { name: 'Cancel' }));
    await dialog.getByRole('button', { name: 'Save' }).click();

    await dialog.getByText('Say what is broken in a few words.').waitFor();
    expect(await hasFocus(title)).toBe(true);
    expect(await title.getAttribute('aria-invalid')).toBe('true');
  });
});
