import { type Viewer, visibleTo } from '#src/incidents/visibility.queries';
import type { Database } from '#src/platform/database/database';
import { type PageOf, cut, mustBeKnown } from '#src/platform/http/paging';
import type { DeliveryList, DeliveryView, Off, WebhookId, WebhookView } from './webhooks.types.ts';

interface Row {
  readonly id: WebhookId;
  readonly name: string;
  readonly url: string;
  readonly types: string[] | null;
  readonly private: boolean;
  readonly drills: boolean;
  readonly off: Off | null;
  readonly off_at: Date | null;
  readonly previous_until: Date | null;
  readonly created_at: Date;
  readonly incidents: number;
  readonly next_at: Date | null;
}

interface DeliveryRow extends Omit<DeliveryView, 'messageId' | 'at' | 'nextAt'> {
  readonly message_id: string;
  readonly at: Date;
  readonly next_at: Date | null;
}

/** What admins read of webhooks: never a secret, never what was sent, and nothing of incidents that they do not see. */
export class WebhookQueries {
  constructor(private readonly database: Database) {}

  /** The oldest first; one alone if it is named. */
  async list(viewer: Viewer, id: WebhookId | null = null): Promise<WebhookView[]> {
    const values: unknown[] = [id];
    const found = await this.database.query<Row>(
      `select w.id, w.name, w.url, w.types, w.private, w.drills, w.off, w.off_at, w.created_at,
              case when w.previous_until > clock_timestamp() then w.previous_until end as previous_until, waits.incidents, waits.next_at
         from webhook w, lateral (
           select count(*)::int as incidents, min(v.next_at) as next_at from webhook_waiting v join incident i on i.id = v.incident_id
            where v.webhook_id = w.id and ${visibleTo(viewer, values)}) waits
        where $1::uuid is null or w.id = $1 order by w.created_at, w.id`,
      values,
    );
    return found.map(toView);
  }

  /** The newest first. @throws BadRequest when `after` is none */
  async deliveries(id: WebhookId, { after, limit }: PageOf, viewer: Viewer): Promise<DeliveryList> {
    const values: unknown[] = [id, limit + 1, after ?? null];
    const seen = visibleTo(viewer, values);
    const found = await this.database.query<DeliveryRow>(
      `select a.id, a.message_id, i.reference as incident, a.seq::int, a.type, a.at, a.attempt, a.outcome, a.status, a.problem, a.next_at
         from webhook_attempt a left join incident i on i.id = a.incident_id
        where a.webhook_id = $1 and (a.incident_id is null or ${seen})
          and ($3::uuid is null or (a.at, a.id) < (select last.at, last.id from webhook_attempt last where last.id = $3))
        order by a.at desc, a.id desc limit $2`,
      values,
    );
    await mustBeKnown(after, found, (one) => this.database.query('select 1 from webhook_attempt where id = $1', [one]));
    const { shown, next, more } = cut(found, { after: after ?? null, limit }, (row) => row.id);
    return { deliveries: shown.map(toDelivery), next, more };
  }
}

const toView = (row: Row): WebhookView => ({
  id: row.id,
  name: row.name,
  url: row.url,
  types: row.types,
  private: row.private,
  drills: row.drills,
  off: row.off && row.off_at ? { why: row.off, since: row.off_at.toISOString() } : null,
  previousSecretUntil: row.previous_until?.toISOString() ?? null,
  madeAt: row.created_at.toISOString(),
  waiting: { incidents: row.incidents, nextAt: row.next_at?.toISOString() ?? null },
});

const toDelivery = ({ message_id, at, next_at, ...row }: DeliveryRow): DeliveryView => ({
  ...row,
  messageId: message_id,
  at: at.toISOString(),
  nextAt: next_at?.toISOString() ?? null,
});
