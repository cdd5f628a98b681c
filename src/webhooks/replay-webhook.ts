import { uuidv7 } from 'uuidv7';
import type { AsOne } from '#src/people/as-one.service';
import type { Database, Tx } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { StreamLog } from '#src/platform/log/log';
import { NotReplayable } from '#src/platform/quarantine/quarantine.errors';
import type { QuarantineKey, Replayer } from '#src/platform/quarantine/quarantine.types';
import type { Work } from '#src/platform/shedding/work.types';
import { messageOf } from './message.ts';
import { switchOn } from './switches.ts';
import type { Receiver, WebhookPost } from './webhook-post.ts';

/** Switches on again what was switched off because its receiver did not answer; sends once more a single event that lies aside. */
export class ReplayWebhook implements Replayer {
  readonly kind = 'webhook';

  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
    private readonly asOne: AsOne,
    private readonly post: WebhookPost,
    private readonly doorbell: Doorbell,
    private readonly work: Work,
  ) {}

  async prepare([id, incidentId, seq]: QuarantineKey): Promise<void> {
    if (incidentId === undefined) return;
    if (!this.work.isOn('webhooks')) throw new NotReplayable('Nothing is sent to webhooks now: that work is switched off.');
    await this.sendOnce(String(id), String(incidentId), Number(seq));
  }

  async replay(tx: Tx, [id, incidentId]: QuarantineKey): Promise<string> {
    if (incidentId !== undefined) return 'It was received.';
    const isSwitched = await switchOn(tx, this.doorbell, String(id));
    return isSwitched ? 'It is on, and goes on where it stopped.' : 'It is on already, or was removed.';
  }

  /** @throws NotReplayable when it was not received */
  private async sendOnce(id: string, incidentId: string, seq: number): Promise<void> {
    const [receiver] = await this.database.query<Receiver & { reference: string }>(
      `select w.id as "webhookId", w.url, w.secret, case when w.previous_until > clock_timestamp() then w.previous_secret end as "previousSecret",
              m.reference
         from webhook w join webhook_may_be_told m on m.webhook_id = w.id and m.incident_id = $2 where w.id = $1`,
      [id, incidentId],
    );
    if (!receiver) throw new NotReplayable('The webhook is off or was removed, or may not be told of this incident. Change that first.');
    const [event] = await this.database.transaction((tx) => this.log.readIn(tx, incidentId, seq - 1, 1));
    if (!event) throw new NotReplayable('The event is not in the log.');
    const message = await messageOf(this.asOne, id, event, receiver.reference);
    const at = new Date();
    const { status, problem } = await this.post.post(receiver, message, at, new AbortController().signal);
    await this.database.query(
      `insert into webhook_attempt (id, webhook_id, incident_id, seq, type, message_id, attempt, at, outcome, status, problem)
       select $1, w.id, $3, $4, $5, $6, 1, $7, $8, $9, $10 from webhook w where w.id = $2`,
      [uuidv7(), id, incidentId, seq, message.type, message.id, at, problem === null ? 'received' : 'failed', status, problem],
    );
    if (problem !== null) throw new NotReplayable(problem);
  }
}
