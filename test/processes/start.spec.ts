import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { childrenOf, kill, RunningMuster } from './running-muster.ts';
import { freePort } from '#test/support/free-port';

import.meta.jest.setTimeout(120_000);

const musters: RunningMuster[] = [];
let dataDir: string;
let port: number;

const start = (env: Record<string, string> = {}): RunningMuster => {
  const muster = new RunningMuster({ port, dataDir, env });
  musters.push(muster);
  return muster;
};

async function leaveNothing(): Promise<void> {
  for (const muster of musters.splice(0)) {
    for (const pid of [muster.pid, ...childrenOf(muster.pid)]) kill(pid);
    await muster.ended;
  }
  rmSync(dataDir, { recursive: true, force: true });
}

describe('Starting', () => {
  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'muster-start-'));
    port = await freePort();
  });
  afterEach(async () => {
    for (const muster of musters.splice(0)) await muster.pressCtrlC();
  });
  afterAll(leaveNothing);

  it('says in a few lines what was done, and then what to do', async () => {
    const { output } = await start({ MUSTER_PRINT_SIGN_IN: '1' }).ready();

    const [libraries, product, database, muster, blank, ...then] = output.trimEnd().split('\n');
    expect([libraries, product, database, muster].join('\n')).toMatch(
      /^ +Libraries .* s\n +Product .* s\n +Database +ready.* s\n +Muster +listening.* s$/,
    );
    expect(blank).toBe('');
    expect(then).toEqual([
      expect.stringMatching(/^Muster is ready \(\d+\.\d s\)$/),
      expect.stringMatching(new RegExp(`^See it in two minutes: http://localhost:${port}/practice`)),
      expect.stringMatching(new RegExp(`^Start for real: http://localhost:${port}/sign-in/.+`)),
      `Stop: Ctrl-C. Your data: ${dataDir}`,
    ]);
  });

  it('keeps the sign-in link out of a log', async () => {
    const { output } = await start().ready();

    expect(output).not.toMatch(/sign-in\//);
    expect(output).toMatch(/Start for real: .*npm run sign-in/);
  });

  it('after kill -9 of everything but the database, takes that over', async () => {
    const first = await start().ready();
    const orphan = first.databasePid();
    await first.ask('create table before_the_kill as select 42 as answer');
    await first.killEverything({ database: false });

    const second = await start().ready();

    expect(second.databasePid()).toBe(orphan);
    expect(await second.ask('select answer from before_the_kill')).toBe(42);
  });

  it('when Muster alone was killed a moment ago, waits for what it left to end', async () => {
    const first = await start().ready();
    kill(first.pid);

    const second = await start().ready();

    expect(await second.isServing()).toBe(true);
  });

  it('after kill -9 of everything, has all that was acknowledged', async () => {
    const first = await start().ready();
    await first.ask('create table acknowledged as select 42 as answer');
    await first.killEverything({ database: true });

    const second = await start().ready();

    expect(await second.ask('select answer from acknowledged')).toBe(42);
  });

  it('lets what somebody waits for go before what can wait, where the machine has no time for both', async () => {
    const muster = await start().ready();

    expect(getPriority(muster.pidOf('worker,clock'))).toBeGreaterThan(getPriority(muster.pidOf('web,ingest')));
  });

  it('leaves no process behind when it is stopped', async () => {
    const muster = await start().ready();
    const processes = [...childrenOf(muster.pid), muster.databasePid()];

    await muster.pressCtrlC();

    expect(processes.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
    expect(await muster.isServing()).toBe(false);
  });

  it('lets go when it is told to stop in the middle of starting', async () => {
    const muster = start();
    await muster.says(/Product/);

    await muster.pressCtrlC();

    expect(muster.output).not.toMatch(/Error|could not/);
    expect((await start().ready()).output).toMatch(/Database +ready {2}/);
  });

  it('twice at once gives one Muster and one clear answer', async () => {
    const both = [start(), start()];

    const refused = await Promise.race(both.map(async (one) => one.ended.then((code) => ({ one, code }))));
    const running = both.find((one) => one !== refused.one);

    expect(refused.code).toBe(1);
    expect(complaints(refused.one)).toEqual([expect.stringMatching(`^Muster is already running at http://localhost:${port} `)]);
    await running?.ready();
    expect(await running?.isServing()).toBe(true);
  });

  it('with the same data on another port is refused in one line', async () => {
    await start().ready();

    const second = start({ PORT: String(await freePort()) });

    expect(await second.ended).toBe(1);
    expect(complaints(second)).toEqual([expect.stringMatching(/already running at .* with the data in .*MUSTER_DATA/)]);
  });
});

describe('Refusing to start', () => {
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'muster-start-'));
    port = await freePort();
  });
  afterEach(leaveNothing);

  it('when the port is taken, and says by whom and what to do', async () => {
    const stranger = createServer();
    await new Promise<void>((resolve) => stranger.listen(port, '127.0.0.1', resolve));

    const muster = start();

    expect(await muster.ended).toBe(1);
    expect(complaints(muster)).toEqual([
      expect.stringMatching(`^Port ${port} is taken by .*process ${process.pid}.* PORT=${port + 1} npm start`),
    ]);
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    stranger.close();
  });

  it('when it cannot write to its data folder', async () => {
    const file = join(dataDir, 'a-file');
    writeFileSync(file, '');

    const muster = start({ MUSTER_DATA: join(file, 'data') });

    expect(await muster.ended).toBe(1);
    expect(complaints(muster)).toEqual([expect.stringMatching(/^Muster cannot write to its data folder .*a-file.*MUSTER_DATA/)]);
  });

  it('when nothing answers at DATABASE_URL, without printing the password', async () => {
    const muster = start({ DATABASE_URL: `postgres://muster:hunter2@127.0.0.1:${await freePort()}/muster` });

    expect(await muster.ended).toBe(1);
    expect(complaints(muster)).toEqual([expect.stringMatching(/^Nothing answers at 127\.0\.0\.1:\d+ .*Check DATABASE_URL\./)]);
    expect(muster.output).not.toMatch(/hunter2/);
  });

  it('when the database does not accept the password', async () => {
    const server = new URL(process.env['TEST_PG_URL'] ?? '');
    server.password = 'hunter2';

    const muster = start({ DATABASE_URL: server.href });

    expect(await muster.ended).toBe(1);
    expect(complaints(muster)).toEqual([expect.stringMatching(/does not accept this user and password.*Check DATABASE_URL\./)]);
    expect(muster.output).not.toMatch(/hunter2/);
  });

  it('when variables are wrong, naming them all', async () => {
    const muster = start({ PORT: 'soon', LOG_LEVEL: 'loud' });

    expect(await muster.ended).toBe(1);
    expect(muster.output).toMatch(/PORT must be .*\n.*LOG_LEVEL must be/);
  });
});

/** What it says besides the lines about its libraries and its build. */
function complaints({ output }: RunningMuster): string[] {
  return output.split('\n').filter((line) => line.trim() !== '' && !/^ {2}(Libraries|Product|Another) /.test(line));
}
