import type { Database, Tx } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Log } from '#src/platform/logging/logging';
import type { QuarantineKey, Replayer } from '#src/platform/quarantine/quarantine.types';
import type { Work } from '#src/platform/shedding/work.types';
import { InboxWorker } from './inbox-worker.ts';
import { type InboxHandler, type InboxItem, isInteraction } from './inbox.types.ts';
import { readItem, reopen } from './reopen.ts';
import { WaitingInPostgres } from './waiting-items.ts';

/** Every handler of this process. Capabilities add theirs when they are made; they run where the worker runs. */
export class InboxHandlers implements Replayer {
  readonly kind = 'inbox';
  private readonly handlers: InboxHandler[] = [];
  private worker: InboxWorker | null = null;

  constructor(
    private readonly database: Database,
    private readonly doorbell: Doorbell,
    private readonly log: Log,
    private readonly work: Work,
  ) {}

  add(handler: InboxHandler): void {
    this.handlers.push(handler);
  }

  start(): void {
    this.worker = new InboxWorker(new WaitingInPostgres(this.database, this.doorbell), this.doorbell, this.handlers, this.log, this.work);
    this.worker.start();
  }

  async prepare(key: QuarantineKey): Promise<void> {
    const item = await readItem(this.database, key);
    for (const handler of this.handlersOf(item)) await handler.prepare?.(item);
  }

  async replay(tx: Tx, key: QuarantineKey): Promise<string> {
    const item = await readItem(this.database, key);
    await reopen(tx, item);
    if (isInteraction(item.event)) return 'It is asked once more, like one whose process died. The room shows what comes of it.';
    for (const handler of this.handlersOf(item)) await handler.handle(tx, item);
    return 'It has been read now. What it says stands at its own time, marked as late.';
  }

  private handlersOf({ event }: InboxItem): InboxHandler[] {
    return this.handlers.filter(({ types }) => types.includes(event.type));
  }

  async stop(): Promise<void> {
    await this.worker?.stop();
  }
}
