import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedDatabase, startEmbedded } from '#src/platform/database/embedded/launcher';
import { isAlive } from '#src/platform/database/embedded/liveness';

import.meta.jest.setTimeout(60_000);

describe('Making a database of its own', () => {
  const databases = useDatabases();

  it('keeps it to itself: a password nobody can read, in a folder open just enough for the user it runs as', async () => {
    const { url, adopted } = await databases.start();

    expect(adopted).toBe(false);
    expect(await ask(url, 'show data_checksums')).toBe('on');
    expect(await ask(url, 'select current_database()')).toBe('muster');
    expect(new URL(url).password).toHaveLength(32);
    expect(modeOf(databases.file('password'))).toBe(0o600);
    expect(modeOf(databases.dataDir) & 0o066).toBe(0);
    await expect(ask(url.replace(/:[^:@]+@/, ':guess@'), 'select 1')).rejects.toThrow(/password authentication failed/);
  });

  it('makes one, when two start at once where a killed start has left its leavings', async () => {
    const leavings = databases.file('cluster.unfinished-1');
    mkdirSync(leavings, { recursive: true });
    writeFileSync(join(leavings, 'PG_VERSION'), '18');

    const [one, other] = await Promise.all([databases.start(), databases.start()]);

    expect(one.pid).toBe(other.pid);
    expect([one.adopted, other.adopted].sort()).toEqual([false, true]);
    expect(existsSync(leavings)).toBe(false);
  });
});

describe('Keeping a database of its own', () => {
  const databases = useDatabases({ forAllTests: true });

  it('keeps what was written, and its port, over a stop', async () => {
    const first = await databases.start();
    await ask(first.url, 'create table kept as select 42 as answer');
    await first.stop();

    const second = await databases.start();

    expect(await ask(second.url, 'select answer from kept')).toBe(42);
    expect(second).toMatchObject({ url: first.url, adopted: false });
    expect(isAlive(first.pid)).toBe(false);
  });

  it('takes over the one a killed Muster left running', async () => {
    const first = await databases.start();

    const second = await databases.start();

    expect(second).toMatchObject({ url: first.url, pid: first.pid, adopted: true });
  });

  it('says when it is gone, and comes back with everything acknowledged after kill -9', async () => {
    const first = await databases.start();
    await ask(first.url, 'create table acknowledged as select 42 as answer');
    process.kill(first.pid, 'SIGKILL');
    await first.gone;

    const second = await databases.start();

    expect(await ask(second.url, 'select answer from acknowledged')).toBe(42);
    expect(second.url).toBe(first.url);
  });

  it('is not fooled by a stranger that has the number of a dead one', async () => {
    const first = await databases.start();
    await first.stop();
    const cluster = databases.file('cluster');
    const stranger = spawn('sleep', ['60'], asOwnerOf(cluster));
    writeFileSync(join(cluster, 'postmaster.pid'), `${stranger.pid}\n${cluster}\n1\n${first.port}\n\n127.0.0.1\n0 0\nready\n`);

    const second = await databases.start();

    expect(second.adopted).toBe(false);
    expect(stranger.exitCode).toBeNull();
    stranger.kill();
  });

  it('moves to another port when its own was taken meanwhile', async () => {
    const first = await databases.start();
    await first.stop();
    const stranger = await listening(first.port);

    const second = await databases.start();

    expect(second.port).not.toBe(first.port);
    expect(await ask(second.url, 'select 1')).toBe(1);
    stranger.close();
  });
});

interface Databases {
  readonly dataDir: string;
  file(name: string): string;
  start(): Promise<EmbeddedDatabase>;
}

/** A data folder for each test or, where making a cluster is not the point, one for all. Nothing is left running. */
function useDatabases({ forAllTests = false } = {}): Databases {
  const started: EmbeddedDatabase[] = [];
  let dataDir = '';
  (forAllTests ? beforeAll : beforeEach)(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'muster-database-'));
  });
  afterEach(async () => {
    for (const database of started.splice(0)) await database.stop();
  });
  (forAllTests ? afterAll : afterEach)(() => rmSync(dataDir, { recursive: true, force: true }));

  return {
    get dataDir() {
      return dataDir;
    },
    file: (name) => join(dataDir, 'postgres', name),
    async start() {
      const database = await startEmbedded({ dataDir, flags: ['fsync=off'] });
      started.push(database);
      return database;
    },
  };
}

async function ask(connectionString: string, query: string): Promise<unknown> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query({ text: query, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

function asOwnerOf(folder: string): { uid?: number; gid?: number } {
  const { uid, gid } = statSync(folder);
  return process.getuid?.() === 0 ? { uid, gid } : {};
}

function modeOf(file: string): number {
  return statSync(file).mode & 0o777;
}

async function listening(port: number): Promise<{ close(): void }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}
