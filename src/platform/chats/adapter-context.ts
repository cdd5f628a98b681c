import type { AdapterContext } from '@musterhq/chat-port';
import type { Database } from '#src/platform/database/database';
import type { Log } from '#src/platform/logging/logging';
import { ChatTrouble } from './chat-trouble.ts';

export interface InstanceRow {
  readonly id: string;
  readonly plugin: string;
  readonly name: string;
  readonly config: unknown;
  readonly secrets: Record<string, string>;
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

export function adapterContext(database: Database, log: Log, row: InstanceRow): AdapterContext {
  const secretKey = (name: string, tenant?: string): string => (tenant ? `${name}:${tenant}` : name);
  return {
    instance: row.id,
    config: row.config,
    async tenants() {
      const found = await database.query<{ tenant: string }>('select tenant from chat_tenant where instance = $1', [row.id]);
      return found.map(({ tenant }) => tenant);
    },
    secrets: {
      async get(name, tenant) {
        const value = row.secrets[secretKey(name, tenant)] ?? row.secrets[name];
        if (value === undefined) throw new SecretMissing(row.id, name);
        return Promise.resolve(value);
      },
      async put(name, value, tenant) {
        await database.query('update chat_instance set secrets = secrets || jsonb_build_object($2::text, $3::text) where id = $1', [
          row.id,
          secretKey(name, tenant),
          value,
        ]);
      },
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
