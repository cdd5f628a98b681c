import { copyFileSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from '../rules/planted.ts';
import { Author } from './author.ts';

const inProject = (...path: string[]): string => join(ROOT, ...path);
const OURS = ['chat-port', 'adapter-testkit'];

let author: Author;
const packed = (name: string, ...path: string[]): string => join(author.folder, 'node_modules', '@musterhq', name, ...path);

beforeAll(() => {
  author = new Author();
  author.write({ 'package.json': '{ "name": "an-adapter", "private": true, "type": "module" }' });
  author.install('rxjs', 'fast-check', '@types/node');
  for (const name of ['line-chat', 'main'])
    copyFileSync(inProject('test', 'repository', 'packages', `${name}.fixture.ts`), join(author.folder, `${name}.fixture.ts`));
}, 300_000);

afterAll(() => author.gone());

describe('Writing an adapter against the packages', () => {
  it('needs nothing of this repository to compile, strictly and with the declarations looked at too', () => {
    const options = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node', '--outDir', 'compiled'];

    const said = author.run(process.execPath, inProject('node_modules', 'typescript', 'bin', 'tsc'), ...options, 'main.fixture.ts');

    expect(said).toBe('');
    expect(ran(join(author.folder, 'compiled', 'main.fixture.js'))).toEqual({ lines: ['general: hello'], right: [], wrong: ['CP5'] });
  }, 120_000);

  it('can be made one file, which runs where nothing is installed', async () => {
    const outfile = join(author.around, 'elsewhere', 'bundle.mjs');

    const { warnings } = await build({
      entryPoints: [join(author.folder, 'main.fixture.ts')],
      absWorkingDir: author.folder,
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
    ['adapter-testkit', ['LICENSE', 'README.md', 'dist', 'package.json', 'write-an-adapter.md']],
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

  it.each(OURS)('%s has pages that lead to pages which are there', (name) => {
    const links = readdirSync(packed(name))
      .filter((file) => file.endsWith('.md'))
      .flatMap((page) => [...readFileSync(packed(name, page), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link = '']) => link));

    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !existsSync(packed(name, link)))).toEqual([]);
  });

  it('says that the two belong to each other, by their numbers', () => {
    const [port, kit] = OURS.map((name) => JSON.parse(readFileSync(packed(name, 'package.json'), 'utf8')));

    expect(kit.peerDependencies['@musterhq/chat-port']).toBe(port.version);
    expect(kit.version).toBe(port.version);
  });
});

const ran = (file: string): unknown => JSON.parse(author.run(process.execPath, file));
