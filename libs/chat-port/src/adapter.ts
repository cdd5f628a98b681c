import type { Observable } from 'rxjs';
import type { Capabilities } from './capabilities.ts';
import type { Answers, Files, Forms, History, Home, Messages, People, Rooms, StatusFeed } from './facets.ts';
import type { Inlet, Webhooks } from './inbound.ts';
import type { RoomRef } from './names.ts';
import type { Fault } from './outcomes.ts';

/** One line a fact, as data. The message never varies; ids are fields; never the body of a chat message, never a secret. */
export interface Log {
  debug(facts: Record<string, unknown>, message: string): void;
  info(facts: Record<string, unknown>, message: string): void;
  warn(facts: Record<string, unknown>, message: string): void;
  error(facts: Record<string, unknown>, message: string): void;
}

/**
 * `starting` → `ready`; `limited`: some of it works; `offline`: the platform cannot be reached, and we go on trying;
 * `unauthorized`: a person has to act, as the fault's remedy says; `stopped`: closed, for good.
 */
export interface Health {
  state: 'starting' | 'ready' | 'limited' | 'offline' | 'unauthorized' | 'stopped';
  /** The tenant it is about; without it, all of them. The core speaks to the tenants that were named here, and to no other. */
  tenant?: string;
  since: number;
  fault?: Fault;
  /** When the adapter looks again, where it knows. */
  retryAt?: number;
}

/**
 * One installed app of one platform. Required: `capabilities`, `messages.render`, `messages.send`, `health$`, `close`, and
 * one of `webhooks` and `connect`. It never repeats a call, sleeps, dedupes or stores messages: the core does all that.
 */
export interface ChatAdapter {
  /** Of this room, or of rooms in general. At once and without I/O; asked often. */
  capabilities(room?: RoomRef): Capabilities;

  messages: Messages;

  webhooks?: Webhooks;

  /**
   * Begins to listen, and resolves when it has begun; it need not be connected by then, which `health$` tells. A platform
   * that is away is no error: it goes on trying until the signal ends or `close`. Called once.
   */
  connect?(inlet: Inlet, signal: AbortSignal): Promise<void>;

  /**
   * Something that should have come by `connect` did not. What is open and has brought nothing for ten seconds is opened anew, and given up
   * only when the other one is open: of two lines, one that is half dead loses every second event, and answers every ping. Begins, and
   * returns at once. Nothing where nothing is open; absent where nothing is kept open.
   */
  renewSilent?(): void;

  rooms?: Rooms;
  people?: People;
  history?: History;
  forms?: Forms;
  answers?: Answers;
  files?: Files;
  home?: Home;
  statusFeed?: StatusFeed;

  /** Replays the latest value to whoever subscribes; completes after `stopped`; never errors. */
  health$: Observable<Health>;

  /**
   * Drains what is under way and leaves no timer, socket or listener. A second call is as good as the first (CP15). What `context.fetch`
   * keeps open for its next request is not meant.
   */
  close(): Promise<void>;
}

/** All that an adapter gets from the core. */
export interface AdapterContext {
  /** What `RoomRef.adapter` has to say. */
  instance: string;
  /** As the plugin's schema allows it; checked before. */
  config: unknown;
  /** Where the platform's requests reach `webhooks`, as the operator says that Muster can be reached. */
  hookUrl: string;
  tenants(): Promise<string[]>;
  /** Encrypted at rest. `get` rejects when there is no such secret; a tenant's own is asked for with the tenant. */
  secrets: {
    get(name: string, tenant?: string): Promise<string>;
    put(name: string, value: string, tenant?: string): Promise<void>;
  };
  /**
   * Small things worth keeping over a restart, shared by all processes of this instance, such as the cursor of a chat that is polled.
   * Losing them must do no harm.
   */
  kv: {
    get(k: string): Promise<string | null>;
    set(k: string, v: string, ttlMs?: number): Promise<void>;
  };
  /** The only way out: it keeps to the operator's proxies and limits. */
  fetch: typeof fetch;
  now(): number;
  log: Log;
}

export interface SetupStep {
  id: string;
  title: string;
  /** It works, as far as anybody can know by now; not: something was given. */
  done: boolean;
  /** How it is, or what to do. No secret. */
  say: string;
  give?: { label: string; text: string } | { label: string; download: string };
  /** A secret that the admin can enter at this step, by its name for `AdapterContext.secrets`; nothing is connected without, unless it is optional. */
  ask?: { secret: string; label: string; optional?: true };
  /** What was given is not accepted, or could not be tried. A secret that is being entered is then not kept. */
  wrong?: boolean;
}

/** How to install it, step by step; the core shows it at `/adapters/<id>/setup`. */
export interface Setup {
  /** As things stand now. */
  steps(): Promise<SetupStep[]>;
  /** A file that a step gives, by the name in `give.download`. Rejects for a name that no step gives. */
  artefact(name: string): Promise<{ mime: string; bytes: Uint8Array }>;
}

export interface AdapterPlugin {
  /** The contract's version. */
  chatport: 1;
  id: string;
  name: string;
  /** JSON Schema of `AdapterContext.config`. At the top, a name that it does not know is refused, unless it says otherwise itself. */
  config: object;
  /** One adapter per instance. Rejects only for what a person has to correct, such as a missing secret; never because the platform is away. */
  create(ctx: AdapterContext): Promise<ChatAdapter>;
  setup?(ctx: AdapterContext): Setup;
}
