import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, realpath, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { lock } from '#src/platform/processes/lock-file';
import { binaries } from './binaries.ts';
import { ensureCluster } from './cluster.ts';
import { freePort, isFree } from './free-port.ts';
import { findRunning, type Postmaster, PostmasterDidNotStart, startPostmaster, stopPostmaster } from './postmaster.ts';
import { canReach, unprivilegedUser } from './unprivileged-user.ts';

export interface EmbeddedOptions {
  /** Muster's data folder. The database lives in `postgres/` inside it. */
  readonly dataDir: string;
  /** A port of your choice; otherwise a free one, kept for the next start. */
  readonly port?: number;
  /** Server settings such as `fsync=off`. An adopted server keeps the ones it was started with. */
  readonly flags?: readonly string[];
  /** Created when it is absent. */
  readonly database?: string;
}

export interface EmbeddedDatabase {
  readonly url: string;
  readonly pid: number;
  readonly port: number;
  /** It was running already, left behind by a Muster that was killed. */
  readonly adopted: boolean;
  /** Settles when the server is gone, whoever ended it. Never rejects. */
  readonly gone: Promise<void>;
  /** Everything committed is kept. A second call waits for the same end. */
  stop(): Promise<void>;
}

const SUPERUSER = 'muster';
const WAIT_FOR_ANOTHER_START_MS = 90_000;
const PORT_ATTEMPTS = 5;

/**
 * PostgreSQL out of this project's packages, on loopback, with its data in `dataDir`.
 *
 * Makes the cluster the first time, starts it later, and takes over the server that a killed Muster left running.
 * Two callers at once get the same server. The server outlives this process unless `stop` is called.
 */
export async function startEmbedded({ dataDir, port, flags = [], database = SUPERUSER }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const home = await makeHome(dataDir);
  const turn = await lock(join(home, 'starting.lock'), WAIT_FOR_ANOTHER_START_MS);
  try {
    const password = await keptPassword(home);
    const postmaster = (await findRunning(join(home, 'cluster'))) ?? (await startOne(home, password, port, flags));
    await writeFile(join(home, 'port'), `${postmaster.port}\n`);
    const server = `postgres://${SUPERUSER}:${password}@127.0.0.1:${postmaster.port}/`;
    await createDatabase(server, database);

    let stopping: Promise<void> | undefined;
    const { pid, adopted, gone } = postmaster;
    return { url: server + database, pid, port: postmaster.port, adopted, gone, stop: () => (stopping ??= stopPostmaster(postmaster)) };
  } finally {
    turn.release();
  }
}

async function startOne(home: string, password: string, port: number | undefined, flags: readonly string[]): Promise<Postmaster> {
  const cluster = join(home, 'cluster');
  const user = await unprivilegedUser(cluster);
  if (!(await canReach(user, home))) {
    throw new Error(
      `The database cannot run as root, and ${user?.name} cannot reach ${home}. Set MUSTER_DATA to a folder it can, such as /var/lib/muster.`,
    );
  }
  const { initdb, postgres } = await binaries(user, home);
  await ensureCluster({ cluster, initdb, superuser: SUPERUSER, password, user });

  for (let attempt = 1; ; attempt++) {
    const chosen = port ?? (await portFor(home));
    try {
      return await startPostmaster({ program: postgres, cluster, port: chosen, flags, logFile: join(home, 'log'), user });
    } catch (error) {
      const portWasTaken = error instanceof PostmasterDidNotStart && !(await isFree(chosen));
      if (!portWasTaken || port || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

/** As root the database's user has to pass through both folders; what is secret in them is closed by itself. */
async function makeHome(dataDir: string): Promise<string> {
  const isRoot = process.getuid?.() === 0;
  const mode = isRoot ? 0o711 : 0o700;
  const home = join(dataDir, 'postgres');
  await mkdir(home, { recursive: true, mode });
  if (isRoot) for (const folder of [dataDir, home]) await chmod(folder, mode);
  return realpath(home);
}

async function keptPassword(home: string): Promise<string> {
  const file = join(home, 'password');
  const kept = await readIfThere(file);
  if (kept) return kept;
  if (await readIfThere(join(home, 'cluster', 'PG_VERSION'))) {
    throw new Error(`The database in ${home} has lost its password: ${file} is missing. Put it back from a backup.`);
  }
  const password = randomBytes(24).toString('base64url');
  await writeFile(`${file}.new`, `${password}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return password;
}

/** Unreadable is not absent: making a new password then would lock us out for good. */
async function readIfThere(file: string): Promise<string> {
  return readFile(file, 'utf8').then(
    (text) => text.trim(),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    },
  );
}

async function portFor(home: string): Promise<number> {
  const kept = Number(await readIfThere(join(home, 'port')));
  return kept && (await isFree(kept)) ? kept : freePort();
}

async function createDatabase(server: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}postgres`, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
