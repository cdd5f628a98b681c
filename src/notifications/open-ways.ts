import type { Config } from '#src/platform/config/config.schema';
import type { Chats } from '#src/platform/chats/chats';
import type { Database } from '#src/platform/database/database';
import type { Addresses } from '#src/platform/outgoing/addresses';
import { NotOpened, type Vault } from '#src/platform/secrets/vault';
import type { ChatSettings, PagerdutySettings, SmtpSettings, WayId, WayKind, WebhookSettings } from './notifications.types.ts';
import { ChatWay } from './chat-way.ts';
import type { OpenWay } from './open-way.types.ts';
import { PagerdutyWay } from './pagerduty-way.ts';
import { SmtpWay } from './smtp-way.ts';
import { WebhookWay } from './webhook-way.ts';

/** A way as it is kept. */
export interface KeptWay {
  readonly id: WayId;
  readonly kind: WayKind;
  readonly settings: unknown;
  readonly secret: string | null;
}

/** Makes of a row something that tells people. */
export class OpenWays {
  constructor(
    private readonly vault: Vault,
    private readonly addresses: Addresses,
    private readonly config: Config,
    private readonly chats: Pick<Chats, 'get'>,
    private readonly database: Database,
  ) {}

  /** Or why it cannot be opened. It is to be closed again. */
  open({ id, kind, settings, secret: kept }: KeptWay): OpenWay | { readonly problem: string } {
    try {
      const secret = kept === null ? '' : this.vault.open(kept, id);
      switch (kind) {
        case 'smtp':
          return new SmtpWay(settings as SmtpSettings, secret, this.addresses);
        case 'webhook':
          return new WebhookWay(settings as WebhookSettings, secret, this.addresses);
        case 'pagerduty':
          return new PagerdutyWay(settings as PagerdutySettings, secret, new URL(this.config.PUBLIC_URL).host, this.addresses);
        case 'chat': {
          const { chat: name } = settings as ChatSettings;
          const chat = this.chats.get(name);
          return chat ? new ChatWay(chat, this.database) : { problem: `The chat "${name}" does not run. Look at /adapters.` };
        }
      }
    } catch (error) {
      if (error instanceof NotOpened) return { problem: error.message };
      throw error;
    }
  }
}
