import type { Database } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Log } from '#src/platform/logging/logging';
import { InboxWorker } from './inbox-worker.ts';
import type { InboxHandler } from './inbox.types.ts';

/** Every handler of this process. Capabilities add theirs when they are made; they run where the worker runs. */
export class InboxHandlers {
  private readonly handlers: InboxHandler[] = [];
  private worker: InboxWorker | null = null;

  constructor(
    private readonly database: Database,
    private readonly doorbell: Doorbell,
    private readonly log: Log,
  ) {}

  add(handler: InboxHandler): void {
    this.handlers.push(handler);
  }

  start(): void {
    this.worker = new InboxWorker(this.database, this.doorbell, this.handlers, this.log);
    this.worker.start();
  }

  async stop(): Promise<void> {
    await this.worker?.stop();
  }
}
