import { FollowerRunners } from '#src/platform/followers/follower-runners';
import { WebhookSender } from '#src/webhooks/webhook-sender';
import type { WebhookMade, WebhookView } from '#src/webhooks/webhooks.types';
import type { TestApp } from '#test/support/app';
import { until } from '#test/support/until';
import { Receiver } from './receiver.ts';

const MINUTE = 60_000;

/** Webhooks of one Muster, whose time passes only when a test says so. The app must not play the worker's role. */
export class Told {
  private readonly receivers: Receiver[] = [];
  private minutes = 0;

  constructor(readonly app: TestApp) {}

  async open(): Promise<void> {
    await this.app.get(FollowerRunners).start();
  }

  async close(): Promise<void> {
    await this.app.get(FollowerRunners).stop();
    for (const receiver of this.receivers) await receiver.close().catch(() => undefined);
  }

  async aReceiver(): Promise<Receiver> {
    const receiver = new Receiver();
    await receiver.open();
    this.receivers.push(receiver);
    return receiver;
  }

  async make(facts: object): Promise<WebhookMade> {
    const { status, body } = await this.app.api('POST', '/api/v1/webhooks', { name: 'Board', ...facts });
    if (status !== 201) throw new Error(`making a webhook answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  async view(id: string): Promise<WebhookView> {
    return (await this.app.api('GET', `/api/v1/webhooks/${id}`)).body;
  }

  async change(id: string, to: object): Promise<WebhookView> {
    const { status, body } = await this.app.api('PATCH', `/api/v1/webhooks/${id}`, to);
    if (status !== 200) throw new Error(`changing a webhook answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  /** What the worker does, as if so many more minutes had passed since the last time. */
  async look(minutesLater = 0): Promise<void> {
    await this.noted();
    await this.app.get(WebhookSender).look(this.later(minutesLater));
  }

  later(minutes = 0): Date {
    this.minutes += minutes;
    return new Date(Date.now() + this.minutes * MINUTE);
  }

  /** The follower has come to the end of every log. */
  async noted(): Promise<void> {
    await until('everything is noted', async () => {
      const behind = await this.app.database.query(
        `select 1 from stream s left join follower_cursor c on c.stream_id = s.id and c.follower = 'webhooks' where s.seq > coalesce(c.seq, 0)`,
      );
      return behind.length === 0;
    });
  }
}

/** A Muster with webhooks of its own, and time in the hands of the test. */
export function useTold(app: TestApp): Told {
  const told = new Told(app);
  beforeAll(() => told.open());
  afterAll(() => told.close());
  return told;
}
