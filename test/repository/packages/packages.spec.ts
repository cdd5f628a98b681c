import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const inProject = (...path: string[]): string => join(fileURLToPath(new URL('../../..', import.meta.url)), ...path);
const OURS = ['chat-port', 'adapter-testkit'];
/** What they need is taken from here as it is, so that nothing is fetched. */
const OTHERS = ['rxjs', 'fast-check', '@types/node'];

let folder: string;
let author: string;
const packed = (name: string, ...path: string[]): string => join(author, 'node_modules', '@musterhq', name, ...path);

/** Packs both, and installs them where an author of an adapter begins: in a folder with nothing in it. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-packages-'));
  author = join(folder, 'author');
  mkdirSync(author);
  const tarballs = run(folder, process.execPath, inProject('scripts', 'pack.mjs'), join(folder, 'packages'))
    .trim()
    .split('\n')
    .slice(-OURS.length);

  writeFileSync(join(author, 'package.json'), '{ "name": "an-adapter", "private": true, "type": "module" }');
  const options = ['--offline', '--ignore-scripts', '--no-audit', '--no-fund', `--cache=${join(folder, 'cache')}`];
  run(author, 'npm', 'install', ...options, ...tarballs, ...OTHERS.map((name) => inProject('node_modules', name)));
  for (const name of ['line-chat', 'main'])
    copyFileSync(inProject('test', 'repository', 'packages', `${name}.fixture.ts`), join(author, `${name}.fixture.ts`));
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('Writing an adapter against the packages', () => {
  it('needs nothing of this repository to compile, strictly and with the declarations looked at too', () => {
    const options = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node', '--outDir', 'compiled'];

    const said = run(author, process.execPath, inProject('node_modules', 'typescript', 'bin', 'tsc'), ...options, 'main.fixture.ts');

    expect(said).toBe('');
    expect(ran(join(author, 'compiled', 'main.fixture.js'))).toEqual({ lines: ['general: hello'], right: [], wrong: ['CP5'] });
  }, 120_000);

  it('can be made one file, which runs where nothing is installed', async () => {
    const outfile = join(folder, 'elsewhere', 'bundle.mjs');

    const { warnings } = await build({
      entryPoints: [join(author, 'main.fixture.ts')],
      absWorkingDir: author,
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      // Whoever takes sources where a package names them must find none.
      conditions: ['source'],
      logLevel: 'silent',
    });

    expect(warnings).toEqual([]);
    expect(ran(outfile)).toEqual({ lines: ['general: hello'], right: [], wrong: ['CP5'] });
  }, 60_000);
});

describe('What is in the packages', () => {
  it.each([
    ['chat-port', ['CONTRACT.md', 'LICENSE', 'README.md', 'dist', 'package.json']],
    ['adapter-testkit', ['LICENSE', 'README.md', 'dist', 'package.json']],
  ])('%s has its pages, its licence, and what was built', (name, expected) => {
    expect(readdirSync(packed(name)).sort()).toEqual(expected);
    expect(readFileSync(packed(name, 'LICENSE'), 'utf8')).toBe(readFileSync(inProject('LICENSE'), 'utf8'));
  });

  it.each(OURS)('%s has code with its types, and neither sources, tests nor what leads to them', (name) => {
    const files = readdirSync(packed(name, 'dist'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      statSync(packed(name, 'dist', file)).isFile(),
    );
    const code = files.filter((file) => file.endsWith('.js'));

    expect(code).toContain('index.js');
    expect(files.sort()).toEqual(code.flatMap((file) => [file, file.replace(/\.js$/, '.d.ts')]).sort());
    expect(files.filter((file) => file.includes('.spec.'))).toEqual([]);
    expect(code.filter((file) => readFileSync(packed(name, 'dist', file), 'utf8').includes('sourceMappingURL'))).toEqual([]);
    expect(readFileSync(packed(name, 'package.json'), 'utf8')).not.toContain('source');
  });

  it('says that the two belong to each other, by their numbers', () => {
    const [port, kit] = OURS.map((name) => JSON.parse(readFileSync(packed(name, 'package.json'), 'utf8')));

    expect(kit.peerDependencies['@musterhq/chat-port']).toBe(port.version);
    expect(kit.version).toBe(port.version);
  });
});

const ran = (file: string): unknown => JSON.parse(run(author, process.execPath, file));

function run(cwd: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stdout + stderr}`);
  return stdout;
}
