import type { Envelope } from '@musterhq/chat-port';
import type { Database } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Inbox } from '#src/platform/inbox/inbox';
import type { Log } from '#src/platform/logging/logging';
import { marksIn } from './canary-message.ts';

/**
 * Hears the echoes of our looks, in the process that takes in what chats tell us, and writes them down at once: behind a
 * lane, a busy Muster would look like a broken chat. An echo that cannot be written is not heard.
 */
export class CanaryEars {
  private deaf: (() => void) | null = null;
  private readonly writing = new Set<Promise<void>>();

  constructor(
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly doorbell: Doorbell,
    private readonly log: Log,
  ) {}

  start(): void {
    this.deaf ??= this.inbox.onAdmitted((instance, batch) => this.hear(instance, batch));
  }

  async stop(): Promise<void> {
    this.deaf?.();
    this.deaf = null;
    await Promise.all(this.writing);
  }

  private hear(instance: string, batch: readonly Envelope[]): void {
    const heard = batch.flatMap(({ event }) => marksIn(event));
    if (heard.length === 0) return;
    const written = this.write(instance, heard)
      .catch((error: unknown) => this.log.warn({ instance, error }, 'echo could not be written down'))
      .finally(() => this.writing.delete(written));
    this.writing.add(written);
  }

  private async write(instance: string, heard: readonly { readonly tenant: string; readonly nonce: string }[]): Promise<void> {
    await this.database.query(
      `insert into canary (instance, tenant, nonce)
       select $1, h.tenant, h.nonce from jsonb_to_recordset($2::jsonb) as h(tenant text, nonce text) on conflict do nothing`,
      [instance, JSON.stringify(heard)],
    );
    this.doorbell.ring({ topic: 'health', id: instance });
  }
}
