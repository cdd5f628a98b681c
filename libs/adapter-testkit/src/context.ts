import type { AdapterContext, Log } from '@musterhq/chat-port';
import type { ContextOptions } from './harness.ts';

/** Keeps everything in memory and forgets it with the case. A secret that was not given is an error, as in the core. */
export function makeContext(o: ContextOptions = {}): AdapterContext {
  const secrets = new Map(Object.entries(o.secrets ?? {}));
  const kept = new Map<string, { value: string; until: number }>();
  const now = o.now ?? Date.now;
  return {
    instance: o.instance ?? 'under-test',
    config: o.config ?? {},
    hookUrl: o.hookUrl ?? `https://muster.example.test/hooks/${o.instance ?? 'under-test'}`,
    tenants: () => Promise.resolve([...(o.tenants ?? [])]),
    secrets: {
      async get(name, tenant) {
        const secret = (tenant === undefined ? undefined : secrets.get(`${tenant}/${name}`)) ?? secrets.get(name);
        if (secret === undefined) throw new Error(`There is no secret ${name}. Give it in makeContext({ secrets }).`);
        return secret;
      },
      async put(name, value, tenant) {
        secrets.set(tenant === undefined ? name : `${tenant}/${name}`, value);
      },
    },
    kv: {
      async get(key) {
        const entry = kept.get(key);
        return entry && entry.until > now() ? entry.value : null;
      },
      async set(key, value, ttlMs) {
        kept.set(key, { value, until: ttlMs === undefined ? Infinity : now() + ttlMs });
      },
    },
    fetch: o.fetch ?? fetch,
    now,
    log: silent,
  };
}

const ignore = (): void => undefined;
const silent: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
