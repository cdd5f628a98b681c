import type { Locator, Page } from 'playwright-core';
import { declare, signIn } from './support/people.ts';
import { RoomPage } from './support/room-page.ts';
import { useStage } from './support/stage.ts';

import.meta.jest.setTimeout(120_000);

describe('A part of the page that cannot be fetched', () => {
  const stage = useStage();
  const timeline = (page: Page): Locator => page.getByRole('region', { name: /Timeline/ });

  it('leaves the rest of the room in use, says what to do, and is there after a reload', async () => {
    const visitor = await stage.visitor();
    const page = await signIn(visitor, stage.signInLink, 'Ana Ruiz');
    await declare(page, 'Checkout is failing');
    await visitor.context.route('**/assets/timeline-*', (route) => route.abort('connectionrefused'));
    await page.reload();
    const room = new RoomPage(page);

    await room.write('I can still talk.');
    await room.message('I can still talk.').getByText('· Sent').waitFor();
    expect(await timeline(page).count()).toBe(0);
    await page.getByText(/A part of this page could not be fetched/).waitFor({ timeout: 30_000 });
    await visitor.context.unroute('**/assets/timeline-*');
    await page.getByRole('link', { name: 'Reload' }).click();

    await timeline(page).waitFor();
    expect(await page.getByText(/could not be fetched/).count()).toBe(0);
  });
});
