import type { AdapterContext } from '@musterhq/chat-port';

const KEPT_MS = 90 * 24 * 3_600_000;

/**
 * Which channel was made for which key, and which name we made one by. Slack can only be asked for all channels there are,
 * page by page, twenty times a minute. Losing this costs such a reading.
 */
export class KnownChannels {
  constructor(private readonly ctx: Pick<AdapterContext, 'kv' | 'log'>) {}

  /** Where to look first; no promise that it is so still. */
  async find(key: string, name: string): Promise<string | undefined> {
    return (await this.get(`room:${key}`)) ?? (await this.get(`made:${name}`));
  }

  keep(key: string, channel: string): Promise<void> {
    return this.set(`room:${key}`, channel);
  }

  /** Slack tells that we made one: what its answer would have said, had it come. */
  made(name: string, channel: string): Promise<void> {
    return this.set(`made:${name}`, channel);
  }

  private async get(place: string): Promise<string | undefined> {
    return (await this.ctx.kv.get(place).catch(() => null)) ?? undefined;
  }

  private async set(place: string, channel: string): Promise<void> {
    await this.ctx.kv.set(place, channel, KEPT_MS).catch((error: unknown) => this.ctx.log.debug({ error }, 'a channel was not remembered'));
  }
}
