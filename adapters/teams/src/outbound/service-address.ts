import type { AdapterContext } from '@musterhq/chat-port';
import { type Wire, stringOf } from '#libs/wire/wire';

const KEY = 'service';

/**
 * Under which of its addresses Teams serves this tenant: as it says itself in what it tells, once that is known to be from Teams. Messages
 * may go to any of them, pictures are at this one. Until something was heard, the one of the configuration.
 */
export class ServiceAddress {
  private heard: string | undefined;

  constructor(
    private readonly given: string,
    private readonly kv: AdapterContext['kv'],
  ) {}

  readonly note = ({ serviceUrl }: Wire): void => {
    const address = stringOf(serviceUrl)?.replace(/\/+$/, '');
    if (address === undefined || address === this.heard) return;
    this.heard = address;
    void this.kv.set(KEY, address).catch(() => undefined);
  };

  async get(): Promise<string> {
    this.heard ??= (await this.kv.get(KEY).catch(() => null)) ?? undefined;
    return this.heard ?? this.given;
  }
}
