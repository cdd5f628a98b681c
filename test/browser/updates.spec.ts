import type { Page } from 'playwright-core';
import { until } from '#test/support/until';
import { declare, signIn } from './support/people.ts';
import { RoomPage } from './support/room-page.ts';
import { barriers, TWO_LOOKS } from './support/scan.ts';
import { useStage } from './support/stage.ts';

import.meta.jest.setTimeout(180_000);

describe('Telling where it stands', () => {
  const stage = useStage();

  it('shares an update in one form, counts down to the next, is asked for it when it is due, and puts that off', async () => {
    const visitor = await stage.visitor();
    const page = await signIn(visitor, stage.signInLink, 'Ana Ruiz');
    const incident = await declare(page, 'Checkout is failing');
    const room = new RoomPage(page);
    await room.press('Take the lead');
    await detail(page, /Next update in (29|30) min/).waitFor();

    await stage.nobodyLooksUntilTimePasses();
    await room.press('Share an update');
    const dialog = room.dialog('Share an update');
    await dialog.getByRole('button', { name: 'Share' }).click();
    await dialog.getByText('Say in a sentence where it stands, or change something below.').waitFor();
    await dialog.getByRole('textbox', { name: 'Where does it stand?' }).fill('Half of the cards are accepted again');
    await dialog.getByText('15 min', { exact: true }).click();
    await dialog.getByText('Fixing', { exact: true }).click();
    await dialog.getByText('SEV1 Critical').click();
    expect(await barriers(page, 'the form', TWO_LOOKS)).toEqual([]);
    await dialog.getByRole('button', { name: 'Share' }).click();

    await room.log
      .getByText(/^\d\d:\d\d Update by Ana Ruiz: Half of the cards are accepted again · SEV1 · Fixing · next update by \d\d:\d\d$/)
      .waitFor();
    await detail(page, /Ana Ruiz: Half of the cards are accepted again/).waitFor();
    await detail(page, /Next update in 1[45] min/).waitFor();
    await page.getByRole('button', { name: 'SEV1, change severity' }).waitFor();
    await page.getByRole('button', { name: 'Fixing, change status' }).waitFor();

    await stage.timePasses(incident, 20);
    const nudge = room.log.getByRole('article').filter({ hasText: /An update was due at \d\d:\d\d\. Where does it stand\?/ });
    await nudge.waitFor();
    expect(await barriers(page, 'a nudge', TWO_LOOKS)).toEqual([]);
    await nudge.getByRole('button', { name: 'Update' }).click();
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await page.reload();
    await detail(page, /Overdue by [45] min/).waitFor();

    await nudge.getByRole('button', { name: 'Snooze 10 min' }).press('Enter');
    await room.log.getByText(/The next update was put off by Ana Ruiz\. Muster asks again at \d\d:\d\d\./).waitFor();
    await detail(page, /Next update in (9|10) min/).waitFor();
    expect(await nudge.getByRole('button').count()).toBe(0);
    await until('it has the focus', () => nudge.evaluate((row) => row === row.ownerDocument.activeElement));
    expect(visitor.complaints()).toEqual([]);
  });
});

const detail = (page: Page, words: RegExp) => page.getByRole('complementary', { name: 'Details' }).getByText(words);
