import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isFree } from './free-port.ts';
import { exists, isAlive, isZombie, processesIn, until } from './liveness.ts';
import type { SystemUser } from './unprivileged-user.ts';

/** The one server process of a cluster, whether we started it or found it running. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly adopted: boolean;
  /** Settles when it is gone, for whatever reason. Never rejects. */
  readonly gone: Promise<void>;
}

export interface PostmasterOptions {
  readonly program: string;
  readonly cluster: string;
  readonly port: number;
  readonly flags: readonly string[];
  readonly logFile: string;
  readonly user: SystemUser | undefined;
}

const START_TAKES_AT_MOST_MS = 60_000;
const KILLED_CHILDREN_TAKE_AT_MOST_MS = 10_000;
const LOOK_AT_AN_ADOPTED_ONE_EVERY_MS = 100;

/** The server that a killed Muster left behind, once it is ready; or nothing, and then the way is free to start one. */
export async function findRunning(cluster: string): Promise<Postmaster | undefined> {
  const { pid } = readPidFile(cluster);
  if (!pid) return undefined;
  if (!isAlive(pid) || !(await isOf(cluster, pid))) return clearAfterDeath(cluster, pid);

  await until(() => !isAlive(pid) || readPidFile(cluster).status === 'ready', START_TAKES_AT_MOST_MS);
  if (!isAlive(pid)) return clearAfterDeath(cluster, pid);
  const { port, status } = readPidFile(cluster);
  if (status !== 'ready') throw new Error(`The database process ${pid} in ${cluster} neither starts nor stops.`);
  return { pid, port, adopted: true, gone: watched(pid) };
}

/** In a session of its own: Ctrl-C in the terminal must reach Muster, which stops the database last. */
export async function startPostmaster({ program, cluster, port, flags, logFile, user }: PostmasterOptions): Promise<Postmaster> {
  const log = openSync(logFile, 'a', 0o600);
  if (user) chownSync(logFile, user.uid, user.gid);
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC', 'log_timezone=UTC', ...flags];
  const child = spawn(program, ['-D', cluster, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])], {
    ...(user && { uid: user.uid, gid: user.gid }),
    cwd: '/',
    env: { LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  child.unref();

  const gone = ended(child);
  let hasEnded = false;
  void gone.then(() => (hasEnded = true));
  const isReady = (): boolean => {
    const file = readPidFile(cluster);
    return file.pid === child.pid && file.status === 'ready';
  };
  await until(() => hasEnded || isReady(), START_TAKES_AT_MOST_MS);
  if (child.pid && !hasEnded && isReady()) return { pid: child.pid, port, adopted: false, gone };
  child.kill('SIGKILL');
  throw new PostmasterDidNotStart(logFile, lastLines(logFile));
}

export class PostmasterDidNotStart extends Error {
  constructor(
    logFile: string,
    readonly said: string,
  ) {
    super(`The database did not start. Its log is ${logFile}. The last it said: ${said}`);
    this.name = 'PostmasterDidNotStart';
  }
}

/** Fast shutdown: whoever is still connected is cut off, everything committed is kept. */
export async function stopPostmaster({ pid, gone }: Postmaster): Promise<void> {
  const signalled = (signal: NodeJS.Signals): boolean => {
    try {
      return process.kill(pid, signal);
    } catch {
      return false;
    }
  };
  if (!signalled('SIGINT')) return;
  if (await within(gone, 30_000)) return;
  signalled('SIGQUIT');
  await within(gone, 5_000);
}

/**
 * A killed server leaves its file behind. That is PostgreSQL's own business, with two exceptions it gets wrong:
 * a zombie, and a process that merely has the number of the dead one, both of which it takes for a running server.
 */
async function clearAfterDeath(cluster: string, pid: number): Promise<undefined> {
  await until(() => (processesIn(cluster) ?? []).every((one) => one === pid), KILLED_CHILDREN_TAKE_AT_MOST_MS);
  if (!exists(pid)) return undefined;
  const nobodyIsLeft = processesIn(cluster)?.every((one) => one === pid && isZombie(one));
  if (nobodyIsLeft && readPidFile(cluster).pid === pid) rmSync(join(cluster, 'postmaster.pid'), { force: true });
  return undefined;
}

/** Where the system does not tell, somebody has to listen on its port at least. */
async function isOf(cluster: string, pid: number): Promise<boolean> {
  return processesIn(cluster)?.includes(pid) ?? !(await isFree(readPidFile(cluster).port));
}

function readPidFile(cluster: string): { pid: number; port: number; status: string } {
  let lines: string[] = [];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    // No file, no server.
  }
  return { pid: Number(lines[0] ?? 0), port: Number(lines[3] ?? 0), status: (lines[7] ?? '').trim() };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
}

/** Somebody else's child: all one can do is look. */
function watched(pid: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (isAlive(pid)) return;
      clearInterval(timer);
      resolve();
    }, LOOK_AT_AN_ADOPTED_ONE_EVERY_MS);
    timer.unref();
  });
}

/** The timer keeps the process alive while it waits; without it an exit hook could end us before the database has. */
function within(promise: Promise<void>, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), milliseconds);
    void promise.then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-3).join(' / ');
  } catch {
    return 'nothing';
  }
}
