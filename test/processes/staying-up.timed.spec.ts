import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childrenOf, eventually, kill, RunningMuster } from './running-muster.ts';
import { freePort } from '#test/support/free-port';

import.meta.jest.setTimeout(120_000);

describe('Staying up', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'muster-staying-up-'));
  let port: number;
  let muster: RunningMuster;

  const begin = (): RunningMuster => (muster = new RunningMuster({ port, dataDir }));
  const start = (): Promise<RunningMuster> => begin().ready();
  beforeAll(async () => {
    port = await freePort();
    await start();
  });
  afterAll(async () => {
    await muster.killEverything({ database: true });
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('a second time takes no more than ten seconds, and has everything from before Ctrl-C', async () => {
    const first = muster;
    await first.ask('create table kept as select 42 as answer');
    expect(await first.pressCtrlC()).toBe(0);
    expect(first.output).toMatch(`Stopped. Everything is kept in ${dataDir}.`);

    const began = Date.now();
    const second = await start();

    expect(Date.now() - began).toBeLessThan(10_000);
    expect(await second.ask('select answer from kept')).toBe(42);
  });

  it('is gone within two seconds of Ctrl-C while its processes load', async () => {
    await muster.pressCtrlC();
    await begin().says(/Database +ready/);
    // The database, and what serves the room.
    await eventually(() => childrenOf(muster.pid).length > 1, 20_000);

    const began = Date.now();
    await muster.pressCtrlC();

    expect(Date.now() - began).toBeLessThan(2_000);
    await start();
  });

  it('listens again within three seconds when its process is killed', async () => {
    const before = muster.pidOf('web,ingest');
    kill(before);

    await eventually(async () => !existsSync(`/proc/${before}`) && (await muster.isServing()), 3_000);

    expect(muster.pidOf('web,ingest')).not.toBe(before);
  });

  it('has its database back within three seconds when that is killed', async () => {
    const before = muster.databasePid();
    kill(before);
    const answers = async (): Promise<boolean> => muster.ask('select 1').then(Boolean, () => false);

    await eventually(async () => !existsSync(`/proc/${before}`) && (await answers()), 3_000);

    expect(await muster.isServing()).toBe(true);
  });
});
