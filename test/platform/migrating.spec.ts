import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#src/platform/database/migrate';
import { emptyDatabase } from '#test/support/database';
import { until } from '#test/support/until';

/** What a process of its own runs: the built product, as it starts. */
const MIGRATE = new URL('../../dist/src/platform/database/migrate.js', import.meta.url).href;
const PROGRAM = `import { migrate } from '${MIGRATE}'; console.log(JSON.stringify((await migrate(process.argv[2], process.argv[3])).applied));`;

describe('Bringing a database up to date', () => {
  let url: string;
  let drop: () => Promise<void>;
  let folder: string;
  const processes: ChildProcess[] = [];

  beforeEach(async () => {
    ({ url, drop } = await emptyDatabase());
    folder = mkdtempSync(join(tmpdir(), 'muster-migrating-'));
    write('0001-rooms.sql', 'create table room (id int primary key);');
    write('program.mjs', PROGRAM);
  });
  afterEach(async () => {
    for (const one of processes.splice(0)) one.kill('SIGKILL');
    await drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('runs each file once, and a second time nothing', async () => {
    write('0002-doors.sql', 'create table door (id int);');

    expect(await migrate(url, folder)).toEqual({ applied: ['0001-rooms.sql', '0002-doors.sql'] });
    expect(await migrate(url, folder)).toEqual({ applied: [] });
  });

  it('is done by one of several processes that start at the same moment', async () => {
    write('0002-doors.sql', 'create table door (id int); select pg_sleep(0.2);');

    const said = await Promise.all([1, 2, 3, 4].map(() => inAnotherProcess().said));

    expect(said.map((line) => JSON.parse(line) as string[]).filter((applied) => applied.length > 0)).toEqual([
      ['0001-rooms.sql', '0002-doors.sql'],
    ]);
  });

  it('is finished by another process when the first is killed in the middle', async () => {
    write('0002-doors.sql', 'create table door (id int); select pg_sleep(1.5);');
    const first = inAnotherProcess();
    await until(
      'the second file runs',
      async () => (await ask(`select 1 from pg_stat_activity where query like '%pg_sleep(1.5)%' and pid <> pg_backend_pid()`)).length > 0,
    );
    const second = inAnotherProcess();

    first.process.kill('SIGKILL');

    expect(JSON.parse(await second.said)).toEqual(['0002-doors.sql']);
    expect(await ask('select name from migration order by name')).toEqual([{ name: '0001-rooms.sql' }, { name: '0002-doors.sql' }]);
    expect(await ask('select * from door')).toEqual([]);
  });

  it('leaves a file that fails as if it had not begun, and goes on when it is put right', async () => {
    write('0002-doors.sql', 'create table door (id int); insert into nowhere values (1);');
    await expect(migrate(url, folder)).rejects.toThrow('nowhere');
    expect(await ask('select name from migration')).toEqual([{ name: '0001-rooms.sql' }]);
    write('0002-doors.sql', 'create table door (id int);');

    expect(await migrate(url, folder)).toEqual({ applied: ['0002-doors.sql'] });
  });

  it('runs a file that arrives late, with a lower number than the last', async () => {
    write('0003-windows.sql', 'create table shutter (id int);');
    await migrate(url, folder);
    write('0002-doors.sql', 'create table door (id int);');

    expect(await migrate(url, folder)).toEqual({ applied: ['0002-doors.sql'] });
  });

  it('refuses a file that was edited after it ran, says which, and changes nothing', async () => {
    await migrate(url, folder);
    write('0001-rooms.sql', 'create table room (id bigint primary key);');
    write('0002-doors.sql', 'create table door (id int);');

    await expect(migrate(url, folder)).rejects.toThrow(
      /^The migration 0001-rooms\.sql has been edited after it ran on this database\. Put the file back as it was, and the change in a new file\.$/,
    );
    expect(await ask('select name from migration')).toEqual([{ name: '0001-rooms.sql' }]);
  });

  it('refuses a database that a newer Muster brought up to date, says so, and changes nothing', async () => {
    write('0003-windows.sql', 'create table shutter (id int);');
    await migrate(url, folder);
    rmSync(join(folder, '0003-windows.sql'));
    write('0002-doors.sql', 'create table door (id int);');

    await expect(migrate(url, folder)).rejects.toThrow(
      /^The migration 0003-windows\.sql ran on this database, and this Muster does not have that file\. Start the Muster that has it/,
    );
    expect(await ask('select name from migration order by name')).toEqual([{ name: '0001-rooms.sql' }, { name: '0003-windows.sql' }]);
  });

  describe('with an index on a table that is written to', () => {
    const INDEX = '-- Rooms are looked for by their name.\ncreate index concurrently room_by_id on room (id);\n';
    const built = (): Promise<unknown[]> => ask(`select indisvalid as valid from pg_index where indexrelid = to_regclass('room_by_id')`);
    const builder = (): Promise<unknown[]> =>
      ask(
        `select pid from pg_stat_activity where query like '%index concurrently room_by_id%' and wait_event_type = 'Lock' and pid <> pg_backend_pid()`,
      );
    let writer: pg.Client;

    beforeEach(async () => {
      await migrate(url, folder);
      write('0002-rooms-by-id.sql', INDEX);
      writer = new pg.Client({ connectionString: url });
      await writer.connect();
      await writer.query('begin');
      await writer.query('insert into room values (1)');
    });
    afterEach(() => writer.end());

    it('builds it while others write, and other processes wait for their turn', async () => {
      const first = migrate(url, folder);
      await until('it is being built', async () => (await builder()).length > 0);
      const second = migrate(url, folder);

      await ask(`set statement_timeout = '3s'; insert into room values (2)`);

      await writer.query('commit');
      expect([await first, await second]).toEqual([{ applied: ['0002-rooms-by-id.sql'] }, { applied: [] }]);
      expect(await built()).toEqual([{ valid: true }]);
    });

    it('builds it anew where an attempt was broken off half-way', async () => {
      const broken = migrate(url, folder).catch((error: Error) => error.message);
      await until('it is being built', async () => (await builder()).length > 0);
      await ask(
        `select pg_terminate_backend(pid) from pg_stat_activity where query like '%index concurrently room_by_id%' and pid <> pg_backend_pid()`,
      );
      expect(await broken).toContain('terminat');
      await writer.query('commit');
      expect([await built(), await ask('select name from migration')]).toEqual([[{ valid: false }], [{ name: '0001-rooms.sql' }]]);

      expect(await migrate(url, folder)).toEqual({ applied: ['0002-rooms-by-id.sql'] });
      expect(await built()).toEqual([{ valid: true }]);
      expect(await migrate(url, folder)).toEqual({ applied: [] });
    });

    it('refuses a file that does more than that, and names it', async () => {
      await writer.query('commit');
      write('0002-rooms-by-id.sql', `${INDEX}create table door (id int);`);

      await expect(migrate(url, folder)).rejects.toThrow('CREATE INDEX CONCURRENTLY cannot');
      expect(await built()).toEqual([]);
    });
  });

  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

  function inAnotherProcess(): { process: ChildProcess; said: Promise<string> } {
    const child = fork(join(folder, 'program.mjs'), [url, folder], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: [] });
    processes.push(child);
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
    return { process: child, said: new Promise((resolve) => child.once('close', () => resolve(output))) };
  }

  async function ask(sql: string): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }
});
