import { uuidv7 } from 'uuidv7';
import type { AtTheDoor } from '#src/people/people.types';
import { mustBeAllowed } from '#src/people/permissions.types';
import type { Database } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Work } from '#src/platform/shedding/work.types';
import { startAnew } from './lanes.ts';
import { testMessage } from './message.ts';
import type { Receiver, WebhookPost } from './webhook-post.ts';
import { WebhookNotFound } from './webhooks.errors.ts';
import type { DeliveryView, WebhookId } from './webhooks.types.ts';

/** Sending something that did not happen, to see whether it is received. Also to a webhook that is off. Received, what waits is sent at once. */
export class WebhookTests {
  constructor(
    private readonly database: Database,
    private readonly post: WebhookPost,
    private readonly doorbell: Doorbell,
    private readonly work: Work,
  ) {}

  /** Once, while somebody waits for what becomes of it. @throws NotAllowed, WorkIsOff, WebhookNotFound */
  async send(id: WebhookId, by: AtTheDoor): Promise<DeliveryView> {
    mustBeAllowed(by, 'webhook.manage');
    this.work.check('webhooks');
    const [receiver] = await this.database.query<Receiver & { name: string }>(
      `select id as "webhookId", name, url, secret, case when previous_until > clock_timestamp() then previous_secret end as "previousSecret"
         from webhook where id = $1`,
      [id],
    );
    if (!receiver) throw new WebhookNotFound();
    const at = new Date();
    const message = testMessage(uuidv7(), { id, name: receiver.name }, by.person.name, at);
    const { status, problem } = await this.post.post(receiver, message, at, new AbortController().signal);
    const sent: DeliveryView = {
      id: uuidv7(),
      messageId: message.id,
      incident: null,
      seq: null,
      type: message.type,
      at: at.toISOString(),
      attempt: 1,
      outcome: problem === null ? 'received' : 'failed',
      status,
      problem,
      nextAt: null,
    };
    await this.database.query(
      `insert into webhook_attempt (id, webhook_id, type, message_id, attempt, at, outcome, status, problem)
       select $1, w.id, $3, $4, 1, $5, $6, $7, $8 from webhook w where w.id = $2`,
      [sent.id, id, sent.type, sent.messageId, at, sent.outcome, status, problem],
    );
    if (problem === null) await this.database.transaction((tx) => startAnew(tx, this.doorbell, id));
    return sent;
  }
}
