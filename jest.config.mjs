import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));
delete swc.$schema;

const common = {
  testEnvironment: 'node',
  setupFiles: ['reflect-metadata'],
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'], globalsCleanup: 'off' },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': ['@swc/jest', { ...swc, swcrc: false, sourceMaps: 'inline', jsc: { ...swc.jsc, rewriteRelativeImportExtensions: false } }],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/libs/[^/]+/dist/', '<rootDir>/tmp/'],
};

/** Libraries are loaded once in a worker, not once in a file (docs/testing.md). TEST_ISOLATION=full is Jest as it comes. */
const inProcess =
  process.env.TEST_ISOLATION === 'full'
    ? common
    : {
        ...common,
        testEnvironment: '<rootDir>/test/support/one-realm-environment.mjs',
        runtime: '<rootDir>/test/support/libraries-once-runtime.cjs',
      };
const database = {
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
};

/**
 * unit: pure, beside the file. adapters: the contract against the simulators.
 * integration: capabilities on a real PostgreSQL. processes: real processes, killed. browser: a real browser.
 * timed: real processes that have to be quick, on a machine that does nothing else (`*.timed.spec.ts`).
 */
export default {
  // One more than the least machine has cores: a test waits for a third of its time.
  maxWorkers: 3,
  reporters: ['default', '<rootDir>/test/support/summary-reporter.mjs'],
  // Conditions are waited for up to twenty seconds (`until`), and a test may wait for several; one that is ended by the clock
  // hides what it waited for. A slow machine is no fault, so both are far above what a quiet one needs.
  testTimeout: 60_000,
  workerIdleMemoryLimit: '1GB',
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  coverageProvider: 'v8',
  projects: [
    { ...inProcess, displayName: 'unit', testMatch: ['<rootDir>/{src,libs}/**/*.spec.ts', '<rootDir>/adapters/war-room/**/*.spec.ts', '<rootDir>/test/repository/**/*.spec.ts'] },
    { ...inProcess, globalSetup: '<rootDir>/test/support/unpack-browser.mjs', displayName: 'adapters', testMatch: ['<rootDir>/adapters/!(war-room)/**/*.spec.ts'] },
    {
      ...inProcess,
      ...database,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/(repository|processes|chaos/processes|browser|bench)/'],
    },
    {
      ...common,
      ...database,
      displayName: 'processes',
      testMatch: ['<rootDir>/test/{processes,chaos/processes}/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.timed\\.spec\\.ts$'],
    },
    { ...common, ...database, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.spec.ts'] },
    { ...common, ...database, displayName: 'timed', testMatch: ['<rootDir>/test/{processes,chaos/processes}/**/*.timed.spec.ts'] },
  ],
};
