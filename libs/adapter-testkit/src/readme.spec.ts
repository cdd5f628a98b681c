import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What the compiler has to say about one file that exists only here. */
function complaints(name: string, code: string): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    customConditions: ['source'],
    allowImportingTsExtensions: true,
    types: ['node'],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => path === name || fileExists(path);
  host.getSourceFile = (path, version) => (path === name ? ts.createSourceFile(name, code, version) : getSourceFile(path, version));
  const program = ts.createProgram([name], options, host);
  const source = program.getSourceFile(name);
  const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  return found.map((d) => ts.flattenDiagnosticMessageText(d.messageText, '\n'));
}

describe('Reading the README', () => {
  it('shows code that compiles', () => {
    const blocks = [...readFileSync(here('../README.md'), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code ?? '');

    expect(blocks.length).toBeGreaterThan(0);
    expect(blocks.flatMap((code, n) => complaints(here(`./readme-${n}.ts`), code))).toEqual([]);
  });
});
