import type { AdapterContext } from '@musterhq/chat-port';
import { stringOf, wireOf } from '#libs/wire/wire';
import { type SigningKey, type ToldKey, signingKey, toldKeys } from './signing-key.ts';

/** Nobody knows whether there is such a key: the document cannot be had. */
export const NO_KEYS = 'no-keys';

const HOUR_MS = 3_600_000;
/** Older than this they are asked for anew, while those that are there go on being used. */
const FRESH_MS = 6 * HOUR_MS;
/** For so long they are used where Microsoft's document cannot be had. */
export const KEPT_MS = 7 * 24 * HOUR_MS;
/** However many tokens name keys that nobody knows, the document is not read more often than this. */
export const ASKED_EVERY_MS = 60_000;
/** While it cannot be had. */
const TRIED_EVERY_MS = 5_000;
const ASKING_MS = 5_000;
const KEPT_AS = 'signing-keys';

type Needs = Pick<AdapterContext, 'fetch' | 'kv' | 'log' | 'now'>;

/**
 * The keys with which Microsoft signs what Teams tells. They are fetched by the core's own way out, one request at a time, and kept
 * over a restart: what Teams tells comes in for seven days after the document was last seen, whoever is away meanwhile. A key that
 * left the document is no longer used as soon as that was read again.
 */
export class KeyRing {
  private keys: ReadonlyMap<string, SigningKey> = new Map();
  /** When the document was read that these are from. */
  private readAt = -Infinity;
  private askedAt = -Infinity;
  private asking: Promise<void> | undefined;
  private recalling: Promise<void> | undefined;
  private readonly life = new AbortController();

  constructor(
    private readonly metadataUrl: string,
    private readonly ctx: Needs,
  ) {}

  /** `undefined`: Microsoft has no such key. Never rejects. */
  async find(kid: string): Promise<SigningKey | typeof NO_KEYS | undefined> {
    await (this.recalling ??= this.recall());
    const age = this.ctx.now() - this.readAt;
    const known = age < KEPT_MS ? this.keys.get(kid) : undefined;
    if (known) {
      if (age >= FRESH_MS) void this.ask();
      return known;
    }
    await this.ask();
    return this.wasRead ? this.keys.get(kid) : NO_KEYS;
  }

  /** The last attempt at reading the document succeeded. */
  private get wasRead(): boolean {
    return this.readAt >= this.askedAt && this.ctx.now() - this.readAt < KEPT_MS;
  }

  /** What is under way ends. */
  close(): void {
    this.life.abort();
  }

  /** One request for all who need it, and none for a while after the last. */
  private ask(): Promise<void> {
    if (this.asking) return this.asking;
    if (this.ctx.now() - this.askedAt < (this.wasRead ? ASKED_EVERY_MS : TRIED_EVERY_MS)) return Promise.resolve();
    this.askedAt = this.ctx.now();
    this.asking = this.fetchKeys().finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async fetchKeys(): Promise<void> {
    try {
      const signal = AbortSignal.any([this.life.signal, AbortSignal.timeout(ASKING_MS)]);
      const { jwks_uri: at } = wireOf(await this.read(this.metadataUrl, signal));
      const told = toldKeys(await this.read(stringOf(at) ?? '', signal));
      if (told.length === 0) throw new Error('there is no key in it');
      const readAt = this.ctx.now();
      this.hold(told, readAt);
      await this.ctx.kv.set(KEPT_AS, JSON.stringify({ from: this.metadataUrl, readAt, keys: told }), KEPT_MS);
    } catch (error) {
      if (!this.life.signal.aborted) this.ctx.log.warn({ error }, 'the keys of Microsoft could not be read');
    }
  }

  private async read(url: string, signal: AbortSignal): Promise<unknown> {
    const response = await this.ctx.fetch(url, { redirect: 'error', signal });
    if (response.ok) return response.json();
    await response.body?.cancel();
    throw new Error(`answered with ${response.status}`);
  }

  /** What an earlier start read. A store that is away or broken means: none. */
  private async recall(): Promise<void> {
    try {
      const kept = wireOf(JSON.parse((await this.ctx.kv.get(KEPT_AS)) ?? '{}'));
      if (kept.from === this.metadataUrl && typeof kept.readAt === 'number') this.hold(toldKeys(kept), kept.readAt);
    } catch (error) {
      this.ctx.log.warn({ error }, 'the keys of Microsoft kept from the last start could not be read');
    }
  }

  private hold(told: readonly ToldKey[], readAt: number): void {
    const keys = told.flatMap((key) => signingKey(key) ?? []);
    this.keys = new Map(keys.map((key) => [key.kid, key]));
    this.readAt = readAt;
  }
}
