// The pictures of the README, of the product as it is: node test/browser/pictures.mjs
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { unpackBrowser } from '../support/unpack-browser.mjs';

const project = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(project, 'docs', 'pictures');
mkdirSync(folder, { recursive: true });
const data = mkdtempSync(join(tmpdir(), 'muster-pictures-'));
const there = {
  cwd: project,
  env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: await freePort(), MUSTER_DATA: data, MUSTER_PRINT_SIGN_IN: '1' },
};
const [, live] = / and (INC-\d+), /.exec(execFileSync(process.execPath, ['scripts/seed.mjs'], { ...there, encoding: 'utf8' }));
const muster = spawn(process.execPath, ['scripts/start.mjs'], { ...there, stdio: ['ignore', 'pipe', 'inherit'] });
const ended = new Promise((resolve) => muster.once('close', resolve));
const browser = await chromium.launch({ executablePath: await unpackBrowser(), args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark', reducedMotion: 'reduce' });
  page.setDefaultTimeout(60_000);
  const links = await printedLinks();
  await page.goto(links.practice);
  const slack = page.frameLocator('iframe[title="Pretend Slack"]');
  const press = (name) => page.getByRole('button', { name }).and(page.locator(':enabled')).click();
  const write = async (text) => {
    await page.getByRole('textbox', { name: 'Message' }).fill(text);
    await page.getByRole('textbox', { name: 'Message' }).press('Enter');
  };

  await press('Say something');
  await slack.getByText('I am looking at the deploy').waitFor();
  await slack.getByRole('button', { name: 'Take the lead' }).click();
  await write('/severity sev1 a third of all customers cannot pay');
  await page.getByRole('button', { name: 'SEV1, change severity' }).waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await press('Break Slack');
  await page.getByText('Slack is not answering since').first().waitFor();
  await write('We go on here. Bo, tell me when the rollback is through.');
  await page.getByRole('log', { name: 'Messages' }).getByText('Next update in ten minutes.').waitFor();
  await slack.getByText('Support says new tickets have stopped.').waitFor();
  await picture(page, 'practice');

  const somebody = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark', reducedMotion: 'reduce' });
  somebody.setDefaultTimeout(60_000);
  await somebody.goto(links.signIn);
  await somebody.getByRole('button', { name: /^Sign in/ }).click();
  await somebody.getByRole('list', { name: 'Recently ended' }).waitFor();
  await picture(somebody, 'incidents');
  await somebody.goto(new URL(`/i/${live}`, somebody.url()).href);
  await somebody.getByText('eu-west at 60 %, ap-south is waiting for it.').waitFor();
  await picture(somebody, 'room');
  await somebody.emulateMedia({ colorScheme: 'light' });
  await picture(somebody, 'room-light');
} finally {
  await browser.close();
  muster.kill('SIGINT');
  await ended;
  rmSync(data, { recursive: true, force: true });
}

/** Without a cursor, a focus ring or anything that is still fading. */
async function picture(page, name) {
  await page.evaluate('document.activeElement.blur()');
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
  console.log(`docs/pictures/${name}.png`);
}

async function printedLinks() {
  let said = '';
  for await (const text of muster.stdout.setEncoding('utf8')) {
    said += text;
    const practice = /^See it in two minutes: (\S+)$/m.exec(said)?.[1];
    const signIn = /^Start for real: (http\S+)$/m.exec(said)?.[1];
    if (practice && signIn && said.includes('Stop: Ctrl-C')) return { practice, signIn };
  }
  throw new Error(`Muster did not start:\n${said}`);
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}
