import type { AdapterContext } from '@musterhq/chat-port';
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

export function adapterContext(database: Database, secrets: ChatSecrets, log: Log, row: InstanceRow): AdapterContext {
  const given = secrets.open(row.id, row.secrets);
  const find = async (key: string): Promise<string | null | undefined> => (await secrets.own(row.id, key)) ?? given[key];
  return {
    instance: row.id,
    config: row.config,
    async tenants() {
      const found = await database.query<{ tenant: string }>('select tenant from chat_tenant where instance = $1', [row.id]);
      return found.map(({ tenant }) => tenant);
    },
    secrets: {
      async get(name, tenant) {
        const value = (tenant ? await find(keyOf(name, tenant)) : undefined) ?? (await find(name));
        if (value === null) throw new SecretsNotOpened(row);
        if (value === undefined) throw new SecretMissing(row.id, name);
        return value;
      },
      put: (name, value, tenant) => secrets.keepOwn(row.id, tenant ? keyOf(name, tenant) : name, value),
    },
    kv: {
      async get(key) {
        const [found] = await database.query<{ value: string }>(
          'select value from chat_memory where instance = $1 and key = $2 and (expires_at is null or expires_at > clock_timestamp())',
          [row.id, key],
        );
        return found?.value ?? null;
      },
      async set(key, value, ttlMs) {
        await database.query(
          `insert into chat_memory (instance, key, value, expires_at)
           values ($1, $2, $3, clock_timestamp() + $4::float8 * interval '1 millisecond')
           on conflict (instance, key) do update set value = excluded.value, expires_at = excluded.expires_at`,
          [row.id, key, value, ttlMs ?? null],
        );
      },
    },
    fetch: globalThis.fetch,
    now: () => Date.now(),
    log,
  };
}

const keyOf = (name: string, tenant: string): string => `${name}:${tenant}`;
