import { defineConfig } from 'eslint/config';
import ts from 'typescript-eslint';

/** Only rules that find mistakes. How code looks is Prettier's business; who may import whom, dependency-cruiser's. */

const environment = [
  {
    selector: 'MemberExpression[object.name="process"][property.name="env"], MemberExpression[object.name="process"][property.value="env"]',
    message: 'Only src/platform/config reads the environment. Take the Config, so that the setting is checked at start and documented.',
  },
  {
    selector: 'ImportDeclaration[source.value=/^(node:)?process$/]',
    message: 'Only src/platform/config reads the environment. Everything else of `process` is a global.',
  },
];
const defaultExports = [
  {
    selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
    message: 'Export it by its name: one thing, one name, everywhere.',
  },
];
const tests = ['test/**', '**/*.spec.ts', '**/*.spec.tsx', 'adapters/*/test/**', 'adapters/*/simulator/test/**'];
const page = ['adapters/war-room/web/**'];

export default defineConfig(
  { ignores: ['**/dist/', '**/node_modules/', 'coverage/', 'tmp/', '**/*.mjs', '**/*.cjs', '**/*.js'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mts'],
    plugins: { '@typescript-eslint': ts.plugin },
    languageOptions: { parser: ts.parser, parserOptions: { project: 'tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-array-delete': 'error',
      '@typescript-eslint/no-duplicate-enum-values': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-for-in-array': 'error',
      '@typescript-eslint/no-implied-eval': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      // Of a string, code points are what we count and cut; where a reader sees the difference, Intl.Segmenter is used.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/no-unsafe-unary-minus': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/restrict-plus-operands': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'array-callback-return': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-async-promise-executor': 'error',
      'no-compare-neg-zero': 'error',
      'no-cond-assign': ['error', 'except-parens'],
      'no-debugger': 'error',
      'no-dupe-else-if': 'error',
      'no-duplicate-case': 'error',
      'no-empty-character-class': 'error',
      'no-misleading-character-class': 'error',
      'no-restricted-syntax': ['error', ...environment, ...defaultExports],
      'no-self-assign': 'error',
      'no-template-curly-in-string': 'error',
      'no-unreachable-loop': 'error',
      'no-unsafe-finally': 'error',
      'no-unused-private-class-members': 'error',
      'no-useless-backreference': 'error',
    },
  },
  { files: ['src/**', 'libs/**', 'adapters/**'], ignores: tests, rules: { '@typescript-eslint/no-explicit-any': 'error' } },
  { files: ['src/platform/config/**', ...tests], rules: { 'no-restricted-syntax': ['error', ...defaultExports] } },
  { files: page, languageOptions: { parserOptions: { project: 'adapters/war-room/web/tsconfig.json', tsconfigRootDir: import.meta.dirname } } },
  { files: ['**/*.config.mts'], rules: { 'no-restricted-syntax': ['error', ...environment] } },
);
