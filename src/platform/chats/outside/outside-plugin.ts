import type { AdapterContext, AdapterPlugin, Setup, SetupStep } from '@musterhq/chat-port';
import * as z from 'zod/mini';
import { AdapterFailed } from './outside.errors.ts';
import { outsideAdapter } from './outside-adapter.ts';
import { OutsideThread } from './outside-thread.ts';

const PREFIX = 'package:';
const SETUP_MS = 5_000;
const FILE_BYTES = 5 * 1024 * 1024;

/** What stands in a chat's row for an adapter of this package. */
export const pluginOfPackage = (name: string): string => `${PREFIX}${name}`;

/** The package whose adapter a chat's row names. Null for one that comes with Muster. */
export const packageOf = (plugin: string): string | null => (plugin.startsWith(PREFIX) ? plugin.slice(PREFIX.length) : null);

/** A package's adapter as the host wants it. Nothing of the package is loaded into this thread. */
export function outsidePlugin(name: string, folders: readonly string[]): AdapterPlugin {
  const what = { package: name, folders };
  return {
    chatport: 1,
    id: pluginOfPackage(name),
    name,
    // Its own thread knows what it allows, and checks it.
    config: {},
    create: (context) => outsideAdapter(what, context),
    setup: (context) => new OutsideSetup(what, context),
  };
}

const steps = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    done: z.boolean(),
    say: z.string(),
    give: z.optional(z.union([z.object({ label: z.string(), text: z.string() }), z.object({ label: z.string(), download: z.string() })])),
    ask: z.optional(z.object({ secret: z.string(), label: z.string(), optional: z.optional(z.literal(true)) })),
    wrong: z.optional(z.boolean()),
  }),
);
const artefact = z.object({ mime: z.string().check(z.regex(/^[\w.+-]+\/[\w.+-]+$/)), base64: z.string() });

/** A thread for each look: its settings need not work yet, and nothing of it is left. */
class OutsideSetup implements Setup {
  constructor(
    private readonly what: { readonly package: string; readonly folders: readonly string[] },
    private readonly context: AdapterContext,
  ) {}

  steps(): Promise<SetupStep[]> {
    return this.within(async (thread, has, signal) => {
      if (!has) return [];
      const read = steps.safeParse(await thread.call('steps', [], signal));
      if (!read.success) throw new AdapterFailed('The adapter said something else than steps.');
      return read.data as SetupStep[];
    });
  }

  artefact(name: string): Promise<{ mime: string; bytes: Uint8Array }> {
    return this.within(async (thread, _, signal) => {
      const read = artefact.safeParse(await thread.call('artefact', [name], signal));
      const bytes = Buffer.from(read.success ? read.data.base64 : '', 'base64');
      if (!read.success || bytes.length > FILE_BYTES) throw new AdapterFailed('The adapter gave something else than a file.');
      return { mime: read.data.mime, bytes };
    });
  }

  private async within<T>(work: (thread: OutsideThread, has: boolean, signal: AbortSignal) => Promise<T>): Promise<T> {
    const { instance, config, hookUrl, secrets, kv, tenants, log } = this.context;
    const thread = new OutsideThread(
      { ...this.what, instance, config, hookUrl, purpose: 'setup' },
      {
        wishes: (wish, [first, second]) => {
          if (wish === 'secret') return secrets.get(String(first), second === null ? undefined : String(second));
          if (wish === 'recall') return kv.get(String(first));
          if (wish === 'tenants') return tenants();
          return Promise.reject(new AdapterFailed('A setup changes nothing.'));
        },
        health: () => undefined,
        log: ({ level, facts, message }) => log[level]({ ...facts, instance }, message),
        ended: () => undefined,
      },
    );
    try {
      const has = await thread.ready();
      return await work(thread, has.includes('setup'), AbortSignal.timeout(SETUP_MS));
    } finally {
      await thread.stop();
    }
  }
}
