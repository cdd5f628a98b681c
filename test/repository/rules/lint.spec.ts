import { symlinkSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Planted, ROOT } from './planted.ts';

import.meta.jest.setTimeout(60_000);

interface Mistake {
  readonly title: string;
  readonly path: string;
  readonly code: string;
  readonly rule: string;
}

const LATER = 'const later = async (): Promise<void> => undefined;\n';
const restricted = 'no-restricted-syntax';

const MISTAKES: readonly Mistake[] = [
  {
    title: 'a promise that nobody waits for',
    path: 'src/rooms/floats.ts',
    code: `${LATER}later();\n`,
    rule: '@typescript-eslint/no-floating-promises',
  },
  {
    title: 'one in the page',
    path: 'adapters/war-room/web/src/floats.tsx',
    code: `${LATER}later();\n`,
    rule: '@typescript-eslint/no-floating-promises',
  },
  {
    title: 'a promise taken for a yes',
    path: 'src/rooms/asks.ts',
    code: `${LATER}export const yes = later() ? 1 : 2;\n`,
    rule: '@typescript-eslint/no-misused-promises',
  },
  {
    title: 'a choice that forgets a case',
    path: 'src/rooms/chooses.ts',
    code: `export function say(state: 'up' | 'down'): void {\n  switch (state) {\n    case 'up':\n      console.log(state);\n  }\n}\n`,
    rule: '@typescript-eslint/switch-exhaustiveness-check',
  },
  { title: 'reading the environment', path: 'src/rooms/reads.ts', code: `export const home = process.env['HOME'];\n`, rule: restricted },
  { title: 'reading all of it', path: 'adapters/slack/src/reads.ts', code: `export const { HOME } = process.env;\n`, rule: restricted },
  {
    title: 'reading it by another way',
    path: 'libs/rich-text/reads.ts',
    code: `import { env } from 'node:process';\nexport const home = env['HOME'];\n`,
    rule: restricted,
  },
  { title: 'a default export', path: 'src/rooms/nameless.ts', code: `export default 1;\n`, rule: restricted },
  { title: 'a default export in a test', path: 'test/rooms/nameless.ts', code: `export default 1;\n`, rule: restricted },
  {
    title: 'a default export by a list',
    path: 'src/rooms/listed.ts',
    code: `const one = 1;\nexport { one as default };\n`,
    rule: restricted,
  },
  {
    title: '`any` in the core',
    path: 'src/rooms/whatever.ts',
    code: `export const what = (it: any): void => void it;\n`,
    rule: '@typescript-eslint/no-explicit-any',
  },
  {
    title: '`any` in a lib',
    path: 'libs/rich-text/whatever.ts',
    code: `export const what = (it: any): void => void it;\n`,
    rule: '@typescript-eslint/no-explicit-any',
  },
  {
    title: '`any` in an adapter',
    path: 'adapters/slack/src/whatever.ts',
    code: `export const what = (it: any): void => void it;\n`,
    rule: '@typescript-eslint/no-explicit-any',
  },
  {
    title: 'a type imported as if it were there when it runs',
    path: 'src/rooms/loads.ts',
    code: `import { Server } from 'node:net';\nexport const close = (server: Server): void => void server.close();\n`,
    rule: '@typescript-eslint/consistent-type-imports',
  },
  {
    title: 'something left over',
    path: 'src/rooms/leftover.ts',
    code: `import { join } from 'node:path';\nexport const one = 1;\n`,
    rule: '@typescript-eslint/no-unused-vars',
  },
];

const ALLOWED: Readonly<Record<string, string>> = {
  'src/platform/config/environment.ts': `export const home = process.env['HOME'];\n`,
  'test/support/app.ts': `export const home = process.env['HOME'];\nexport const what = (it: any): void => void it;\n`,
  'src/rooms/deciding.spec.ts': `export const home = process.env['HOME'];\nexport const what = (it: any): void => void it;\n`,
  'adapters/war-room/web/vite.config.mts': `export default {};\n`,
  'src/rooms/waits.ts': `${LATER}export const all = async (): Promise<void> => {\n  void later();\n  await later();\n};\n`,
};

describe('Linting', () => {
  const project = new Planted();
  let reported: ReadonlyMap<string, readonly (string | null)[]>;

  beforeAll(async () => {
    project.copy('eslint.config.mjs', 'tsconfig.json', 'adapters/war-room/web/tsconfig.json', 'package.json');
    symlinkSync(join(ROOT, 'node_modules'), join(project.folder, 'node_modules'), 'junction');
    project.write({ ...ALLOWED, ...Object.fromEntries(MISTAKES.map(({ path, code }) => [path, code])) });
    const found = JSON.parse(await project.run('eslint/bin/eslint.js', '.', '--format', 'json')) as readonly {
      filePath: string;
      messages: readonly { ruleId: string | null }[];
    }[];
    const nameOf = (path: string): string => relative(project.folder, path).split(sep).join('/');
    reported = new Map(found.map(({ filePath, messages }) => [nameOf(filePath), messages.map(({ ruleId }) => ruleId)]));
  });
  afterAll(() => project.remove());

  it.each(MISTAKES)('reports $title, and nothing else: $rule in $path', ({ path, rule }) => {
    expect(reported.get(path)).toEqual([rule]);
  });

  it.each(Object.keys(ALLOWED))('has nothing to say of what is allowed in %s', (path) => {
    expect(reported.get(path)).toEqual([]);
  });
});
