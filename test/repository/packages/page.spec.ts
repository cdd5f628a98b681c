import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readChatsFile } from '#src/platform/chats/chats-file';
import { problemsOfConfig } from '#src/platform/chats/config-check';
import { pluginOf } from '#src/platform/chats/outside/thread/plugin';
import { blocksOf } from '../documents/blocks.ts';
import { ROOT } from '../rules/planted.ts';
import { Author } from './author.ts';

const PAGE = 'docs/write-an-adapter.md';
const page = readFileSync(join(ROOT, PAGE), 'utf8');
const blocks = blocksOf(PAGE, page);
const files = Object.fromEntries(blocks.flatMap(({ file, code }) => (file === undefined ? [] : [[file, code]])));
const commands = blocks
  .filter(({ language }) => language === 'sh')
  .flatMap(({ code }) => code.trim().split('\n'))
  .filter((command) => command !== 'npm install');

let author: Author;

/** Everything that the page gives and nothing else. What it has npm install is installed without the network. */
beforeAll(() => {
  author = new Author();
  author.write(files);
  author.install(...Object.keys(versionsIn(files['package.json'] ?? '{}')).filter((name) => !name.startsWith('@musterhq/')));
}, 120_000);

afterAll(() => author.gone());

/** What the commands of the page printed. */
const printed = new Map<string, string>();

function versionsIn(text: string): Record<string, string> {
  const { dependencies, devDependencies } = JSON.parse(text) as Record<string, Record<string, string>>;
  return { ...dependencies, ...devDependencies };
}

const typed = (command: string) => author.try('sh', '-c', command);

/** What comes of it while one thing in the compiled adapter is different. */
function changed<T>(file: string, right: string, wrong: string, work: () => T): T {
  const path = join(author.folder, 'dist', 'src', file);
  const before = readFileSync(path, 'utf8');
  expect(before).toContain(right);
  writeFileSync(path, before.replace(right, wrong));
  try {
    return work();
  } finally {
    writeFileSync(path, before);
  }
}

describe('Writing an adapter as docs/write-an-adapter.md says', () => {
  it('takes the packages by the names that they have', () => {
    for (const tarball of author.tarballs) expect(page).toContain(tarball);
  });

  it('has npm fetch what Muster itself is tried with', () => {
    const ours = versionsIn(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const theirs = Object.entries(versionsIn(files['package.json'] ?? '')).filter(([name]) => !name.startsWith('@musterhq/'));

    expect(theirs.map(([name, version]) => [name, version === ours[name] ? 'the same' : version])).toEqual(
      theirs.map(([name]) => [name, 'the same']),
    );
  });

  it('shows no code that is not a file of the adapter', () => {
    expect(blocks.filter(({ language, file }) => language !== 'sh' && file === undefined)).toEqual([]);
  });

  // Compiled first, because what is compiled is what is tried.
  it.each(commands.map((command) => [command]))(
    'goes on with %s',
    (command) => {
      const { status, output } = typed(command);
      printed.set(command, output);

      // A single mutant is planted to see the kit fail.
      expect({ status, output }).toEqual({ status: / --mutant /.test(command) ? 1 : 0, output: expect.any(String) });
    },
    120_000,
  );

  it('ends with an adapter that keeps the contract', () => {
    expect(printed.get('npm run kit')).toMatch(/^pigeon: \d{2,} passed, 0 failed, \d+ not applicable$/m);
  });

  it('is told of a mistake by the rule that it breaks', () => {
    const { status, output } = changed('decode.js', 'lane: room', 'lane: String(n)', () => typed('npm run kit -- --rule CP4'));

    expect(output).toMatch(/^CP4 +FAILED +messages of one room share a lane/m);
    expect(status).toBe(1);
  }, 120_000);

  it('keeps the rules also with messages as short as a text message', () => {
    const { status, output } = changed('render.js', 'LONGEST = 400', 'LONGEST = 160', () => typed('npm run kit -- --rule CP8'));

    expect({ status, output }).toEqual({ status: 0, output: expect.stringMatching(/^pigeon: \d+ passed, 0 failed/m) });
  }, 120_000);

  it('can be switched on by its package alone, with the file of chats that the page shows', async () => {
    const operator = author.publish('rxjs');
    writeFileSync(join(operator, 'chats.json'), files['chats.json'] ?? '');

    const { entries, problems } = await readChatsFile(join(operator, 'chats.json'));
    expect(problems).toEqual([]);
    expect(entries.map(({ id }) => id)).toEqual(['pigeon', 'pigeon-lab']);
    for (const { package: name = '', config } of entries) {
      const plugin = await pluginOf({ package: name, folders: [operator] });

      expect(plugin.name).toBe('Pigeon');
      expect(problemsOfConfig(plugin.config, config)).toEqual([]);
    }
    expect(readdirSync(join(operator, 'node_modules', 'muster-pigeon'), { recursive: true, encoding: 'utf8' })).not.toContain('dist/test');
  }, 120_000);

  it('is told by the compiler what does not fit', () => {
    author.write({ 'src/render.ts': (files['src/render.ts'] ?? '').replace("threads: 'none'", "threads: 'sometimes'") });

    const { status, output } = typed('npm run build');

    expect(output).toContain('src/render.ts');
    expect(output).toContain('\'"sometimes"\'');
    expect(status).not.toBe(0);
  }, 120_000);
});

describe('Trying an adapter that is not ready to be tried', () => {
  const kit = (...args: string[]) => author.try('npx', 'chatport-kit', ...args);

  it.each([
    [[], /^Name one adapter: npx chatport-kit FILE/],
    [['nowhere.js'], /^There is no file .*nowhere\.js\. Compile first/],
    [['tsconfig.json'], /tsconfig\.json does not load, so nothing was tried\./],
    [['dist/src/index.js'], /index\.js exports no suites\. It has to: export const SUITES = /],
    [['dist/test/suites.js', '--rule', 'CP99'], /^There is no rule CP99\. There are: CP1, /],
  ])('says what is missing: %j', (args, said) => {
    const { status, output } = kit(...args);

    expect(output).toMatch(said);
    expect(status).toBe(2);
  });

  it('reports what nobody caught as why its case failed, and goes on', () => {
    const start = "async (kit) => { void Promise.reject(new Error('left alone')); return mine.SUITES[0].start(kit); }";
    author.write({
      'stray.js': `import * as mine from './dist/test/suites.js'; export const SUITES = [{ name: 'mine', start: ${start} }];`,
    });

    const { status, output } = kit('stray.js', '--rule', 'CP12');

    expect(output).toContain('Nobody caught this error, in the adapter or in the simulator, and it would end the process: left alone');
    expect(output).toMatch(/^mine: 0 passed, \d+ failed \(CP12\), \d+ not applicable$/m);
    expect(status).toBe(1);
  });

  it('says that a harness does not start, and why', () => {
    author.write({ 'broken.js': "export const SUITES = [{ name: 'mine', start: async () => { throw new Error('no such port'); } }];" });

    const { status, output } = kit('broken.js');

    expect(output).toMatch(/^mine: its harness did not start, so nothing was tried\./);
    expect(output).toContain('no such port');
    expect(status).toBe(1);
  });
});
