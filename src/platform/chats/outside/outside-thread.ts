import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MessageChannel, type MessagePort, Worker, receiveMessageOnPort } from 'node:worker_threads';
import { environment } from '#src/platform/config/environment';
import { ChatTrouble } from '../chat-trouble.ts';
import { AdapterFailed } from './outside.errors.ts';
import type { Assignment, FromThread, Method, Reply, ToThread, Wish } from './wire.types.ts';

const LOADING_MS = 10_000;
const CREATING_MS = 10_000;
/** For what the contract wants at once. Nothing else happens in the process meanwhile. */
const AT_ONCE_MS = 500;
/** One that is starved for once is forgiven; one that is always too slow would hold up the process again and again. */
const LATE_IN_A_ROW = 5;
const PING_MS = 2_000;
const PINGS_MISSED = 5;
const MEGABYTES = 256;

/** What a program of this machine needs to find its way out. Nothing of ours: no database, no other chat's secrets. */
const PASSED_ON = ['PATH', 'HOME', 'TZ', 'LANG', 'LC_ALL', 'NODE_ENV', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];

export type Wishes = (wish: Wish, given: readonly unknown[]) => Promise<unknown>;

export interface ThreadEars {
  /** Rejects with a `ChatTrouble` in words for the adapter, or with anything else, which it is told nothing of. */
  readonly wishes: Wishes;
  readonly health: (given: unknown) => void;
  readonly log: (line: Extract<FromThread, { t: 'log' }>) => void;
  /** Once, when the thread ended and nobody asked it to. */
  readonly ended: (trouble: ChatTrouble) => void;
}

interface Call {
  readonly done: (value: unknown) => void;
  readonly failed: (error: Error) => void;
}

/**
 * A thread with one adapter from outside in it.
 *
 * loading → creating → ready → over; whatever goes wrong on the way ends it. A thread that does not turn for ten seconds, holds
 * too much or dies is over, and every call that waits for it fails. Nothing here waits without an end.
 */
export class OutsideThread {
  private readonly worker: Worker;
  private readonly turn = new Int32Array(new SharedArrayBuffer(4));
  private readonly replies: MessagePort;
  private readonly calls = new Map<number, Call>();
  private last = 0;
  private over: ChatTrouble | null = null;
  private isSilent = false;
  private lates = 0;
  private unanswered = 0;
  private pings: NodeJS.Timeout | null = null;
  private readonly loaded = promised<void>();
  private readonly readied = promised<readonly Method[]>();

  constructor(
    private readonly what: Pick<Assignment, 'package' | 'folders' | 'instance' | 'config' | 'hookUrl' | 'purpose'>,
    private readonly ears: ThreadEars,
  ) {
    const { port1, port2 } = new MessageChannel();
    this.replies = port1;
    const assignment: Assignment = { ...what, turn: this.turn.buffer as SharedArrayBuffer, replies: port2 };
    this.worker = new Worker(PROGRAM, {
      workerData: assignment,
      transferList: [port2],
      env: Object.fromEntries(
        Object.entries(environment).filter(([name]) => PASSED_ON.includes(name) || /^(https?|no)_proxy$/i.test(name)),
      ),
      execArgv: [],
      stdout: true,
      stderr: true,
      name: `chat ${what.instance}`,
      resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
    });
    this.worker.on('message', (message: FromThread) => this.hear(message));
    this.worker.on('error', (error: { code?: string }) =>
      this.end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? this.tooLarge() : this.died()),
    );
    this.worker.on('exit', () => this.end(this.died()));
    // Nobody reads them, and what is not read would pile up.
    for (const output of [this.worker.stdout, this.worker.stderr]) output.resume();
    this.worker.unref();
    port1.unref();
  }

  /** What the adapter has. @throws ChatTrouble, and then the thread is over */
  async ready(): Promise<readonly Method[]> {
    const { package: name, instance } = this.what;
    await this.patient(
      LOADING_MS,
      this.loaded.promise,
      `The package ${name} was not loaded within ${LOADING_MS / 1000} seconds: it never finishes being imported.`,
    );
    const has = await this.patient(
      CREATING_MS,
      this.readied.promise,
      `The adapter of "${instance}" was not made within ${CREATING_MS / 1000} seconds.`,
    );
    this.pings = setInterval(() => this.ping(), PING_MS);
    this.pings.unref();
    return has;
  }

  /** Rejects with an `AdapterFailed` when it throws, when the thread ends, and as soon as the signal ends. */
  call(method: Method, given: readonly unknown[], signal: AbortSignal): Promise<unknown> {
    if (this.over || signal.aborted) return Promise.reject(this.over ? this.gone() : late());
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.say({ t: 'abort', id });
        settled();
        reject(late());
      };
      const settled = (): void => {
        this.calls.delete(id);
        signal.removeEventListener('abort', giveUp);
      };
      this.calls.set(id, {
        done: (value) => {
          settled();
          resolve(value);
        },
        failed: (error) => {
          settled();
          reject(error);
        },
      });
      signal.addEventListener('abort', giveUp);
      this.say({ t: 'call', id, method, given });
    });
  }

  /** For what has to be answered at once. @throws AdapterFailed; after one that came too late, for all until the thread turns again */
  now(method: Method, given: readonly unknown[]): unknown {
    if (this.over) throw this.gone();
    if (this.isSilent) throw late();
    const id = ++this.last;
    this.say({ t: 'now', id, method, given });
    const end = performance.now() + AT_ONCE_MS;
    for (let seen = Atomics.load(this.turn, 0); seen !== id; seen = Atomics.load(this.turn, 0)) {
      const left = end - performance.now();
      if (left <= 0) {
        this.isSilent = true;
        if (++this.lates >= LATE_IN_A_ROW) this.end(this.tooSlow());
        throw late();
      }
      Atomics.wait(this.turn, 0, seen, left);
    }
    for (;;) {
      const reply = receiveMessageOnPort(this.replies)?.message as Reply | undefined;
      if (!reply) throw late();
      if (reply.id !== id) continue;
      this.lates = 0;
      if ('error' in reply) throw new AdapterFailed(`The adapter of "${this.what.instance}" failed (${reply.error.name}).`);
      return JSON.parse(reply.json) as unknown;
    }
  }

  /** Nothing of it is left. Not news: nobody is told that it ended. */
  async stop(): Promise<void> {
    this.over ??= this.died();
    this.letGo();
    await this.worker.terminate();
  }

  private hear(message: FromThread): void {
    if (this.over) return;
    switch (message.t) {
      case 'loaded':
        return this.loaded.resolve();
      case 'ready':
        return this.readied.resolve(message.has);
      case 'unfit':
        return this.end(new ChatTrouble(message.say, message.detail));
      case 'done':
        return this.calls.get(message.id)?.done(JSON.parse(message.json));
      case 'threw':
        return this.calls
          .get(message.id)
          ?.failed(new AdapterFailed(`The adapter of "${this.what.instance}" failed (${message.error.name}).`, message.detail));
      case 'wish':
        return void this.fulfil(message);
      case 'health':
        return this.ears.health(JSON.parse(message.json));
      case 'log':
        return this.ears.log(message);
      case 'pong':
        this.unanswered = 0;
        this.isSilent = false;
        return;
      case 'dying':
        return this.end(
          new ChatTrouble(
            `The adapter of "${this.what.instance}" ended by an error that it did not catch (${message.error.name}${at(message.error.at)}).`,
          ),
        );
    }
  }

  private async fulfil({ id, wish, json }: Extract<FromThread, { t: 'wish' }>): Promise<void> {
    try {
      const value = (await this.ears.wishes(wish, JSON.parse(json) as unknown[])) ?? null;
      this.say({ t: 'granted', id, value });
    } catch (error) {
      this.say({
        t: 'denied',
        id,
        why: error instanceof ChatTrouble || error instanceof AdapterFailed ? error.message : 'Muster could not do it now.',
      });
    }
  }

  /** Counted by our own turns: while this process stands still, nobody is at fault. */
  private ping(): void {
    if (this.unanswered >= PINGS_MISSED)
      return this.end(
        new ChatTrouble(
          `The adapter of "${this.what.instance}" did nothing for ${(PING_MS * PINGS_MISSED) / 1000} seconds: it is caught in a loop, or waits and lets nothing else happen.`,
        ),
      );
    this.unanswered++;
    this.say({ t: 'ping' });
  }

  private async patient<T>(ms: number, wanted: Promise<T>, say: string): Promise<T> {
    const timer = setTimeout(() => this.end(new ChatTrouble(say)), ms).unref();
    try {
      return await wanted;
    } finally {
      clearTimeout(timer);
    }
  }

  private end(trouble: ChatTrouble): void {
    if (this.over) return;
    this.over = trouble;
    for (const { reject } of [this.loaded, this.readied]) reject(trouble);
    const wasReady = this.pings !== null;
    this.letGo();
    void this.worker.terminate();
    if (wasReady) this.ears.ended(trouble);
  }

  private letGo(): void {
    if (this.pings) clearInterval(this.pings);
    for (const { failed } of [...this.calls.values()]) failed(this.gone());
    this.replies.close();
  }

  private say(message: ToThread): void {
    if (!this.over) this.worker.postMessage(message);
  }

  private gone = (): AdapterFailed =>
    new AdapterFailed(`The adapter of "${this.what.instance}" is not running. Send it again in a moment.`);
  private died = (): ChatTrouble => new ChatTrouble(`The adapter of "${this.what.instance}" ended by itself.`);
  private tooSlow = (): ChatTrouble =>
    new ChatTrouble(
      `The adapter of "${this.what.instance}" takes too long for what it has to answer at once, ${LATE_IN_A_ROW} times in a row.`,
    );
  private tooLarge = (): ChatTrouble =>
    new ChatTrouble(`The adapter of "${this.what.instance}" held more than ${MEGABYTES} MB of memory, which is all it may have.`);
}

const late = (): AdapterFailed => new AdapterFailed('The adapter did not answer in time.');
const at = (places: readonly string[] | undefined): string => (places?.[0] ? `, at ${places[0]}` : '');

interface Promised<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** A promise that others keep. Nobody need wait for it. */
function promised<T>(): Promised<T> {
  let keep: Omit<Promised<T>, 'promise'> | undefined;
  const promise = new Promise<T>((resolve, reject) => (keep = { resolve, reject }));
  promise.catch(() => undefined);
  return { promise, ...(keep as Omit<Promised<T>, 'promise'>) };
}

/** Compiled, it is beside this file; where this file runs as it is, as in tests, it is below `dist` all the same. */
const PROGRAM = ((): URL => {
  const beside = new URL('./thread/main.js', import.meta.url);
  return existsSync(fileURLToPath(beside))
    ? beside
    : new URL('../../../../dist/src/platform/chats/outside/thread/main.js', import.meta.url);
})();
