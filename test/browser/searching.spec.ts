import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { signIn } from './support/people.ts';
import { tabTo } from './support/room-page.ts';
import { barriers } from './support/scan.ts';
import { useStage } from './support/stage.ts';

import.meta.jest.setTimeout(120_000);

describe('Searching in the list of incidents', () => {
  const stage = useStage();

  /** As the page itself would. */
  async function asks(page: Page, path: string, data: object): Promise<{ number: string }> {
    const headers = { 'idempotency-key': randomUUID(), origin: new URL(page.url()).origin, 'sec-fetch-site': 'same-origin' };
    return (await page.request.post(path, { data, headers })).json() as Promise<{ number: string }>;
  }

  it('finds by the keyboard alone what was said, marks it, turns pages, keeps what was found when one fails, forgives typing errors, and gives the list back', async () => {
    const page = await signIn(await stage.visitor(), stage.signInLink, 'Ana Ruiz');
    const { number } = await asks(page, '/api/v1/incidents', { title: 'Walrus cluster is slow', severity: 'SEV2' });
    for (let n = 1; n <= 22; n++)
      await asks(page, `/api/v1/incidents/${number}/commands`, {
        id: randomUUID(),
        type: 'message',
        body: { text: `Restarting walrus ${n}` },
      });
    const results = page.getByRole('region', { name: 'Search results' });
    await page.getByRole('list', { name: 'Active incidents' }).waitFor();

    await page.keyboard.press('/');
    await page.keyboard.type('walrus');
    await results.getByText('20 or more found').waitFor();
    expect(await results.getByRole('listitem').first().locator('mark').first().textContent()).toBe('Walrus');
    expect(await page.getByRole('list', { name: 'Active incidents' }).count()).toBe(0);
    expect(await barriers(page, 'search')).toEqual([]);

    await tabTo(page, results.getByRole('button', { name: 'More results' }));
    await page.route('**/api/v1/search?*after=*', (route) => route.abort());
    await page.keyboard.press('Enter');
    await results.getByRole('alert').getByText('The next results did not come.').waitFor();
    expect(await results.getByRole('listitem').count()).toBe(20);
    expect(await barriers(page, 'search without its next page')).toEqual([]);
    await page.unroute('**/api/v1/search?*after=*');
    await tabTo(page, results.getByRole('button', { name: 'Try again' }));
    await page.keyboard.press('Enter');
    await results.getByText('23 found', { exact: true }).waitFor();
    expect(await results.getByRole('listitem').count()).toBe(23);

    const box = page.getByRole('searchbox');
    await box.fill('walruss restarting');
    await results.getByText('Nothing has these words as you spelled them.').waitFor();
    expect(await results.getByRole('listitem').count()).toBe(20);
    await box.fill('zyxwvutsrq');
    await results.getByText('Nothing was found.').waitFor();

    await box.press('Escape');
    await page.getByRole('list', { name: 'Active incidents' }).waitFor();
    expect(await box.inputValue()).toBe('');

    await box.fill('"walrus 7"');
    await results
      .getByRole('link', { name: `${number} Walrus cluster is slow` })
      .first()
      .click();
    await page.waitForURL(`**/i/${number}#m*`);
    await page.getByRole('article').and(page.locator('[data-linked]')).getByText('Restarting walrus 7', { exact: true }).waitFor();
    await page.goBack();
    await box.fill('"walrus 9"');
    await results.getByRole('link', { name: /^Read on from here/ }).click();
    await page.getByRole('article').and(page.locator('[data-linked]')).getByText('Restarting walrus 9', { exact: true }).waitFor();
    await page.goBack();
    await box.fill(number);
    await results
      .getByRole('link', { name: `${number} Walrus cluster is slow` })
      .first()
      .click();
    await page.waitForURL(`**/i/${number}`);
  });
});
