import { type ChildProcess, spawn } from 'node:child_process';
import type { Role } from '#src/platform/config/config.schema';

export interface OneProcessOptions {
  readonly roles: readonly Role[];
  readonly env: Readonly<Record<string, string>>;
  /** The file that is run; by default the product's own for a single process. */
  readonly program?: string;
  readonly args?: readonly string[];
}

/** One process of Muster as an operator runs it beside others: no supervisor, only roles and the address of a database. */
export class OneProcess {
  private child: ChildProcess | null = null;
  private heard = '';

  constructor(
    readonly name: string,
    private readonly options: OneProcessOptions,
  ) {}

  /** `also`: in this life only. */
  start(also: Partial<Pick<OneProcessOptions, 'env' | 'args'>> = {}): this {
    const { roles, env, program = 'dist/src/process.js', args = [] } = this.options;
    this.child = spawn(process.execPath, [...args, ...(also.args ?? []), program], {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], MUSTER_ROLES: roles.join(','), ...env, ...also.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.heard += text));
    return this;
  }

  /** What it has said, over all its lives. */
  get output(): string {
    return this.heard;
  }

  get pid(): number | null {
    return this.isRunning ? (this.child?.pid ?? null) : null;
  }

  get isRunning(): boolean {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null;
  }

  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (!child || !this.isRunning) return;
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill(signal);
    await ended;
  }
}
