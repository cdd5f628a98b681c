import { fileURLToPath } from 'node:url';
import { constants, runInThisContext } from 'node:vm';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';

const ENVIRONMENT = new URL('../support/one-realm-environment.mjs', import.meta.url).href;
const { default: OneRealmEnvironment } = (await import(ENVIRONMENT)) as {
  default: new (config: object) => { teardown(): Promise<void> };
};

(process.env['TEST_ISOLATION'] === 'full' ? describe.skip : describe)('Libraries in the tests of a worker', () => {
  it('are those that Node itself has loaded, so the next file finds them as they are', async () => {
    expect((await ofNode('pg'))['Client']).toBe(pg.Client);
    expect((await ofNode('typeorm'))['DataSource']).toBe(DataSource);
    expect((await ofNode('uuidv7'))['uuidv7']).toBe(uuidv7);
  });

  it('share the realm of our code and of Node: an error is an error, whoever made it', () => {
    expect(runInThisContext('Error')).toBe(Error);
    expect(() => runInThisContext('null.x')).toThrow(TypeError);
  });

  it('find the globals, the variables and the exit as they were before a file', async () => {
    const { fetch } = globalThis;
    const { exit } = process;
    const environment = new OneRealmEnvironment({ projectConfig: { testEnvironmentOptions: {} } });
    Object.assign(globalThis, { fetch: () => undefined, leftBehind: true });
    Object.assign(process.env, { LEFT_BEHIND: 'yes', PATH: '/nowhere' });
    process.exit = () => undefined as never;

    await environment.teardown();

    expect(globalThis.fetch).toBe(fetch);
    expect(globalThis).not.toHaveProperty('leftBehind');
    expect(process.env).toMatchObject({ PATH: expect.not.stringMatching('/nowhere') as string });
    expect(process.env).not.toHaveProperty('LEFT_BEHIND');
    expect(process.exit).toBe(exit);
  });
});

/** What Node itself imports, whatever Jest does. */
function ofNode(name: string): Promise<Record<string, unknown>> {
  const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER as never;
  return runInThisContext(`import('${name}')`, { filename: fileURLToPath(import.meta.url), importModuleDynamically }) as ReturnType<
    typeof ofNode
  >;
}
