import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';

const BEAT_MS = 1_000;
const SILENT_TOO_LONG_MS = 10_000;

/**
 * Runs the work while nobody else does. The holder touches the file each second; one that is dead, or has been
 * silent for ten seconds because its number now belongs to another process, is passed over.
 *
 * Simpler than the lock inside the product, and apart from it, because this one has to work before anything is built.
 */
export async function whileLocked(file, work) {
  for (let said = false; !take(file); said = true) {
    if (!said) console.log('  Another Muster is installing or building here; waiting for it.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const beat = setInterval(() => utimesSync(file, new Date(), new Date()), BEAT_MS);
  const release = () => {
    clearInterval(beat);
    rmSync(file, { force: true });
  };
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isAbandoned(file)) rmSync(file, { force: true });
    return false;
  }
}

function isAbandoned(file) {
  const touched = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (touched === undefined) return false;
  if (Date.now() - touched > SILENT_TOO_LONG_MS) return true;
  const pid = Number(readFileSync(file, 'utf8'));
  // Made a moment ago and not yet written to.
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}
