import type { BrowserContext } from 'playwright-core';
import { until } from '#test/support/until';
import { declare, signIn } from './support/people.ts';
import { RoomPage } from './support/room-page.ts';
import { barriers } from './support/scan.ts';
import { useStage } from './support/stage.ts';

import.meta.jest.setTimeout(180_000);

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

describe('Adding files in the room', () => {
  const stage = useStage();
  let session: Awaited<ReturnType<BrowserContext['storageState']>>;
  beforeAll(async () => {
    const page = await signIn(await stage.visitor(), stage.signInLink, 'Ana Ruiz');
    session = await page.context().storageState();
    await page.context().close();
  });

  it('asks what a picture shows, sends it with the message, shows it to everyone, and takes it away again', async () => {
    const visitor = await stage.visitor({ storageState: session });
    const page = await visitor.open('/');
    await declare(page, 'Checkout is failing');
    const room = new RoomPage(page);
    await page.getByRole('button', { name: 'Attach a file' }).waitFor();

    await page.locator('input[type=file]').setInputFiles({ name: 'graph.png', mimeType: 'image/png', buffer: PNG });
    await page.getByRole('textbox', { name: /What does it show/ }).fill('Errors rise at 10:04');
    const attaching = await barriers(page, 'attaching');
    await room.write('Look at this');

    const picture = page.getByRole('log').getByRole('img', { name: 'Errors rise at 10:04' });
    await picture.waitFor();
    await room.message('Look at this').waitFor();
    const drawn = `[...document.querySelectorAll('[role=log] img')].every((picture) => picture.naturalWidth > 0)`;
    // Not waitForFunction: asked a second time, it evaluates words in the page, which the page's policy refuses.
    await until('the picture is drawn', () => page.evaluate<boolean>(drawn));
    expect(attaching).toEqual([]);
    expect(await barriers(page, 'files')).toEqual([]);

    await page.getByRole('button', { name: 'Remove graph.png' }).click();
    await page.getByRole('button', { name: 'Remove for good' }).click();
    await page.getByText('graph.png was removed.').waitFor();
    await until('the picture is gone', async () => (await picture.count()) === 0);
    expect(visitor.complaints()).toEqual([]);
  });

  it('takes what is pasted, and says why a file was not added', async () => {
    const visitor = await stage.visitor({ storageState: session });
    const page = await visitor.open('/');
    await declare(page, 'Checkout is failing');
    await page.getByRole('button', { name: 'Attach a file' }).waitFor();

    await page.evaluate(`(() => {
      const data = new DataTransfer();
      data.items.add(new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'drawing.png', { type: 'image/png' }));
      const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      document.querySelector('textarea[aria-label=Message]').dispatchEvent(paste);
    })()`);
    await page.getByRole('button', { name: 'Add it to the room' }).click();

    await page.getByRole('listitem').getByText('Not added. This is an SVG drawing').waitFor();
    await page.getByRole('button', { name: 'Leave out drawing.png' }).click();
    expect(await page.getByRole('list', { name: 'Files to add' }).count()).toBe(0);
  });
});
