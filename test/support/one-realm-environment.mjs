import { AsyncLocalStorage } from 'node:async_hooks';
import { ModuleMocker } from 'jest-mock';

/** Each that was used makes every promise dearer for as long as the process lives, and a worker lives through many files. */
const storages = new Set();
for (const use of ['run', 'enterWith']) {
  const original = AsyncLocalStorage.prototype[use];
  AsyncLocalStorage.prototype[use] = function (...given) {
    storages.add(this);
    return original.apply(this, given);
  };
}

/**
 * Runs the tests of a file in the worker's own realm instead of one made for them, so that what Node brings, the libraries and our code
 * share their globals, and a library that was loaded once serves every file. What a file changes in the globals is put back after it.
 */
export default class OneRealmEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  /** Time is passed in, so nobody fakes the timers. */
  fakeTimers = null;
  fakeTimersModern = null;
  #conditions;
  #putBack;

  constructor({ projectConfig }) {
    this.#conditions = projectConfig.testEnvironmentOptions.customExportConditions;
    this.#putBack = remember();
  }

  async setup() {}

  async teardown() {
    this.#putBack();
    // One that a library keeps is used again by its next `run`.
    for (const storage of storages) storage.disable();
    storages.clear();
  }

  exportConditions() {
    return this.#conditions;
  }

  /** There is none: see libraries-once-runtime.cjs. */
  getVmContext() {
    return undefined;
  }
}

function remember() {
  const globals = new Map(Reflect.ownKeys(globalThis).map((key) => [key, Object.getOwnPropertyDescriptor(globalThis, key)]));
  const env = { ...process.env };
  const exit = process.exit;
  return () => {
    for (const key of Reflect.ownKeys(globalThis)) if (!globals.has(key)) Reflect.deleteProperty(globalThis, key);
    for (const [key, descriptor] of globals) Reflect.defineProperty(globalThis, key, descriptor);
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    process.exit = exit;
  };
}
