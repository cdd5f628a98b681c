import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatAdapter, Health, Inlet } from '@musterhq/chat-port';
import { type Observable, Subject, Subscription } from 'rxjs';
import type { Database } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Log } from '#src/platform/logging/logging';
import { environment } from '#src/platform/config/environment';
import { type AdapterContexts, type InstanceRow, SecretsNotOpened } from './adapter-context.ts';
import { AdapterHost } from './adapter-host.ts';
import type { ChatSecrets } from './chat-secrets.ts';
import { type ChatSettings, chatSettings } from './chat-settings.ts';
import { ChatTrouble } from './chat-trouble.ts';
import { folderOf } from './chats-file.ts';
import { drillAdapter } from './drill/drill-adapter.ts';
import type { DrillChat, DrillSettings } from './drill/drill-fault.types.ts';
import { keepTroubles } from './keep-troubles.ts';
import { outsidePlugin, packageOf } from './outside/outside-plugin.ts';
import type { ChatPlatform, LoadPlatforms } from './plugins.ts';
import { Troubles } from './troubles.ts';

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
/** Others must not wait for one that takes long to be made; it joins them when it is. */
const MAKING_MS = 2_000;
const CONNECTING_MS = 30_000;

const NO_SETTINGS: ChatSettings = { wanted: [], problems: [], asked: null };

/** Opens an adapter's own connection, where this process is the one that listens to chats. */
export type InletFor = (instance: string) => Inlet;

/**
 * The chats of this process: one adapter for each configured instance, made, replaced and closed as the table changes.
 * One that cannot be made, or ends by itself, is told with its reason and tried again; the others and the room go on.
 */
export class Chats {
  private readonly host = new AdapterHost();
  private readonly running = new Map<string, Running>();
  private readonly making = new Map<string, InstanceRow>();
  private readonly troubles = new Troubles();
  private readonly healthChanges = new Subject<{ instance: string; health: Health }>();
  private known: readonly ChatPlatform[] = [];
  private settings: ChatSettings = NO_SETTINGS;
  private rows: readonly InstanceRow[] = [];
  private inletFor: InletFor | null = null;
  private loading: Promise<void> = Promise.resolve();
  private isClosed = false;
  private hasTold = false;
  private deaf: () => void = () => undefined;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly loadPlatforms: LoadPlatforms,
    private readonly database: Database,
    private readonly doorbell: Doorbell,
    private readonly log: Log,
    private readonly contexts: AdapterContexts,
    private readonly secrets: ChatSecrets,
    private readonly chatsFile?: string,
  ) {}

  readonly health$: Observable<{ instance: string; health: Health }> = this.healthChanges.asObservable();

  /** After `learn`. */
  async open(inletFor: InletFor | null): Promise<void> {
    this.inletFor = inletFor;
    this.deaf = this.doorbell.listen('chats', () => void this.reload());
    this.timer = setInterval(() => void this.reload(), POLL_MS);
    this.timer.unref();
    await this.reload();
  }

  /** What this build can speak, and what the operator wants of it. */
  async learn(): Promise<ChatSettings> {
    this.known = await this.loadPlatforms();
    this.settings = await chatSettings(environment, this.chatsFile, this.known);
    return this.settings;
  }

  get(instance: string): Chat | null {
    const found = this.running.get(instance);
    return found ? toChat(found) : null;
  }

  all(): Chat[] {
    return [...this.running.values()].map(toChat);
  }

  /** The drills that this chat is rehearsed with, and how each pretends that it fails. */
  drillsOf(instance: string): DrillChat[] {
    return [...this.running.values()]
      .filter(({ row }) => row.drill_of === instance)
      .map(({ row }) => ({ id: row.id, settings: row.config as DrillSettings }));
  }

  /** Written down, whether it runs or not. */
  configured(): readonly Pick<InstanceRow, 'id' | 'name' | 'plugin' | 'pretend'>[] {
    return this.rows;
  }

  /** Asked for by the operator in a way that cannot be. */
  problems(): ChatSettings['problems'] {
    return this.settings.problems;
  }

  /** What comes with this build, running or not. */
  platforms(): readonly ChatPlatform[] {
    return this.known;
  }

  /** By what a chat's row calls its plugin. */
  platform(id: string): Pick<ChatPlatform, 'plugin' | 'fromEnvironment'> | null {
    const outside = packageOf(id);
    if (outside === null) return this.known.find(({ plugin }) => plugin.id === id) ?? null;
    const folders = [...(this.chatsFile ? [folderOf(this.chatsFile)] : []), process.cwd()];
    return { plugin: outsidePlugin(outside, folders), fromEnvironment: () => ({ problems: [] }) };
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.deaf();
    if (this.timer) clearInterval(this.timer);
    await this.loading;
    this.making.clear();
    await Promise.all([...this.running.keys()].map((id) => this.end(id)));
    this.healthChanges.complete();
  }

  /** Loads are queued: two bells must not make one instance twice. */
  reload(): Promise<void> {
    this.loading = this.loading.then(() => this.load()).catch((error: unknown) => this.log.warn({ error }, 'chats could not be loaded'));
    return this.loading;
  }

  private async load(): Promise<void> {
    if (this.isClosed) return;
    const rows = await this.database.query<InstanceRow>('select * from chat_instance order by id');
    const wanted = new Map(rows.map((row) => [row.id, JSON.stringify(row)]));
    for (const [id, row] of [...this.making, ...[...this.running].map(([id, { row }]) => [id, row] as const)]) {
      if (wanted.get(id) === JSON.stringify(row)) continue;
      this.making.delete(id);
      await this.end(id);
    }
    for (const row of this.rows) if (wanted.get(row.id) !== JSON.stringify(row)) this.troubles.forget(row.id);
    const begun = rows
      .filter(
        ({ id, drill_of }) =>
          !this.running.has(id) &&
          !this.making.has(id) &&
          this.troubles.mayTry(id, Date.now()) &&
          (drill_of === null || this.running.has(drill_of)),
      )
      .map((row) => this.begin(row));
    await Promise.race([Promise.all(begun), sleep(MAKING_MS, undefined, { ref: false })]);
    this.rows = rows;
    const troubles = this.troubles.all();
    if (troubles.length > 0 || this.hasTold) await keepTroubles(this.database, troubles);
    this.hasTold = troubles.length > 0;
  }

  private async begin(row: InstanceRow): Promise<void> {
    this.making.set(row.id, row);
    // It may have changed, or be wanted no more, before it is made.
    const isWanted = (): boolean => this.making.get(row.id) === row;
    try {
      const adapter = await this.make(row);
      if (isWanted()) this.run(row, adapter);
      else await this.closed(row.id, adapter);
    } catch (error) {
      if (isWanted()) this.notMade(row, error);
    } finally {
      if (isWanted()) this.making.delete(row.id);
    }
  }

  private make(row: InstanceRow): Promise<ChatAdapter> {
    const rehearsed = row.drill_of === null ? null : this.running.get(row.drill_of);
    if (row.drill_of !== null && rehearsed) return Promise.resolve(this.rehearse(row, row.drill_of, rehearsed.adapter));
    const platform = this.platform(row.plugin);
    if (!platform) throw new ChatTrouble(`The chat "${row.id}" needs an adapter named "${row.plugin}", which this Muster does not have.`);
    if (Object.values(this.secrets.open(row.id, row.secrets)).includes(null)) throw new SecretsNotOpened(row);
    return this.host.create(platform.plugin, this.contexts.of(row));
  }

  private rehearse(row: InstanceRow, of: string, first: ChatAdapter): ChatAdapter {
    return drillAdapter(first, () => this.running.get(of)?.adapter ?? null, this.contexts.of(row), of, row.config as DrillSettings);
  }

  private run(row: InstanceRow, adapter: ChatAdapter): void {
    const running: Running = {
      row,
      adapter,
      disconnect: new AbortController(),
      health: { state: 'starting', since: Date.now() },
      watching: new Subscription(),
    };
    this.running.set(row.id, running);
    running.watching.add(
      adapter.health$.subscribe({ next: (health) => this.heard(row.id, health), error: (error: unknown) => this.ended(running, error) }),
    );
    if (this.inletFor && adapter.connect) void this.connect(running, adapter.connect.bind(adapter), this.inletFor(row.id));
    else this.troubles.made(row.id);
  }

  private async connect(running: Running, connect: NonNullable<ChatAdapter['connect']>, inlet: Inlet): Promise<void> {
    const { row, disconnect } = running;
    const late = setTimeout(() => this.log.warn({ instance: row.id }, 'chat has not begun to listen yet'), CONNECTING_MS).unref();
    try {
      await connect(inlet, disconnect.signal);
      this.troubles.made(row.id);
    } catch (error) {
      if (this.running.get(row.id) !== running) return;
      this.notMade(
        row,
        new ChatTrouble(`${row.name} could not begin to listen, and is tried again.`, error instanceof Error ? error.message : null),
      );
      await this.end(row.id);
    } finally {
      clearTimeout(late);
    }
  }

  private notMade(row: InstanceRow, error: unknown): void {
    const before = this.troubles.all().find(({ instance }) => instance === row.id);
    const { say } = this.troubles.notMade(row.id, error, Date.now());
    // Said once for as long as it stays the same.
    if (before?.say !== say) this.log.error({ instance: row.id, why: say, ...unlessSaid(error) }, 'chat could not be started');
  }

  private ended(running: Running, error: unknown): void {
    const { id } = running.row;
    if (this.running.get(id) !== running) return;
    const { say, isOff } = this.troubles.ended(id, error, Date.now());
    this.log.error({ instance: id, why: say, ...unlessSaid(error) }, isOff ? 'chat is switched off' : 'chat ended, will be started again');
    void this.end(id).then(() => this.reload());
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
    await this.closed(id, running.adapter);
  }

  /** An adapter that cannot let go must not keep its successor, or our own end, waiting. */
  private async closed(id: string, adapter: ChatAdapter): Promise<void> {
    const closing = Promise.resolve()
      .then(() => adapter.close())
      .catch((error: unknown) => this.log.warn({ instance: id, error }, 'chat did not close cleanly'));
    await Promise.race([closing, sleep(CLOSING_MS, undefined, { ref: false })]);
  }
}

/** Where something broke, unless we said ourselves what it was. */
const unlessSaid = (error: unknown): { error?: unknown } => (error instanceof ChatTrouble ? {} : { error });

function toChat({ row, adapter, health }: Running): Chat {
  return { id: row.id, name: row.name, plugin: row.plugin, pretend: row.pretend, pace: row.pace, adapter, health };
}
