import type { AdapterContext, Log } from '@musterhq/chat-port';
import type { Assignment } from '../wire.types.ts';
import type { CoreLine } from './core-line.ts';

const LINES = 100;
const LINES_MS = 10_000;

/** What the contract gives an adapter, over the line to the core. */
export function contextOf({ instance, config, hookUrl }: Assignment, core: CoreLine): AdapterContext {
  return {
    instance,
    config,
    hookUrl,
    tenants: () => core.wish('tenants', []),
    secrets: {
      get: (name, tenant) => core.wish('secret', [name, tenant]),
      put: (name, value, tenant) => core.wish('keep-secret', [name, value, tenant]),
    },
    kv: { get: (key) => core.wish('recall', [key]), set: (key, value, ttlMs) => core.wish('remember', [key, value, ttlMs]) },
    fetch: globalThis.fetch,
    now: () => Date.now(),
    log: logOver(core),
  };
}

/** A line too many says how many were left out, and no more until the while is over. */
function logOver(core: CoreLine): Log {
  let [began, said] = [Date.now(), 0];
  const line =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (facts: Record<string, unknown>, message: string): void => {
      if (Date.now() - began > LINES_MS) {
        if (said > LINES)
          core.say({ t: 'log', level: 'warn', facts: { lines: said - LINES }, message: 'adapter said too much, lines were left out' });
        [began, said] = [Date.now(), 0];
      }
      if (++said <= LINES) core.say({ t: 'log', level, facts: plain(facts), message: String(message) });
    };
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
}

/** Facts are data. What is none cannot cross the line. */
function plain(facts: Record<string, unknown>): Record<string, unknown> {
  try {
    return JSON.parse(JSON.stringify(facts, (_, value: unknown) => (value instanceof Error ? value.name : value))) as Record<
      string,
      unknown
    >;
  } catch {
    return {};
  }
}
