import { chromium, type Browser } from 'playwright-core';

// The package's own arguments make one process, which dies with its first context, and turn web security off.
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

/** The browser that the run has found (test/support/unpack-browser.mjs). */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.TEST_BROWSER, args: ARGUMENTS, headless: true });
}
