const { createRequire, isBuiltin } = require('node:module');
const { join, sep } = require('node:path');
const { pathToFileURL } = require('node:url');
const vm = require('node:vm');
const JestRuntime = require('jest-runtime').default;

/** What is not ours, as modules that ours can import: each is loaded by Node, once in a worker. */
const libraries = new Map();

/** Jest's own modules, compiled once: they are evaluated anew for every file. */
const compiled = new Map();

/** What a specifier in a file means is the same for every file of a run. A run has one resolver. */
const resolutions = new WeakMap();

/**
 * Loads what is not ours with Node itself, and keeps it for the next file. Ours is loaded anew for every file, as ever.
 *
 * Needs the worker's own realm (one-realm-environment.mjs). It reaches into Jest where Jest has no door: Jest's version is exact, and
 * test/repository/libraries-once.spec.ts sees whether this still does what it says.
 */
module.exports = class LibrariesOnceRuntime extends JestRuntime {
  constructor(config, environment, resolver, ...rest) {
    super(config, environment, resolver, ...rest);
    this.packages = join(config.rootDir, 'node_modules') + sep;
    this.require = createRequire(join(config.rootDir, 'package.json'));
    if (!resolutions.has(resolver)) resolutions.set(resolver, new Map());
    this.resolutions = resolutions.get(resolver);

    const { esmLoader, executor } = this;
    esmLoader.getContext = () => undefined;
    executor.compile = (source, filename) => this.compile(source, filename);
    const resolveModule = esmLoader.resolveModule.bind(esmLoader);
    esmLoader.resolveModule = async (specifier, from, context) =>
      (await this.resolveQuickly(specifier, from)) ?? resolveModule(specifier, from, context);
  }

  async resolveQuickly(specifier, from) {
    if (this.testState.isTornDown() || this.mockState.explicitEsmMock.size > 0 || !isPlain(specifier)) return undefined;
    const key = `${from}\0${specifier}`;
    const path = this.resolutions.get(key) ?? (await this._resolution.resolveEsmAsync(from, specifier));
    this.resolutions.set(key, path);
    if (this.isLibrary(path)) return library(path);
    return this.unstable_shouldLoadAsEsm(path) ? this.esmLoader.loadEsmModule(path) : undefined;
  }

  requireModule(from, moduleName, options, isRequireActual) {
    if (options?.isInternalModule) return super.requireModule(from, moduleName, options, isRequireActual);
    const path = moduleName && isBuiltin(moduleName) ? moduleName : this._resolution.resolveCjs(from, moduleName);
    return this.isLibrary(path) ? this.require(path) : super.requireModule(from, moduleName, options, isRequireActual);
  }

  compile(source, filename) {
    const isJests = this.isLibrary(filename);
    const known = isJests && compiled.get(filename);
    if (known) return known;
    const wrapped = vm.compileFunction(source, this.executor.injectedModuleParameters, {
      filename,
      importModuleDynamically: (specifier, _function, attributes) =>
        this.executor.dynamicImport(specifier, filename, undefined, attributes),
    });
    if (isJests) compiled.set(filename, wrapped);
    return wrapped;
  }

  /** Jest would give the process of a sandbox a way to modules that leads through its registry. There is no sandbox. */
  installGetBuiltinModule() {}

  isLibrary(path) {
    return isBuiltin(path) || path.startsWith(this.packages);
  }
};

function isPlain(specifier) {
  return specifier !== '@jest/globals' && (specifier.startsWith('node:') || !/[?:]/.test(specifier));
}

function library(path) {
  if (!libraries.has(path)) libraries.set(path, load(path));
  return libraries.get(path);
}

async function load(path) {
  const namespace = await import(isBuiltin(path) ? path : pathToFileURL(path).href);
  const names = Object.keys(namespace);
  const module = new vm.SyntheticModule(
    names,
    function setExports() {
      for (const name of names) this.setExport(name, namespace[name]);
    },
    { identifier: path },
  );
  await module.link(() => undefined);
  await module.evaluate();
  return module;
}
