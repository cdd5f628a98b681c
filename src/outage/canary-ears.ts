import type { Envelope } from '@musterhq/chat-port';
import type { Chats } from '#src/platform/chats/chats';
import type { Database } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Inbox } from '#src/platform/inbox/inbox';
import type { Log } from '#src/platform/logging/logging';
import { marksIn, spokenIn } from './canary-message.ts';

/** That others are heard is written down so often at most. */
const NOTE_MS = 5_000;

/**
 * Hears the echoes of our looks, in the process that takes in what chats tell us, and writes them down at once: behind a
 * lane, a busy Muster would look like a broken chat. An echo that cannot be written is not heard. That anybody else is heard is
 * noted as well: then what is said there is heard, whatever of ours does not come back.
 */
export class CanaryEars {
  private readonly deaf: (() => void)[] = [];
  private readonly writing = new Set<Promise<void>>();
  /** When it was last written down that others are heard. */
  private readonly noted = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly chats: Chats,
    private readonly doorbell: Doorbell,
    private readonly log: Log,
  ) {}

  start(): void {
    if (this.deaf.length > 0) return;
    this.deaf.push(this.inbox.onAdmitted((instance, batch) => this.hear(instance, batch)));
    this.deaf.push(this.doorbell.listen('missed', (id) => this.listenAnew(id)));
  }

  async stop(): Promise<void> {
    for (const deafen of this.deaf.splice(0)) deafen();
    await Promise.all(this.writing);
  }

  /** An echo was missed. What brings nothing here may be why: the next look comes over lines that were just opened. */
  private listenAnew(instance: string): void {
    try {
      this.chats.get(instance)?.adapter.renewSilent?.();
    } catch (error) {
      this.log.warn({ instance, error }, 'adapter failed');
    }
  }

  private hear(instance: string, batch: readonly Envelope[]): void {
    const others = this.othersIn(instance, batch);
    const heard = batch.flatMap(({ event }) => marksIn(event));
    if (heard.length === 0 && others.length === 0) return;
    const written = this.write(instance, heard, others)
      .catch((error: unknown) => this.log.warn({ instance, error }, 'echo could not be written down'))
      .finally(() => this.writing.delete(written));
    this.writing.add(written);
  }

  /** Tenants in which somebody else spoke just now and was not noted lately. */
  private othersIn(instance: string, batch: readonly Envelope[]): string[] {
    const tenants = new Set(batch.flatMap(({ event }) => spokenIn(event) ?? []));
    const now = performance.now();
    return [...tenants].filter((tenant) => {
      const key = `${instance}/${tenant}`;
      if (now - (this.noted.get(key) ?? -Infinity) < NOTE_MS) return false;
      this.noted.set(key, now);
      return true;
    });
  }

  private async write(
    instance: string,
    heard: readonly { readonly tenant: string; readonly nonce: string }[],
    others: readonly string[],
  ): Promise<void> {
    if (others.length > 0)
      await this.database.query(
        `insert into chat_heard (instance, tenant) select $1, t from unnest($2::text[]) t
         on conflict (instance, tenant) do update set at = clock_timestamp()`,
        [instance, others],
      );
    if (heard.length === 0) return;
    await this.database.query(
      `insert into canary (instance, tenant, nonce)
       select $1, h.tenant, h.nonce from jsonb_to_recordset($2::jsonb) as h(tenant text, nonce text) on conflict do nothing`,
      [instance, JSON.stringify(heard)],
    );
    this.doorbell.ring({ topic: 'health', id: instance });
  }
}
