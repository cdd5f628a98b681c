import packed from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

/** The browser that comes as a package, so that the page can be tried where no browser is installed. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await packed.executablePath(),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
    headless: true,
  });
}
