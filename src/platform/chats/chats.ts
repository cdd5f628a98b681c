import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatAdapter, Health, Inlet } from '@musterhq/chat-port';
import { type Observable, Subject, Subscription } from 'rxjs';
import type { Database } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Log } from '#src/platform/logging/logging';
import { type InstanceRow, adapterContext } from './adapter-context.ts';
import { AdapterHost } from './adapter-host.ts';
import type { ChatPlatform, LoadPlatforms } from './plugins.ts';

/** A running chat: its row, its adapter, and what the adapter last said of itself. */
export interface Chat {
  readonly id: string;
  readonly name: string;
  readonly plugin: string;
  readonly pretend: boolean;
  /** Waits and budgets are divided by this; 1 against the real world. */
  readonly pace: number;
  readonly adapter: ChatAdapter;
  readonly health: Health;
}

interface Running {
  readonly row: InstanceRow;
  readonly adapter: ChatAdapter;
  readonly watching: Subscription;
  readonly disconnect: AbortController;
  health: Health;
}

/** A ring can be lost, and a chat be written down by a process that this one does not hear. */
const POLL_MS = 5_000;
const CLOSING_MS = 3_000;

/** Opens an adapter's own connection, where this process is the one that listens to chats. */
export type InletFor = (instance: string) => Inlet;

/**
 * The chats of this process: one adapter for each configured instance, made, replaced and closed as the table changes.
 * An adapter that cannot be made is logged and tried again at the next change; the others and the room go on.
 */
export class Chats {
  private readonly host = new AdapterHost();
  private readonly running = new Map<string, Running>();
  private readonly healthChanges = new Subject<{ instance: string; health: Health }>();
  private known: readonly ChatPlatform[] = [];
  private inletFor: InletFor | null = null;
  private loading: Promise<void> = Promise.resolve();
  private deaf: () => void = () => undefined;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly loadPlatforms: LoadPlatforms,
    private readonly database: Database,
    private readonly doorbell: Doorbell,
    private readonly log: Log,
  ) {}

  readonly health$: Observable<{ instance: string; health: Health }> = this.healthChanges.asObservable();

  async open(inletFor: InletFor | null): Promise<void> {
    this.inletFor = inletFor;
    await this.learnPlatforms();
    this.deaf = this.doorbell.listen('chats', () => void this.reload());
    this.timer = setInterval(() => void this.reload(), POLL_MS);
    this.timer.unref();
    await this.reload();
  }

  async learnPlatforms(): Promise<void> {
    this.known = await this.loadPlatforms();
  }

  get(instance: string): Chat | null {
    const found = this.running.get(instance);
    return found ? toChat(found) : null;
  }

  all(): Chat[] {
    return [...this.running.values()].map(toChat);
  }

  /** What this build can speak, running or not. */
  platforms(): readonly ChatPlatform[] {
    return this.known;
  }

  platform(id: string): ChatPlatform | null {
    return this.known.find(({ plugin }) => plugin.id === id) ?? null;
  }

  async close(): Promise<void> {
    this.deaf();
    if (this.timer) clearInterval(this.timer);
    await this.loading;
    await Promise.all([...this.running.keys()].map((id) => this.end(id)));
    this.healthChanges.complete();
  }

  /** Loads are queued: two bells must not make one instance twice. */
  reload(): Promise<void> {
    this.loading = this.loading.then(() => this.load()).catch((error: unknown) => this.log.warn({ error }, 'chats could not be loaded'));
    return this.loading;
  }

  private async load(): Promise<void> {
    const rows = await this.database.query<InstanceRow>('select * from chat_instance order by id');
    const wanted = new Map(rows.map((row) => [row.id, row]));
    for (const [id, { row }] of this.running) {
      if (JSON.stringify(wanted.get(id)) !== JSON.stringify(row)) await this.end(id);
    }
    for (const row of rows) {
      if (!this.running.has(row.id)) await this.begin(row);
    }
  }

  private async begin(row: InstanceRow): Promise<void> {
    const platform = this.platform(row.plugin);
    if (!platform) {
      this.log.warn({ instance: row.id, plugin: row.plugin }, 'chat has no adapter in this build');
      return;
    }
    try {
      const adapter = await this.host.create(platform.plugin, adapterContext(this.database, this.log, row));
      const running: Running = {
        row,
        adapter,
        disconnect: new AbortController(),
        health: { state: 'starting', since: Date.now() },
        watching: new Subscription(),
      };
      this.running.set(row.id, running);
      running.watching.add(adapter.health$.subscribe((health) => this.heard(row.id, health)));
      if (this.inletFor && adapter.connect) {
        void adapter.connect(this.inletFor(row.id), running.disconnect.signal).catch((error: unknown) => {
          this.log.warn({ instance: row.id, error }, 'chat could not be connected');
        });
      }
    } catch (error) {
      this.log.error({ instance: row.id, error }, 'chat could not be started');
    }
  }

  private heard(instance: string, health: Health): void {
    const running = this.running.get(instance);
    if (running) running.health = health;
    this.healthChanges.next({ instance, health });
    if (!health.tenant) return;
    void this.database
      .query(
        'insert into chat_tenant (instance, tenant) select $1, $2 where exists (select 1 from chat_instance where id = $1) on conflict do nothing',
        [instance, health.tenant],
      )
      .catch(() => undefined);
  }

  private async end(id: string): Promise<void> {
    const running = this.running.get(id);
    if (!running) return;
    this.running.delete(id);
    running.disconnect.abort();
    running.watching.unsubscribe();
    const closed = running.adapter.close().catch((error: unknown) => this.log.warn({ instance: id, error }, 'chat did not close cleanly'));
    // An adapter that cannot let go must not keep its successor, or our own end, waiting.
    await Promise.race([closed, sleep(CLOSING_MS, undefined, { ref: false })]);
  }
}

function toChat({ row, adapter, health }: Running): Chat {
  return { id: row.id, name: row.name, plugin: row.plugin, pretend: row.pretend, pace: row.pace, adapter, health };
}
