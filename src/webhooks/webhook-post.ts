import type { Addresses } from '#src/platform/outgoing/addresses';
import { type Outcome, TIMEOUT_MS, send } from '#src/platform/outgoing/send';
import { signed } from '#src/platform/outgoing/signature';
import { NotOpened, type Vault } from '#src/platform/secrets/vault';
import type { Message } from './message.ts';
import type { WebhookId } from './webhooks.types.ts';

/** Where it goes, and the secrets as they are kept. */
export interface Receiver {
  readonly webhookId: WebhookId;
  readonly url: string;
  readonly secret: string;
  /** Null when there is none that is good still. */
  readonly previousSecret: string | null;
}

/** Signs a message and sends it, once. Whatever happens is an outcome. */
export class WebhookPost {
  constructor(
    private readonly vault: Vault,
    private readonly addresses: Addresses,
    private readonly timeoutMs = TIMEOUT_MS,
  ) {}

  async post({ webhookId, url, secret, previousSecret }: Receiver, { id, body }: Message, at: Date, stop: AbortSignal): Promise<Outcome> {
    try {
      // Made anew because MUSTER_SECRET was lost, it signs alone: the one before it cannot be read any more.
      const before = previousSecret !== null && this.vault.canOpen(previousSecret, webhookId) ? [previousSecret] : [];
      const secrets = [secret, ...before].map((kept) => this.vault.open(kept, webhookId));
      return await send({ url, headers: signed({ id, body, at }, secrets), body }, this.addresses, stop, this.timeoutMs);
    } catch (error) {
      if (error instanceof NotOpened) return { status: null, problem: error.message };
      throw error;
    }
  }
}
