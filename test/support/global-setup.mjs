import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import findBrowser from './unpack-browser.mjs';

const LAUNCHER = new URL('../../dist/src/platform/database/embedded/launcher.js', import.meta.url);
const FAST_AND_UNSAFE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];
const PREFIX = 'muster-test-';

/**
 * One PostgreSQL for the whole run, thrown away afterwards. `TEST_PG_URL` is its address, ending in "/".
 * TEST_DATABASE_URL or DATABASE_URL name an installed server to use instead.
 */
export default async function setUp() {
  await findBrowser();
  const installed = process.env.TEST_DATABASE_URL ?? process.env.DATABASE_URL;
  if (installed) {
    process.env.TEST_PG_URL = new URL('/', installed).href;
    return;
  }
  if (!existsSync(LAUNCHER)) throw new Error('The product is not built. Run "npm run build", or "npm test", which does it by itself.');

  removeLeftovers();
  const { startEmbedded } = await import(LAUNCHER.href);
  const dataDir = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const database = await startEmbedded({ dataDir, flags: FAST_AND_UNSAFE, database: 'postgres' });
  process.env.TEST_PG_URL = new URL('/', database.url).href;
  globalThis.stopTestDatabase = async () => {
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** A run that was killed leaves a server behind; its folder's name says whose it was. */
function removeLeftovers() {
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name);
    const owner = Number(name.slice(PREFIX.length).split('-')[0]);
    if (!owner || isRunning(owner)) continue;
    try {
      const [pid] = readFileSync(join(folder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n');
      process.kill(Number(pid), 'SIGQUIT');
    } catch {
      // It ended with its run.
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
