import { uuidv7 } from 'uuidv7';
import type { Addresses } from '#src/platform/outgoing/addresses';
import { send } from '#src/platform/outgoing/send';
import { signed } from '#src/platform/outgoing/signature';
import type { WebhookSettings } from './notifications.types.ts';
import type { OpenWay, Outcome, ToTell } from './open-way.types.ts';
import { POST_MS, posted } from './posted.ts';

/** Another system, told by one signed request (Standard Webhooks). The same notice comes under the same `webhook-id`, however often. */
export class WebhookWay implements OpenWay {
  readonly sideBySide = 2;

  constructor(
    private readonly settings: WebhookSettings,
    private readonly secret: string,
    private readonly addresses: Addresses,
  ) {}

  tell({ id, about, part, content }: ToTell, stop: AbortSignal): Promise<Outcome> {
    return this.post(id, `notice.${part}`, { about, ...content }, stop);
  }

  async tryOut(stop: AbortSignal): Promise<{ outcome: Outcome; proves: boolean }> {
    return { outcome: await this.post(uuidv7(), 'notice.test', {}, stop), proves: true };
  }

  close(): void {}

  private async post(id: string, type: string, data: object, stop: AbortSignal): Promise<Outcome> {
    const at = new Date();
    const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
    return posted(
      await send({ url: this.settings.url, headers: signed({ id, at, body }, [this.secret]), body }, this.addresses, stop, POST_MS),
    );
  }
}
