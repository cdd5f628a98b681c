import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

export interface Start {
  readonly port: number;
  readonly dataDir: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * What `npm start` runs, in a process group of its own: what a terminal signals at Ctrl-C. It knows nothing of the
 * environment the tests run in.
 */
export class RunningMuster {
  readonly port: number;
  readonly dataDir: string;
  readonly ended: Promise<number | string>;
  readonly #process: ChildProcess;
  #output = '';

  constructor({ port, dataDir, env }: Start) {
    this.port = port;
    this.dataDir = dataDir;
    this.#process = spawn(process.execPath, ['scripts/start.mjs'], {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: String(port), MUSTER_DATA: dataDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    this.ended = new Promise((resolve) => this.#process.once('close', (code, signal) => resolve(signal ?? code ?? -1)));
  }

  /** All it has said so far. */
  get output(): string {
    return this.#output;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Waits until it says it is ready; fails with what it said when it ends instead. */
  async ready(): Promise<this> {
    await this.says(/Stop: Ctrl-C/);
    return this;
  }

  async says(what: RegExp): Promise<void> {
    let hasEnded = false;
    void this.ended.then(() => (hasEnded = true));
    await eventually(() => what.test(this.#output) || hasEnded, 150_000);
    if (!what.test(this.#output)) throw new Error(`Muster did not say ${what} but:\n${this.#output}`);
  }

  /** As a terminal does it: everyone in the group gets it. */
  async pressCtrlC(): Promise<number | string> {
    kill(-this.pid, 'SIGINT');
    return this.ended;
  }

  /** `kill -9` of Muster's own processes, and of its database as well when asked for. */
  async killEverything({ database }: { database: boolean }): Promise<void> {
    const victims = childrenOf(this.pid).filter((one) => database || one !== this.databasePid());
    for (const pid of [this.pid, ...victims]) kill(pid);
    await this.ended;
  }

  databasePid(): number {
    return Number(readFileSync(join(this.dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  /** The process that plays these roles now, by what it calls itself. */
  pidOf(roles: 'web,ingest' | 'worker,clock' | 'standby'): number {
    const found = childrenOf(this.pid).find((pid) => nameOf(pid).startsWith(`muster ${roles}`));
    if (!found) throw new Error(`There is no process for ${roles}.`);
    return found;
  }

  async isServing(): Promise<boolean> {
    return fetch(`http://127.0.0.1:${this.port}/`, { signal: AbortSignal.timeout(2_000) }).then(
      () => true,
      () => false,
    );
  }

  async ask(query: string): Promise<unknown> {
    const client = new pg.Client({ ...this.#database(), connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<unknown[]>({ text: query, rowMode: 'array' });
      return rows[0]?.[0];
    } finally {
      await client.end();
    }
  }

  #database(): pg.ClientConfig {
    const kept = (name: string): string => readFileSync(join(this.dataDir, 'postgres', name), 'utf8').trim();
    return { host: '127.0.0.1', port: Number(kept('port')), user: 'muster', password: kept('password'), database: 'muster' };
  }
}

export async function eventually(condition: () => boolean | Promise<boolean>, milliseconds: number): Promise<void> {
  for (const end = Date.now() + milliseconds; !(await condition());) {
    if (Date.now() > end) throw new Error(`It did not come true within ${milliseconds / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function kill(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It was quicker.
  }
}

export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[1],
    );
  } catch {
    return undefined;
  }
}
