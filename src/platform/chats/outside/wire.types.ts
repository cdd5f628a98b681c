import type { MessagePort } from 'node:worker_threads';
import type { DescribedError } from '#src/platform/logging/describe-error';

/** What a thread is made for. */
export interface Assignment {
  /** As the operator wrote it: the name of a package, or a path. */
  readonly package: string;
  /** Where it is looked for, in this order. */
  readonly folders: readonly string[];
  readonly instance: string;
  readonly config: unknown;
  readonly hookUrl: string;
  /** To show how it is set up takes no settings that work. */
  readonly purpose: 'chat' | 'setup';
  /** Holds the number of the last call that was answered at once. */
  readonly turn: SharedArrayBuffer;
  /** Brings what was answered. */
  readonly replies: MessagePort;
}

/** `messages.send`: the method and where it is. */
export type Method = string;

export type ToThread =
  | { readonly t: 'call'; readonly id: number; readonly method: Method; readonly given: readonly unknown[] }
  | { readonly t: 'abort'; readonly id: number }
  /** Answered by `replies`: the core waits for it. */
  | { readonly t: 'now'; readonly id: number; readonly method: Method; readonly given: readonly unknown[] }
  | { readonly t: 'granted'; readonly id: number; readonly value: unknown }
  | { readonly t: 'denied'; readonly id: number; readonly why: string }
  | { readonly t: 'ping' };

/** What an adapter may ask of the core. */
export type Wish = 'tenants' | 'secret' | 'keep-secret' | 'recall' | 'remember' | 'admit' | 'ask' | 'piece';

export type FromThread =
  | { readonly t: 'loaded' }
  /** Facets and methods that the adapter has; for a setup, whether there is one. */
  | { readonly t: 'ready'; readonly has: readonly Method[] }
  /** It cannot be used, in words for the operator and perhaps some of its own. */
  | { readonly t: 'unfit'; readonly say: string; readonly detail: string | null }
  | { readonly t: 'done'; readonly id: number; readonly json: string }
  | { readonly t: 'threw'; readonly id: number; readonly error: DescribedError; readonly detail: string }
  | { readonly t: 'wish'; readonly id: number; readonly wish: Wish; readonly json: string }
  | { readonly t: 'health'; readonly json: string }
  | {
      readonly t: 'log';
      readonly level: 'debug' | 'info' | 'warn' | 'error';
      readonly facts: Record<string, unknown>;
      readonly message: string;
    }
  | { readonly t: 'pong' }
  /** An error that nobody caught. The thread ends after it. */
  | { readonly t: 'dying'; readonly error: DescribedError };

export type Reply = { readonly id: number; readonly json: string } | { readonly id: number; readonly error: DescribedError };
