import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url));

/**
 * Where the browser is: the system's, else the one that comes as a package, which has to be unpacked once. That package unpacks into its
 * final place, and takes whatever lies there for whole: of two workers on a new machine one starts what the other still writes
 * ("spawn ETXTBSY"), and what a run that was killed has left is broken for good. So it is unpacked elsewhere, and moved when it is whole.
 */
export async function unpackBrowser() {
  const system = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));
  if (system) return system;
  const { version } = JSON.parse(readFileSync(join(MODULES, '@sparticuz/chromium/package.json'), 'utf8'));
  const folder = join(MODULES, '.cache', `browser-${version}`);
  if (!existsSync(folder)) await unpackTo(folder);
  return join(folder, 'chromium');
}

async function unpackTo(folder) {
  mkdirSync(join(folder, '..'), { recursive: true });
  const unfinished = mkdtempSync(`${folder}-`);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = unfinished;
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    await packed.executablePath();
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another run was quicker.
    if (!existsSync(folder)) throw error;
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** Jest's global setup, for tests without a database. `TEST_BROWSER` is the browser's path, in every worker. */
export default async function setUp() {
  process.env.TEST_BROWSER = await unpackBrowser();
}
