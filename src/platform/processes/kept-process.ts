import { type ChildProcess, fork } from 'node:child_process';
import { environment } from '#src/platform/config/environment';
import type { Role } from '#src/platform/config/config.schema';
import { Backoff } from './backoff.ts';
import type { FromChild, ToChild } from './messages.ts';

export interface KeptProcessOptions {
  readonly program: string;
  readonly roles: readonly Role[];
  readonly env: Readonly<Record<string, string>>;
  /** Where its output goes: a file of its own descriptor, so that a sleeping supervisor never blocks a log line. */
  readonly logFd: number;
  heard(message: FromChild, from: KeptProcess): void;
  /** What it says on stderr, in lines. */
  said(line: string): void;
  /** It ended without being asked to; it is started again after the delay. */
  ended(how: string, delayMs: number): void;
}

const GRACE_MS = 5_000;

/**
 * A child process that is running, or about to be again.
 *
 * running → (it ends) → waiting → running, until `stop`: then stopping → stopped, and it is never started again.
 */
export class KeptProcess {
  readonly #options: KeptProcessOptions;
  readonly #backoff = new Backoff();
  #child: ChildProcess | undefined;
  #waiting: NodeJS.Timeout | undefined;
  #stopped: Promise<void> | undefined;

  constructor(options: KeptProcessOptions) {
    this.#options = options;
    this.#run();
  }

  get roles(): readonly Role[] {
    return this.#options.roles;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  send(message: ToChild): void {
    if (this.#child?.connected) this.#child.send(message, () => undefined);
  }

  /** Five seconds to end by itself. */
  stop(): Promise<void> {
    return (this.#stopped ??= this.#stop());
  }

  /** Now, whatever it is doing. */
  kill(): void {
    void this.stop();
    this.#child?.kill('SIGKILL');
  }

  #run(): void {
    const { program, roles, env, logFd, heard, said } = this.#options;
    const began = Date.now();
    const child = fork(program, [], {
      env: { ...environment, ...env, MUSTER_ROLES: roles.join(',') },
      execArgv: ['--enable-source-maps'],
      stdio: ['ignore', logFd, 'pipe', 'ipc'],
      // Out of the terminal's reach: Ctrl-C is for the supervisor, which stops things in order.
      detached: true,
    });
    this.#child = child;
    child.on('message', (message) => heard(message as FromChild, this));
    if (child.stderr) inLines(child.stderr, said);
    let over = false;
    const isOver = (how: string): void => {
      if (over) return;
      over = true;
      this.#again(how, Date.now() - began);
    };
    child.once('error', (error) => isOver(error.message));
    child.once('exit', (code, signal) => isOver(signal ?? `exit code ${code}`));
  }

  #again(how: string, wasUpForMs: number): void {
    this.#child = undefined;
    if (this.#stopped) return;
    const delay = this.#backoff.next(wasUpForMs);
    this.#options.ended(how, delay);
    this.#waiting = setTimeout(() => this.#run(), delay);
  }

  async #stop(): Promise<void> {
    clearTimeout(this.#waiting);
    const child = this.#child;
    if (!child) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    this.send({ type: 'stop' });
    const impatience = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    await gone;
    clearTimeout(impatience);
  }
}

function inLines(stream: NodeJS.ReadableStream, said: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(said);
  });
  stream.on('end', () => rest && said(rest));
}
