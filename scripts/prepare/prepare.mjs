import { mkdirSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { build, staleParts } from './build.mjs';
import { install, isInstalled } from './install.mjs';
import { whileLocked } from './lock.mjs';
import { inProject } from './project.mjs';
import { endTogether, Failed } from './run.mjs';
import { Stage } from './stage.mjs';

/**
 * Brings node_modules and dist up to date with the sources, with nothing but what Node itself brings.
 *
 * Does nothing, quickly, when nothing is stale. Two at once take turns, and the second then finds nothing to do.
 * What goes wrong is said in a few lines, and the process ends with exit code 1. With `everyStage` a stage that
 * had nothing to do gets its line too.
 */
export async function prepare({ everyStage = false } = {}) {
  const release = endTogether();
  try {
    mkdirSync(inProject('dist'), { recursive: true });
    if (isInstalled() && staleParts().length === 0) {
      if (everyStage) for (const name of ['Libraries', 'Product']) new Stage(name).done('up to date');
      return;
    }
    await whileLocked(inProject('dist', '.preparing'), () => installAndBuild(everyStage));
  } catch (error) {
    console.error(explanation(error));
    process.exit(1);
  } finally {
    await signalsAreHeard();
    release();
  }
}

/** A Ctrl-C in the middle of what was looked at in one go is told only when Node looks outside again: between two immediates. */
async function signalsAreHeard() {
  await setImmediate();
  await setImmediate();
}

async function installAndBuild(everyStage) {
  if (!isInstalled()) await stage('Libraries', 'installing', 'installed', install);
  else if (everyStage) new Stage('Libraries').done('up to date');

  const stale = staleParts();
  if (stale.length > 0) await stage('Product', 'building', 'built', () => build(stale));
  else if (everyStage) new Stage('Product').done('up to date');
}

async function stage(name, doing, done, work) {
  const line = new Stage(name, doing);
  try {
    await work();
    line.done(done);
  } catch (error) {
    line.done('failed');
    throw error;
  }
}

function explanation(error) {
  if (error instanceof Failed) return `\n${error.message}`;
  if (['EACCES', 'EROFS', 'EPERM'].includes(error.code))
    return `Muster cannot write to ${error.path} (${error.code}). The project's folder has to be writable, to install and build in.`;
  return error.stack;
}
