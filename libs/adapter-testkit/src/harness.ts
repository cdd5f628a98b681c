import type { AdapterPlugin, ChatAdapter, HttpIn, HttpOut, MessageRef, Op, RoomRef, UserRef } from '@musterhq/chat-port';
import type { RecordingInlet } from './inlet.ts';

/**
 * What the author of an adapter writes once, so that the kit can play the people, the platform and the core.
 *
 * One harness lives for one case: made by `start`, ended by `stop`. It holds a simulated platform and the real
 * adapter, created through its plugin and connected to `kit.inlet`; `start` resolves when the adapter can send.
 * Nothing in it may sleep: time is the simulator's own.
 */
export interface Harness {
  readonly adapter: ChatAdapter;

  /** The tenant in which `room` makes rooms. */
  readonly tenant: string;

  /** The ways in which this harness can deliver events to the adapter, the usual one first. */
  readonly transports: readonly Transport[];

  /** What this simulator (not the adapter) cannot act out, with the reason that the report then shows. */
  readonly cannot?: Partial<Record<Stunt, string>>;

  /** Acts that this simulator has, and no simulator needs to have: no case asks for one that is not named here. */
  readonly also?: readonly RareAct['do'][];

  /** A fresh room that the bot is in. */
  room(name?: string): Promise<RoomRef>;

  /**
   * A person does something on the platform, which tells the adapter.
   *
   * Events leave in the order of the calls, and a later one does not wait for an earlier one's answer. Resolves when
   * the platform has had its answer to every delivery, or has given up. It never repeats a delivery by itself: `times`
   * says how often, whatever the answers are. A platform that is polled has its answer with the next poll: acknowledged when that asks
   * from after the event. When it asks from before, the event is dropped, and given again only as another of `times`.
   *
   * A platform with one word for commands takes that one for every `name` of a command.
   */
  inject(event: Injected, how?: Delivery): Promise<Injection>;

  /**
   * The next `n` calls (1 unless told) of this kind go wrong in this way; `Infinity` until `heal`.
   * With `room`, only calls for that room do; other calls pass and are not counted. `*` is every call, also those by which the
   * adapter listens or looks whether it is still known; a connection that stands is not cut by it.
   *
   * Nothing else goes wrong. The simulator does not keep to `rates` by itself: a case may say hundreds of messages in a room while the
   * clock stands still.
   */
  fault(op: Op | '*', kind: FaultKind, n?: number, o?: FaultOptions): void;

  /** Ends every fault, answers what hangs with a connection reset, and applies what was `late`. */
  heal(): void;

  /** What people see in the room now, threads included, oldest first. */
  observed(room: RoomRef): Promise<ObservedMessage[]>;

  /** Whether not everybody may enter the room, and the user ids of those who are in it. */
  insideOf?(room: RoomRef): Promise<{ readonly isPrivate: boolean; readonly members: readonly string[] }>;

  /** What this person reads on their page with us; null when nothing was published there. */
  homeOf?(user: UserRef): Promise<string | null>;

  /** How many calls of this kind reached the platform since `start`, failed ones included. */
  requests(op: Op): number;

  /** The platform's clock, in milliseconds. The adapter's context has the same. */
  now(): number;

  /** Moves that clock on, when the simulator's clock is its own. */
  advance?(ms: number): void;

  /**
   * From now on the platform gives no more than `most` messages a page, however many are asked for. Where this is not there, the kit
   * says more than `limits.historyPage` to see a second page.
   */
  shortPages?(most: number): void;

  /**
   * The whole platform goes away: calls fail, and connections are cut and cannot be made. Resolves when that is so, with what brings
   * it back at the address that it had.
   */
  outage?(): Promise<() => Promise<void>>;

  /** Closes adapter and simulator. Nothing of either is left afterwards. */
  stop(): Promise<void>;
}

export type Transport = 'webhook' | 'socket';

/**
 * Acts that not every simulator has. `same-number`: two messages of two rooms with one number. `echo`: the bot's own
 * posts come back as events. `bot`: another bot speaks. `mention`: a person mentions the bot. The rest are `Injected` and
 * `Tamper` by their names.
 */
export type Stunt = 'same-number' | 'echo' | 'bot' | 'mention' | Exclude<Injected['do'], RareAct['do']> | Tamper;

/** How an event reaches the adapter. */
export interface Delivery {
  /** The usual transport of the harness, unless told. */
  readonly transport?: Transport;
  /** The same event once more over this transport, after everything else. */
  readonly alsoBy?: Transport;
  /** How often the platform delivers this one event, one delivery after the other; 1 unless told. */
  readonly times?: number;
  /** How much later by the platform's clock each delivery is than the act, or than the delivery before. */
  readonly delayMs?: number;
  /** What is wrong with the request (webhooks). */
  readonly tamper?: Tamper;
}

/** `stale` and `future`: correctly signed, ten minutes old or early. `body`: changed after it was signed. */
export type Tamper = 'signature' | 'no-signature' | 'stale' | 'future' | 'body';

/** An act on the platform. `by` is a person's name in the simulator, who is made when first heard of; `mia` unless told. */
export type Injected =
  | Say
  | { readonly do: 'edit'; readonly message: MessageRef; readonly text: string; readonly by?: string }
  | { readonly do: 'remove'; readonly message: MessageRef; readonly by?: string }
  | { readonly do: 'react' | 'pin'; readonly message: MessageRef; readonly emoji?: string; readonly added?: boolean; readonly by?: string }
  | { readonly do: 'command'; readonly room: RoomRef; readonly name: string; readonly text: string; readonly by?: string }
  | { readonly do: 'press'; readonly message: MessageRef; readonly action: string; readonly value?: string; readonly by?: string }
  | {
      readonly do: 'submit';
      readonly form: string;
      readonly state?: string;
      readonly values: Readonly<Record<string, readonly string[]>>;
      readonly by?: string;
    }
  | { readonly do: 'join' | 'leave'; readonly room: RoomRef; readonly by?: string }
  /** The adapter's own user is taken out of the room. */
  | { readonly do: 'put-out'; readonly room: RoomRef; readonly by?: string }
  | { readonly do: 'rename'; readonly room: RoomRef; readonly name: string; readonly by?: string }
  | { readonly do: 'archive'; readonly room: RoomRef; readonly by?: string }
  /** They look at their page with us. */
  | { readonly do: 'open-home'; readonly by?: string }
  /** Something that the platform may bring one day and no adapter knows. */
  | { readonly do: 'unfamiliar'; readonly name: string }
  | RareAct;

/** What only some platforms have, named in `Harness.also`. */
export type RareAct =
  /** The platform tells us too much at once, drops what happens now, and says so. */
  | { readonly do: 'fall-behind' }
  /** An app speaks that has no account. People read `name` above its words. */
  | { readonly do: 'app-speaks'; readonly room: RoomRef; readonly text: string; readonly name: string }
  /** The room gets another id, and is otherwise what it was. */
  | { readonly do: 'move'; readonly room: RoomRef }
  /** From now on all who are on the platform can read it, or only those who are in it, or another organisation too. */
  | { readonly do: 'make-public' | 'make-private' | 'share'; readonly room: RoomRef; readonly by?: string }
  /** `speak-to-us`: our name stands before the words, as people there say something to somebody. `speak-of-us`: behind them. */
  | { readonly do: 'speak-to-us' | 'speak-of-us'; readonly room: RoomRef; readonly text: string; readonly by?: string }
  /** Says it to us where nobody else reads it; the message that comes back says where. */
  | { readonly do: 'speak-alone'; readonly text: string; readonly by?: string };

export interface Say {
  readonly do: 'say';
  readonly room: RoomRef;
  /** As typed: every character means only itself, so a simulator that speaks markup has to escape it. */
  readonly text: string;
  readonly by?: string;
  /** In the thread of this message. */
  readonly thread?: MessageRef;
  /** Said by another bot, not by a person. */
  readonly bot?: boolean;
  /** The bot is mentioned too, as people do it on this platform. */
  readonly mentionsUs?: boolean;
  /** With the number that this message of another room has, as platforms that count per room do. */
  readonly sameNumberAs?: MessageRef;
}

export interface Injection {
  /** One entry a delivery, in order. */
  readonly deliveries: readonly Delivered[];
  /** The message that the act made or touched. */
  readonly message?: MessageRef;
}

export interface Delivered {
  readonly transport: Transport;
  /** The platform will not send it again: a 2xx, or the socket's acknowledgement. */
  readonly acknowledged: boolean;
  /** The HTTP status, for webhooks. */
  readonly status?: number;
  /** What went back with it, when it was an interaction with an immediate answer: the platform's own JSON. */
  readonly body?: unknown;
}

/**
 * How a call goes wrong (the fault menu F1–F14).
 *
 * `error-before` / `error-after`: a 5xx, before or after the call was applied. `silent` / `silent-after`: no answer,
 * ever; not applied, or applied. `late`: no answer, and applied only at `heal`. `refused`: the connection is refused
 * (ECONNREFUSED), nothing was sent: a port of a server that was closed does it, and a port that `fetch` calls bad does not. `reset-before` / `reset-after`: the connection drops after the request was sent, and the call was
 * not, or was, applied. `rate-limited`: 429, with `retryAfterMs` as the platform says it, or without. `garbage`: a 200
 * that makes no sense, not applied. `lost`: a 200 with a good answer, and the message is never there.
 * `unauthorized`: the token is revoked.
 */
export type FaultKind =
  | 'error-before'
  | 'error-after'
  | 'silent'
  | 'silent-after'
  | 'late'
  | 'refused'
  | 'reset-before'
  | 'reset-after'
  | 'rate-limited'
  | 'garbage'
  | 'lost'
  | 'unauthorized';

export interface FaultOptions {
  readonly room?: RoomRef;
  readonly retryAfterMs?: number;
  /** So many calls of this kind pass first. */
  readonly skip?: number;
}

/** A message as a person in the room has it before them. */
export interface ObservedMessage {
  readonly id: string;
  readonly thread?: string;
  /** What is read, with the platform's markup parsed as its client does and no decoration; blocks on lines of their own. */
  readonly text: string;
  readonly author: 'us' | 'person' | 'bot';
  /** The key of ours that it carries, when the platform shows it to us. */
  readonly key?: string;
  /** Who was notified by a mention in it: `everyone`, user and group ids. Empty when nobody was. */
  readonly pinged: readonly string[];
  /** Addresses that a click in the message would follow. */
  readonly links: readonly string[];
}

/** What the kit gives the author's `start`: the core's half of the port, as far as an adapter can see it. */
export interface Kit {
  /** Pass it to `adapter.connect`, where there is one. `serve` and `receive` use it by themselves. */
  readonly inlet: RecordingInlet;

  /** What `create` gave adapters to keep to themselves. */
  readonly secrets: readonly string[];

  /**
   * Creates the adapter through its plugin, in a context with secrets and kv in memory and a log that is silent.
   * Whatever is planted in an adapter, to try whether it is noticed, is planted here: use what this returns, and nothing else.
   */
  create(plugin: AdapterPlugin, o?: ContextOptions): Promise<ChatAdapter>;

  /** The adapter made last, made once more in a context like its own, as after a restart. Whoever asks closes it. */
  again(): Promise<ChatAdapter>;

  /** What the core does with a webhook: verify and decode, admit, and only then answer. 503 when it cannot be admitted. */
  receive(adapter: ChatAdapter, request: HttpIn): Promise<HttpOut>;

  /** `receive` behind a port of the loopback, for simulators that speak HTTP. The path is kept; `now` is the context's. */
  serve(adapter: ChatAdapter, now?: () => number): Promise<Served>;
}

export interface Served {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

export interface ContextOptions {
  readonly instance?: string;
  readonly config?: unknown;
  readonly hookUrl?: string;
  readonly tenants?: readonly string[];
  /** By name; a tenant's own by `<tenant>/<name>`, found first. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly now?: () => number;
  readonly fetch?: typeof fetch;
}
