import { accessSync, constants, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, isAbsolute, join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { npm, ownEnvironment } from './npm.mjs';
import { inProject, isThere } from './project.mjs';
import { quietly } from './run.mjs';

const STAMP = ['node_modules', '.muster-installed'];
const DESCRIBED_IN = ['package.json', 'package-lock.json', '.npmrc', 'libs'];

/** True when node_modules is what package-lock.json says, whoever installed it. */
export function isInstalled() {
  if (!isThere('node_modules')) return false;
  const wanted = wantedFingerprint();
  if (isThere(...STAMP) && readFileSync(inProject(...STAMP), 'utf8') === wanted) return true;
  if (!matchesLockFile()) return false;
  stamp(wanted);
  return true;
}

/** Without install scripts, so without prompts: nothing here needs them. Works without a usable home folder. */
export async function install() {
  const temporary = homeIsUsable() ? undefined : mkdtempSync(join(tmpdir(), 'muster-npm-'));
  const [command, ...first] = npm();
  // Everything is built here, so the development libraries are needed whatever NODE_ENV or the user's npm settings say.
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--include=dev', '--include=optional', '--engine-strict=false'];
  try {
    await quietly('Installing the libraries', command, [...first, 'ci', ...options, ...(temporary ? [`--cache=${temporary}`] : [])], {
      logFile: inProject('dist', 'install.log'),
      env: { ...ownEnvironment(), ...(temporary && { HOME: temporary }) },
      hint: ' It needs the network, or a filled npm cache.',
    });
  } finally {
    if (temporary) rmSync(temporary, { recursive: true, force: true });
  }
  stamp(wantedFingerprint());
}

function wantedFingerprint() {
  const isOther = (path) => path.split('/').length > 2 && basename(path) !== 'package.json';
  const described = fingerprint(DESCRIBED_IN, { skip: (path) => isOther(path) || path.includes('/node_modules') });
  return `${process.platform}-${process.arch} ${described}`;
}

function stamp(wanted) {
  writeFileSync(inProject(...STAMP), wanted);
}

/** npm writes node_modules/.package-lock.json last, so an install that was killed half-way does not match. */
function matchesLockFile() {
  try {
    const wanted = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')).packages;
    const found = JSON.parse(readFileSync(inProject('node_modules', '.package-lock.json'), 'utf8')).packages;
    const isSame = (path) => found[path]?.version === wanted[path].version && found[path]?.integrity === wanted[path].integrity;
    return Object.keys(wanted)
      .filter((path) => path.startsWith('node_modules/'))
      .every((path) => isSame(path) || (wanted[path].optional && !found[path] && !suitsThisMachine(wanted[path])));
  } catch {
    return false;
  }
}

/** Made for this system and nothing but it. Optional ones without a system belong to others that were left out as well. */
function suitsThisMachine({ os, cpu, libc }) {
  return !libc && os?.includes(process.platform) && cpu?.includes(process.arch);
}

function homeIsUsable() {
  const home = homedir();
  const cache = process.env.npm_config_cache ?? join(home, '.npm');
  if (!isAbsolute(home) || !isAbsolute(cache)) return false;
  try {
    mkdirSync(cache, { recursive: true });
    for (const folder of [
      cache,
      ...readdirSync(cache)
        .filter((name) => name === '_cacache')
        .map((name) => join(cache, name)),
    ])
      accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
