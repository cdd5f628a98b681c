import type { Locator, Page } from 'playwright-core';

/** An incident's room, as a responder uses it. */
export class RoomPage {
  readonly log: Locator;
  readonly box: Locator;
  readonly header: Locator;

  constructor(readonly page: Page) {
    this.log = page.getByRole('log', { name: 'Messages' });
    this.box = page.getByRole('textbox', { name: 'Message' });
    this.header = page.getByRole('banner');
  }

  async write(text: string): Promise<void> {
    await this.box.fill(text);
    await this.box.press('Enter');
  }

  message(text: string): Locator {
    return this.log.getByRole('article').filter({ has: this.page.getByText(text, { exact: true }) });
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).and(this.page.locator(':visible')).click();
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name });
  }
}

/** Goes through the links and buttons of a page with Tab until it stands on this one. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let step = 0; step < 60; step++) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${target}.`);
}
