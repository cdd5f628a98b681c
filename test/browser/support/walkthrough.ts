import { join } from 'node:path';
import type { Page } from 'playwright-core';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'docs', 'walkthrough');

/** When pictures are wanted (PICTURES=1), one of this moment, for docs/walkthrough.md; `sign` waits for what passes quickly. */
export async function walkthrough(page: Page, name: string, sign?: string | RegExp): Promise<void> {
  if (!process.env['PICTURES']) return;
  if (sign) await page.getByText(sign).first().waitFor({ timeout: 30_000 });
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
}
