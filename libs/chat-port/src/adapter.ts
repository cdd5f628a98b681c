import type { Observable } from 'rxjs';
import type { Capabilities } from './capabilities.ts';
import type { Files, Forms, History, Home, Messages, People, Rooms } from './facets.ts';
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

export interface Health {
  state: 'starting' | 'ready' | 'limited' | 'offline' | 'unauthorized' | 'stopped';
  tenant?: string;
  since: number;
  fault?: Fault;
  retryAt?: number;
}
export interface ChatAdapter {
  capabilities(room?: RoomRef): Capabilities;
  messages: Messages;
  webhooks?: Webhooks;
  connect?(inlet: Inlet, signal: AbortSignal): Promise<void>; // at least one of the two
  rooms?: Rooms;
  people?: People;
  history?: History;
  forms?: Forms;
  files?: Files;
  home?: Home; // facets: absent means the platform has none
  health$: Observable<Health>; // replays the latest value
  close(): Promise<void>;
}
export interface AdapterContext {
  instance: string;
  config: unknown;
  tenants(): Promise<string[]>;
  secrets: { get(name: string, tenant?: string): Promise<string>; put(name: string, value: string, tenant?: string): Promise<void> };
  kv: { get(k: string): Promise<string | null>; set(k: string, v: string, ttlMs?: number): Promise<void> };
  fetch: typeof fetch;
  now(): number;
  log: Log;
}
export interface SetupStep {
  id: string;
  title: string;
  done: boolean;
  say: string;
  give?: { label: string; text: string } | { label: string; download: string };
}
export interface Setup {
  steps(): Promise<SetupStep[]>;
  artefact(name: string): Promise<{ mime: string; bytes: Uint8Array }>;
} // rendered by the core at /adapters/:id/setup
export interface AdapterPlugin {
  chatport: 1;
  id: string;
  name: string;
  config: object /* JSON Schema */;
  create(ctx: AdapterContext): Promise<ChatAdapter>;
  setup?(ctx: AdapterContext): Setup;
}
