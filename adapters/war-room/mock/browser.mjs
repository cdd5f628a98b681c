// One browser for the checks here: the system's Chromium when there is one, else the one that comes as a package.
import { existsSync } from 'node:fs';
import bundled from '@sparticuz/chromium';
import { chromium } from 'playwright-core';

export async function openBrowser() {
  const system = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
  // Not the package's own arguments: they make one process, which dies with its first context, and turn web security off.
  return chromium.launch({
    executablePath: system ?? (await bundled.executablePath()),
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    headless: true,
  });
}
