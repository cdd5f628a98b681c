import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import type { IncidentView } from '#libs/war-room-protocol/views';
import type { Express } from 'express';
import { uuidv7 } from 'uuidv7';
import type { ChatPlatform } from '#src/platform/chats/plugins';
import { readConfig } from '#src/platform/config/config';
import type { Role } from '#src/platform/config/config.schema';
import { Database } from '#src/platform/database/database';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Log } from '#src/platform/logging/logging';
import { type Running, startMuster } from '#src/muster';
import { freshDatabase } from './database.ts';
import { freePort } from './free-port.ts';

export const TOKEN = 'a-token-for-tests-that-is-long-enough';

const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const loud: Log = {
  ...quiet,
  warn: (facts, message) => console.warn(message, facts),
  error: (facts, message) => console.error(message, facts),
};

export interface AppOptions {
  readonly roles?: readonly Role[];
  readonly platforms?: readonly ChatPlatform[];
  /** Variables besides those every test needs. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Instead of silence. */
  readonly log?: Log;
}

/** Muster, whole, in this process, on a database of its own. */
export class TestApp {
  private running!: Running;
  private drop!: () => Promise<void>;
  url!: string;
  databaseUrl!: string;
  /** Where this one keeps its files. */
  dataDir!: string;

  constructor(private readonly options: AppOptions) {}

  async start(): Promise<void> {
    this.dataDir = await mkdtemp(join(tmpdir(), 'muster-app-'));
    const fresh = await freshDatabase();
    this.databaseUrl = fresh.url;
    this.drop = fresh.drop;
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    const config = readConfig({
      PORT: String(port),
      DATABASE_URL: fresh.url,
      PUBLIC_URL: this.url,
      MUSTER_BOOTSTRAP_TOKEN: TOKEN,
      MUSTER_DATA: this.dataDir,
      ...this.options.environment,
    });
    this.running = await startMuster(
      {
        config,
        databaseUrl: fresh.url,
        roles: this.options.roles ?? ['web', 'ingest', 'worker', 'clock'],
        log: this.options.log ?? (process.env['SHOW_LOG'] ? loud : quiet),
        platforms: () => Promise.resolve(this.options.platforms ?? []),
        want: () => undefined,
      },
      { port, host: '127.0.0.1' },
    );
  }

  async stop(): Promise<void> {
    await this.running.stop();
    await this.drop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  get database(): Database {
    return this.running.app.get(Database);
  }

  get doorbell(): Doorbell {
    return this.running.app.get(Doorbell);
  }

  /** What answers requests, with its routes. */
  get http(): Express {
    return this.running.app.getHttpAdapter().getInstance() as Express;
  }

  /** Any provider of the product. */
  get<T>(token: new (...args: never[]) => T): T {
    return this.running.app.get<T>(token);
  }

  async api(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; headers: Headers; body: never }> {
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text === '' ? null : safeJson(text)) as never };
  }

  async anIncident(
    facts: { title?: string; severity?: string; summary?: string; triage?: boolean; private?: boolean } = {},
  ): Promise<IncidentView> {
    const { body, status } = await this.api(
      'POST',
      '/api/v1/incidents',
      { title: 'Checkout is failing', ...facts },
      { 'idempotency-key': uuidv7() },
    );
    if (status !== 201) throw new Error(`declaring answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  async does(incident: string, type: string, body: object, id: string = uuidv7()): Promise<{ status: number; body: never }> {
    return this.api('POST', `/api/v1/incidents/${incident}/commands`, { id, type, body });
  }

  async says(incident: string, text: string): Promise<string> {
    const id = uuidv7();
    const { status, body } = await this.does(incident, 'message', { text }, id);
    if (status !== 200) throw new Error(`posting answered ${status}: ${JSON.stringify(body)}`);
    return id;
  }

  async events(incident: string, type?: RoomEvent['type']): Promise<RoomEvent[]> {
    const events: RoomEvent[] = [];
    for (let after = 0, more = true; more;) {
      const page: { events: RoomEvent[]; next: number; more: boolean } = (
        await this.api('GET', `/api/v1/incidents/${incident}/events?after=${after}`)
      ).body;
      events.push(...page.events);
      after = page.next;
      more = page.more;
    }
    return type ? events.filter((event) => event.type === type) : events;
  }

  async texts(incident: string): Promise<string[]> {
    return (await this.events(incident, 'message.posted')).map((event) => (event.type === 'message.posted' ? event.data.text : ''));
  }
}

/** One app for the tests of a file. */
export function useApp(options: AppOptions = {}): TestApp {
  const app = new TestApp(options);
  beforeAll(() => app.start(), 60_000);
  afterAll(() => app.stop(), 30_000);
  return app;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
