import type { AdapterContext } from '@musterhq/chat-port';
import type { Config } from '#src/platform/config/config.schema';
import type { Database } from '#src/platform/database/database';
import type { Log } from '#src/platform/logging/logging';
import type { ChatSecrets, Secrets } from './chat-secrets.ts';
import { ChatTrouble } from './chat-trouble.ts';

export interface InstanceRow {
  readonly id: string;
  readonly plugin: string;
  readonly name: string;
  readonly config: unknown;
  /** As they lie there: `ChatSecrets` opens them. */
  readonly secrets: Secrets;
  readonly pretend: boolean;
  readonly pace: number;
  /** By an admin on its page, and not by whoever starts Muster. */
  readonly entered: boolean;
  /** The chat that it is a drill's view of (`drill/drill-adapter.ts`); null for a chat of its own. */
  readonly drill_of: string | null;
}

/** The adapter has no secret of this name. The setup page says where it goes. */
export class SecretMissing extends ChatTrouble {
  constructor(instance: string, name: string) {
    super(
      `The chat "${instance}" has no secret named "${name.slice(0, 60)}". /adapters/${instance}/setup says where to put it; then start Muster again.`,
    );
    this.name = 'SecretMissing';
  }
}

/** The database came from elsewhere, or MUSTER_SECRET is another one now. */
export class SecretsNotOpened extends ChatTrouble {
  constructor({ id, name }: Pick<InstanceRow, 'id' | 'name'>) {
    super(
      `The secrets of ${name} were encrypted with another MUSTER_SECRET, so Muster cannot read them. Enter them again at /adapters/${id}/setup, or start Muster with the MUSTER_SECRET of that time.`,
    );
    this.name = 'SecretsNotOpened';
  }
}

/** For so long an adapter may not see what it kept for itself in another process. */
export const OWN_SECRETS_MS = 5_000;

/** Makes what an adapter gets from the core, from the row of its chat. */
export class AdapterContexts {
  private readonly publicUrl: string;

  constructor(
    private readonly database: Database,
    private readonly secrets: ChatSecrets,
    private readonly log: Log,
    { PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>,
    private readonly now: () => number = Date.now,
  ) {
    this.publicUrl = PUBLIC_URL;
  }

  of(row: InstanceRow): AdapterContext {
    return {
      instance: row.id,
      config: row.config,
      hookUrl: new URL(`/hooks/${row.id}`, this.publicUrl).href,
      tenants: () => this.tenants(row.id),
      secrets: this.secretsOf(row),
      kv: this.memoryOf(row.id),
      fetch: globalThis.fetch,
      now: () => this.now(),
      log: this.log,
    };
  }

  private async tenants(instance: string): Promise<string[]> {
    const found = await this.database.query<{ tenant: string }>('select tenant from chat_tenant where instance = $1', [instance]);
    return found.map(({ tenant }) => tenant);
  }

  private secretsOf(row: InstanceRow): AdapterContext['secrets'] {
    const given = this.secrets.open(row.id, row.secrets);
    const own = this.ownOf(row.id);
    return {
      get: async (name, tenant) => {
        const kept = await own.get();
        // One that cannot be read is told only where the settings have none: they may be what was entered in its place.
        const find = (key: string): string | null | undefined => kept[key] ?? (given[key] === undefined ? kept[key] : given[key]);
        const ofTenant = tenant ? find(keyOf(name, tenant)) : undefined;
        const value = ofTenant === undefined ? find(name) : ofTenant;
        if (value === null) throw new SecretsNotOpened(row);
        if (value === undefined) throw new SecretMissing(row.id, name);
        return value;
      },
      put: async (name, value, tenant) => {
        await this.secrets.keepOwn(row.id, tenant ? keyOf(name, tenant) : name, value);
        own.forget();
      },
    };
  }

  /**
   * In memory: a webhook needs a secret before anybody knows who sent it, and must not cost the database anything. While that is
   * away they are what they were: nobody can have changed them, and who presses a button must still be known and answered.
   */
  private ownOf(instance: string): { get: () => ReturnType<ChatSecrets['own']>; forget: () => void } {
    let held: { readonly own: ReturnType<ChatSecrets['own']>; readonly until: number } | null = null;
    let known: Awaited<ReturnType<ChatSecrets['own']>> | null = null;
    return {
      get: async () => {
        const asked = held && held.until > this.now() ? held : { own: this.secrets.own(instance), until: this.now() + OWN_SECRETS_MS };
        held = asked;
        try {
          known = await asked.own;
        } catch (error) {
          if (held === asked) held = null;
          if (!known) throw error;
        }
        return known;
      },
      forget: () => (held = null),
    };
  }

  private memoryOf(instance: string): AdapterContext['kv'] {
    return {
      get: async (key) => {
        const [found] = await this.database.query<{ value: string }>(
          'select value from chat_memory where instance = $1 and key = $2 and (expires_at is null or expires_at > clock_timestamp())',
          [instance, key],
        );
        return found?.value ?? null;
      },
      set: async (key, value, ttlMs) => {
        await this.database.query(
          `insert into chat_memory (instance, key, value, expires_at)
           values ($1, $2, $3, clock_timestamp() + $4::float8 * interval '1 millisecond')
           on conflict (instance, key) do update set value = excluded.value, expires_at = excluded.expires_at`,
          [instance, key, value, ttlMs ?? null],
        );
      },
    };
  }
}

const keyOf = (name: string, tenant: string): string => `${name}:${tenant}`;
