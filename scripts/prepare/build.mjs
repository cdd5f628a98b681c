import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { filesIn, fingerprint } from './fingerprint.mjs';
import { inProject, isThere } from './project.mjs';
import { quietly } from './run.mjs';

const STAMPS = ['dist', '.built.json'];
const WEB = 'adapters/war-room/web';

const skip = (path) =>
  /(^|\/)(node_modules|dist|test)(\/|$)/.test(path) || /\.spec\.tsx?$/.test(path) || /\.md$/.test(path) || path.endsWith('.tsbuildinfo');
const skipWeb = (path) => skip(path) || path === WEB;

/**
 * What is built, in an order that respects who needs whom: a part waits for the parts in `after` when they are
 * stale too. `makes` must exist for the part to count as built.
 */
const PARTS = [
  library('chat-port', []),
  library('adapter-testkit', ['chat-port']),
  {
    name: 'server',
    after: [],
    inputs: ['src', 'adapters', 'libs', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
    skip: skipWeb,
    makes: 'dist/src/main.js',
    incremental: 'dist/.tsbuildinfo',
    build: () => compile('server', 'tsconfig.build.json'),
    tidy: tidyServer,
  },
  {
    name: 'page',
    after: [],
    inputs: [WEB, 'libs', 'tsconfig.json', 'package-lock.json'],
    skip,
    isPresent: () => isThere(WEB, 'vite.config.mts'),
    makes: 'dist/web/index.html',
    build: () => node('page', 'node_modules/vite/bin/vite.js', 'build', '--config', `${WEB}/vite.config.mts`),
  },
];

/** The parts whose sources are not the ones they were built from. */
export function staleParts() {
  const built = readStamps();
  return PARTS.filter((part) => part.isPresent?.() ?? true)
    .map((part) => ({ ...part, fingerprint: fingerprint(part.inputs, { skip: part.skip }) }))
    .filter((part) => built[part.name] !== part.fingerprint || !isThere(part.makes));
}

/** Independent parts at the same time. Each is stamped as soon as it is done: a failure of one does not cost the others. */
export async function build(parts) {
  const running = new Map();
  for (const part of parts)
    running.set(
      part.name,
      buildAfter(
        part,
        part.after.map((name) => running.get(name)),
      ),
    );
  const failure = (await Promise.allSettled(running.values())).find(({ status }) => status === 'rejected');
  if (failure) throw failure.reason;
}

async function buildAfter(part, others) {
  await Promise.all(others);
  // The compiler trusts its notes about what it wrote. Without the files they are wrong.
  if (part.incremental && !isThere(part.makes)) rmSync(inProject(part.incremental), { force: true });
  writeStamp(part.name, undefined);
  await part.build();
  part.tidy?.();
  writeStamp(part.name, part.fingerprint);
}

function library(name, after) {
  const folder = `libs/${name}`;
  return {
    name,
    after,
    inputs: [folder, ...after.map((other) => `libs/${other}`), 'tsconfig.json', 'package-lock.json'],
    skip,
    makes: `${folder}/dist/index.js`,
    incremental: `${folder}/dist/.tsbuildinfo`,
    build: () => compile(name, folder),
    tidy: () => removeOrphans(`${folder}/dist`, `${folder}/src`),
  };
}

/** What the compiler leaves to others: files that are not TypeScript (SQL, say) are copied, and those without a source go. */
function tidyServer() {
  for (const root of ['src', 'adapters', 'libs']) {
    for (const file of filesIn([root], { skip: skipWeb }).filter(isAsset)) {
      mkdirSync(dirname(inProject('dist', file)), { recursive: true });
      copyFileSync(inProject(file), inProject('dist', file));
    }
    removeOrphans(`dist/${root}`, root);
  }
}

function isAsset(file) {
  return !/\.(ts|tsx|mts)$/.test(file) && !/(^|\/)(package|tsconfig[^/]*)\.json$/.test(file);
}

function removeOrphans(outputs, sources) {
  const sourceOf = (file) => sources + file.slice(outputs.length);
  const isOrphan = (file) => {
    const source = sourceOf(file);
    const compiled = source.replace(/(\.d\.ts|\.js)(\.map)?$/, '');
    return compiled === source ? !isThere(source) : !['.ts', '.tsx', '.js'].some((ending) => isThere(compiled + ending));
  };
  for (const file of filesIn([outputs])
    .filter((one) => !one.endsWith('.tsbuildinfo'))
    .filter(isOrphan))
    rmSync(inProject(file), { force: true });
  removeEmptyFolders(inProject(outputs));
}

function removeEmptyFolders(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) if (entry.isDirectory()) removeEmptyFolders(`${folder}/${entry.name}`);
  if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}

function compile(name, project) {
  return node(name, 'node_modules/typescript/bin/tsc', '-p', project);
}

function node(name, program, ...args) {
  return quietly(`Building the ${name}`, process.execPath, [inProject(program), ...args], {
    logFile: inProject('dist', `build-${name}.log`),
  });
}

function readStamps() {
  try {
    return JSON.parse(readFileSync(inProject(...STAMPS), 'utf8'));
  } catch {
    return {};
  }
}

function writeStamp(name, value) {
  writeFileSync(inProject(...STAMPS), JSON.stringify({ ...readStamps(), [name]: value }, null, 2));
}
