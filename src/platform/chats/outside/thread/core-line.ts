import type { MessagePort } from 'node:worker_threads';
import { describeError } from '#src/platform/logging/describe-error';
import type { Assignment, FromThread, Method, Reply, ToThread, Wish } from '../wire.types.ts';
import { Unfit } from './unfit.ts';

/** What an adapter answers may be long: a page of history is. More than this would make the core wait while it reads it. */
const ANSWER_CHARS = 4 * 1024 * 1024;
const WISHES_AT_ONCE = 500;

/** Serves a method. The signal ends when the core waits no longer. */
export type Serve = (method: Method, given: readonly unknown[], signal: AbortSignal) => unknown;

/** The thread's end of the line to the core. */
export class CoreLine {
  private readonly turn: Int32Array;
  private readonly replies: MessagePort;
  private readonly underWay = new Map<number, AbortController>();
  private readonly wishes = new Map<number, { readonly grant: (value: unknown) => void; readonly deny: (error: Error) => void }>();
  private lastWish = 0;
  private serves: Serve = () => undefined;

  constructor(
    private readonly port: MessagePort,
    { turn, replies }: Assignment,
  ) {
    this.turn = new Int32Array(turn);
    this.replies = replies;
    port.on('message', (message: ToThread) => this.hear(message));
  }

  serve(serves: Serve): void {
    this.serves = serves;
  }

  say(message: FromThread): void {
    this.port.postMessage(message);
  }

  /** Rejects in words of ours when the core refuses or too much is asked at once. */
  wish<T>(wish: Wish, given: readonly unknown[]): Promise<T> {
    if (this.wishes.size >= WISHES_AT_ONCE) return Promise.reject(new Error('Too much is asked at once. Wait for what is under way.'));
    const id = ++this.lastWish;
    return new Promise((resolve, reject) => {
      this.wishes.set(id, { grant: (value) => resolve(value as T), deny: reject });
      try {
        this.say({ t: 'wish', id, wish, json: toJson(given) });
      } catch (error) {
        this.wishes.delete(id);
        reject(error as Error);
      }
    });
  }

  private hear(message: ToThread): void {
    switch (message.t) {
      case 'call':
        return void this.answer(message.id, message.method, message.given);
      case 'abort':
        return this.underWay.get(message.id)?.abort();
      case 'now':
        return this.answerNow(message.id, message.method, message.given);
      case 'granted':
        this.wishes.get(message.id)?.grant(message.value);
        return void this.wishes.delete(message.id);
      case 'denied':
        this.wishes.get(message.id)?.deny(new Unfit(message.why));
        return void this.wishes.delete(message.id);
      case 'ping':
        return this.say({ t: 'pong' });
    }
  }

  private async answer(id: number, method: Method, given: readonly unknown[]): Promise<void> {
    const waiting = new AbortController();
    this.underWay.set(id, waiting);
    try {
      this.say({ t: 'done', id, json: toJson(await this.serves(method, given, waiting.signal)) });
    } catch (error) {
      this.say({
        t: 'threw',
        id,
        error: describeError(error),
        detail: String(error instanceof Error ? error.message : error).slice(0, 500),
      });
    } finally {
      this.underWay.delete(id);
    }
  }

  /** The core stands still until the turn is its call's. */
  private answerNow(id: number, method: Method, given: readonly unknown[]): void {
    this.replies.postMessage(this.replyNow(id, method, given));
    Atomics.store(this.turn, 0, id);
    Atomics.notify(this.turn, 0);
  }

  private replyNow(id: number, method: Method, given: readonly unknown[]): Reply {
    try {
      return { id, json: toJson(this.serves(method, given, NEVER)) };
    } catch (error) {
      return { id, error: describeError(error) };
    }
  }
}

const NEVER = new AbortController().signal;

/** As plain data: the contract has nothing else, and a getter or a prototype stays here. */
function toJson(value: unknown): string {
  const json = JSON.stringify(value) ?? 'null';
  if (json.length > ANSWER_CHARS) throw new Error('The answer is too long.');
  return json;
}
