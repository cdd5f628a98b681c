import { type ChildProcess, fork } from 'node:child_process';
import { environment } from '#src/platform/config/environment';
import type { Role } from '#src/platform/config/config.schema';
import { Backoff } from './backoff.ts';
import { type FromChild, STANDBY, type ToChild } from './messages.ts';

export interface KeptProcessOptions {
  readonly program: string;
  readonly roles: readonly Role[];
  readonly env: Readonly<Record<string, string>>;
  /** Whether another one waits with everything loaded. For the process that people wait for; costs about 100 MB. */
  readonly standby: boolean;
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
 *
 * Two thirds of a start are spent on loading modules. A standby has done that, and its turn takes a third of a start
 * (docs/decisions/0011). Losing the standby costs time at the next crash, and nothing else.
 */
export class KeptProcess {
  readonly #options: KeptProcessOptions;
  readonly #backoff = new Backoff();
  #child: ChildProcess | undefined;
  #standby: ChildProcess | undefined;
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
    const began = Date.now();
    const child = this.#nextChild();
    this.#child = child;
    child.on('message', (message: FromChild) => {
      this.#options.heard(message, this);
      // Not before it is ready: loading takes a whole processor, and people wait for this one.
      if (message.type === 'ready' && this.#options.standby) this.#standBy();
    });
    let over = false;
    const isOver = (how: string): void => {
      if (over) return;
      over = true;
      this.#again(how, Date.now() - began);
    };
    child.once('error', (error) => isOver(error.message));
    child.once('exit', (code, signal) => isOver(signal ?? `exit code ${code}`));
  }

  #nextChild(): ChildProcess {
    const standby = this.#standby;
    this.#standby = undefined;
    if (!standby?.connected) return this.#fork();
    standby.removeAllListeners();
    standby.send({ type: 'turn' } satisfies ToChild, () => undefined);
    return standby;
  }

  #standBy(): void {
    if (this.#standby || this.#stopped) return;
    const standby = this.#fork(STANDBY);
    const isGone = (): void => {
      if (this.#standby === standby) this.#standby = undefined;
    };
    standby.once('error', isGone);
    standby.once('exit', isGone);
    this.#standby = standby;
  }

  #fork(...args: string[]): ChildProcess {
    const { program, roles, env, logFd, said } = this.#options;
    const child = fork(program, args, {
      env: { ...environment, ...env, MUSTER_ROLES: roles.join(',') },
      execArgv: ['--enable-source-maps'],
      stdio: ['ignore', logFd, 'pipe', 'ipc'],
      // Out of the terminal's reach: Ctrl-C is for the supervisor, which stops things in order.
      detached: true,
    });
    if (child.stderr) inLines(child.stderr, said);
    return child;
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
    // It holds nothing that would have to be put away.
    this.#standby?.kill('SIGKILL');
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
