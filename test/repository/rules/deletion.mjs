// The deletion test: without adapters/slack, its line in src/composition and test/**/slack*, everything else still compiles.
// Types are enough: what the rest would import of Slack is a type error, and the words in between are the tests' business.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const KEPT = ['src', 'adapters', 'libs', 'test', 'scripts', 'package.json', 'tsconfig.json'];
const COMPOSITION = join('src', 'composition', 'chats.ts');
/** The line a platform: `async () => (await import('./slack.ts')).slack,` */
const LINE = /^.*import\('\.\/slack\.ts'\).*\n/m;

const copy = mkdtempSync(join(tmpdir(), 'muster-without-slack-'));
try {
  for (const name of KEPT)
    cpSync(join(ROOT, name), join(copy, name), { recursive: true, filter: (path) => !['node_modules', 'dist'].includes(basename(path)) });
  linkLibraries();
  process.exitCode = withoutSlack() && compiles() ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

/** Our own packages are links in node_modules; followed from there they would be the original's, so they are linked anew. */
function linkLibraries() {
  const target = join(copy, 'node_modules');
  const original = join(ROOT, 'node_modules');
  mkdirSync(join(target, '@musterhq'), { recursive: true });
  for (const name of readdirSync(original)) {
    if (!name.startsWith('.') && name !== '@musterhq') symlinkSync(join(original, name), join(target, name), 'junction');
  }
  for (const name of ['chat-port', 'adapter-testkit']) symlinkSync(join(copy, 'libs', name), join(target, '@musterhq', name), 'junction');
}

function withoutSlack() {
  const composition = readFileSync(join(copy, COMPOSITION), 'utf8');
  if (!LINE.test(composition)) {
    console.error(`${COMPOSITION} has no line "import('./slack.ts')". If Slack is composed in another way now, say so here too.`);
    return false;
  }
  writeFileSync(join(copy, COMPOSITION), composition.replace(LINE, ''));
  rmSync(join(copy, 'adapters', 'slack'), { recursive: true });
  for (const name of ['slack.ts', 'pretend-slack.ts']) rmSync(join(copy, 'src', 'composition', name));
  const named = readdirSync(join(copy, 'test'), { recursive: true }).filter((path) => basename(path).startsWith('slack'));
  for (const path of named) rmSync(join(copy, 'test', path), { recursive: true, force: true });
  return true;
}

function compiles() {
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.json', '--noEmit', '--incremental', 'false'], {
    cwd: copy,
    encoding: 'utf8',
  });
  if (status === 0) return true;
  console.error(
    `Without Slack this no longer compiles. What needs Slack belongs into adapters/slack, or into a test named slack*.\n${stdout}${stderr}`,
  );
  return false;
}
