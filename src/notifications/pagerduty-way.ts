import type { Addresses } from '#src/platform/outgoing/addresses';
import { send } from '#src/platform/outgoing/send';
import type { PagerdutySettings } from './notifications.types.ts';
import type { OpenWay, Outcome, ToTell } from './open-way.types.ts';
import { POST_MS, posted } from './posted.ts';

const MOST_SUMMARY = 1_024;

/**
 * PagerDuty's Events API v2. An alert is opened under what it is about, so asking twice opens one, and the same name ends it.
 * It is tried out by a change event: that needs the same key and the same servers, and pages nobody.
 */
export class PagerdutyWay implements OpenWay {
  readonly sideBySide = 2;

  constructor(
    private readonly settings: PagerdutySettings,
    private readonly routingKey: string,
    private readonly source: string,
    private readonly addresses: Addresses,
  ) {}

  tell({ about, part, content }: ToTell, stop: AbortSignal): Promise<Outcome> {
    if (part === 'over') return this.post('/v2/enqueue', { event_action: 'resolve', dedup_key: about }, stop);
    const payload = {
      summary: content.title.slice(0, MOST_SUMMARY),
      source: this.source,
      severity: 'critical',
      component: content.of.name,
      custom_details: { text: content.paragraphs.join('\n\n') },
    };
    return this.post('/v2/enqueue', { event_action: 'trigger', dedup_key: about, payload, links: content.links }, stop);
  }

  async tryOut(stop: AbortSignal): Promise<{ outcome: Outcome; proves: boolean }> {
    const payload = { summary: 'Muster tries whether it reaches PagerDuty', source: this.source, timestamp: new Date().toISOString() };
    return { outcome: await this.post('/v2/change/enqueue', { payload }, stop), proves: true };
  }

  close(): void {}

  private async post(path: string, event: object, stop: AbortSignal): Promise<Outcome> {
    const body = JSON.stringify({ routing_key: this.routingKey, ...event });
    const url = this.settings.url.replace(/\/+$/, '') + path;
    const answer = await send({ url, headers: {}, body }, this.addresses, stop, POST_MS);
    const problem =
      answer.status === 400
        ? 'PagerDuty does not accept it: most likely the key is not that of an Events API v2 integration.'
        : answer.problem;
    return posted({ ...answer, problem });
  }
}
