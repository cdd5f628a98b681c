import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../rules/planted.ts';
import { blocks } from './blocks.ts';

/** A project of its own: `test/repository/packages` makes it, and runs what it says. */
const PROJECT = 'docs/write-an-adapter.md';

describe('What the documents tell people to run', () => {
  const written = blocks().filter(({ document }) => document !== PROJECT);

  it('is there', () => {
    expect(written.map(({ document }) => document)).toEqual(expect.arrayContaining(['README.md', 'adapters/slack/README.md']));
  });

  it('is a script of the package, where npm is asked', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    const asked = written
      .filter(({ language }) => language === 'sh')
      .flatMap(({ document, code }) => [...code.matchAll(/\bnpm (?:run )?([\w-]+)/g)].map(([, script]) => ({ document, script })));

    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter(({ script }) => !(script! in scripts))).toEqual([]);
  });

  it('compiles, where it is TypeScript', () => {
    const code = new Map(
      written.filter(({ language }) => language === 'ts').map((block) => [join(ROOT, `${block.document}.${block.line}.ts`), block.code]),
    );
    expect(code.size).toBeGreaterThan(0);

    expect(mistakesIn(code)).toEqual([]);
  }, 60_000);

  it('would be reported if it did not compile', () => {
    expect(mistakesIn(new Map([[join(ROOT, 'README.md.1.ts'), `const room: number = 'a room';`]]))).toEqual([
      expect.stringContaining(`README.md.1.ts: Type 'string' is not assignable to type 'number'.`),
    ]);
  }, 60_000);
});

/** What the compiler says of files that exist in memory only, under the project's own settings. */
function mistakesIn(code: ReadonlyMap<string, string>): string[] {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent({ ...config.config, include: [], files: [] }, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (path) => code.get(path) ?? readFile.call(host, path);
  host.fileExists = (path) => code.has(path) || fileExists.call(host, path);
  const program = ts.createProgram([...code.keys()], { ...options, noEmit: true, incremental: false }, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ file, messageText }) => `${file?.fileName.slice(ROOT.length) ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}
