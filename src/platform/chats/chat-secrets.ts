import type { Database } from '#src/platform/database/database';
import { NotOpened, type Vault } from '#src/platform/secrets/vault';

export type Secrets = Readonly<Record<string, string>>;

const rowOf = (chat: string, name: string): string => `chat ${chat} ${name}`;

/** The secrets of chats as they lie in the database: sealed, each bound to its chat and its name. */
export class ChatSecrets {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** False: there is nothing to seal them with, and they lie there as they are. */
  get areSealed(): boolean {
    return this.vault.seals;
  }

  seal(chat: string, secrets: Secrets): Secrets {
    return mapped(secrets, (value, name) => this.vault.seal(value, rowOf(chat, name)));
  }

  /** Null where it cannot be read any more. */
  open(chat: string, kept: Secrets): Readonly<Record<string, string | null>> {
    return mapped(kept, (value, name) => this.opened(chat, name, value));
  }

  /** They can be read, and lie there as they should. */
  areKept(chat: string, kept: Secrets, secrets: Secrets): boolean {
    const opened = this.open(chat, kept);
    const names = Object.keys(secrets);
    return (
      names.length === Object.keys(kept).length &&
      names.every((name) => opened[name] === secrets[name]) &&
      (!this.areSealed || Object.values(kept).every((value) => this.vault.isSealed(value)))
    );
  }

  /** All that the adapter itself kept, by name. Null where it cannot be read any more. */
  async own(chat: string): Promise<Readonly<Record<string, string | null>>> {
    const found = await this.database.query<{ name: string; value: string }>('select name, value from chat_secret where instance = $1', [
      chat,
    ]);
    return this.open(chat, Object.fromEntries(found.map(({ name, value }) => [name, value])));
  }

  async keepOwn(chat: string, name: string, value: string): Promise<void> {
    await this.database.query(
      `insert into chat_secret (instance, name, value) select $1, $2, $3 where exists (select 1 from chat_instance where id = $1)
       on conflict (instance, name) do update set value = excluded.value`,
      [chat, name, this.vault.seal(value, rowOf(chat, name))],
    );
  }

  /** Seals what was kept before there was anything to seal it with. A pretend chat keeps no secret from anybody. */
  async sealAll(): Promise<void> {
    if (!this.areSealed) return;
    await this.database.transaction(async (tx) => {
      const chats = (await tx.query('select id, secrets from chat_instance where not pretend for update')) as {
        id: string;
        secrets: Secrets;
      }[];
      for (const { id, secrets } of chats) {
        const sealed = mapped(secrets, (value, name) => this.sealedOnce(id, name, value));
        if (JSON.stringify(sealed) !== JSON.stringify(secrets))
          await tx.query('update chat_instance set secrets = $2 where id = $1', [id, JSON.stringify(sealed)]);
      }
      const own = (await tx.query('select instance, name, value from chat_secret for update')) as {
        instance: string;
        name: string;
        value: string;
      }[];
      for (const { instance, name, value } of own) {
        if (this.vault.isSealed(value)) continue;
        await tx.query('update chat_secret set value = $3 where instance = $1 and name = $2', [
          instance,
          name,
          this.sealedOnce(instance, name, value),
        ]);
      }
    });
  }

  private sealedOnce(chat: string, name: string, value: string): string {
    return this.vault.isSealed(value) ? value : this.vault.seal(value, rowOf(chat, name));
  }

  private opened(chat: string, name: string, value: string): string | null {
    try {
      return this.vault.open(value, rowOf(chat, name));
    } catch (error) {
      if (error instanceof NotOpened) return null;
      throw error;
    }
  }
}

const mapped = <T>(given: Secrets, to: (value: string, name: string) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, to(value, name)]));
