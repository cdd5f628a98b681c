import { chromium, type Browser } from 'playwright-core';

/** The browser that the run has found. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.TEST_BROWSER,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
    headless: true,
  });
}
