import { uuidv7 } from 'uuidv7';
import { type Database, type Tx, afterCommit, rows } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { LoggedEvent } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import type { Outcome } from '#src/platform/outgoing/send';
import type { Next } from './decide.ts';
import { putEventAside } from './event-aside.ts';
import { messageIdOf } from './message.ts';
import type { Receiver } from './webhook-post.ts';
import type { WebhookId } from './webhooks.types.ts';

/** One incident, as one webhook is told of it: in order, whatever becomes of the others. */
export interface Lane {
  readonly webhookId: WebhookId;
  readonly incidentId: string;
}

/** One that is due. Left open by a process that died, it may be what killed it. */
export interface Due extends Lane {
  readonly isSuspect: boolean;
}

/** So often may a process die with the same event in its hands. */
const MOST_DEATHS = 3;

/** The next event of a lane, for whoever is about to send it, and nobody else until `claim` is over. */
export interface Claimed extends Lane, Receiver {
  readonly claim: string;
  readonly attempts: number;
  readonly attemptId: string;
  readonly name: string;
  /** As people call the incident. */
  readonly number: string;
  readonly event: LoggedEvent;
}

/** Something happened: each webhook that wants to know it is behind by one, whether it is on or not. Again: nothing changes. */
export async function widen(tx: Tx, doorbell: Doorbell, { streamId, seq, type, at }: LoggedEvent): Promise<void> {
  const wanted = await rows(
    tx,
    `insert into webhook_lane as l (webhook_id, incident_id, done, upto)
     select w.id, i.id, $2::bigint - 1, $2::bigint from webhook w join incident i on i.id = $1
      where (w.types is null or $3 = any (w.types)) and i.practice_instance is null
        and date_trunc('milliseconds', w.created_at) <= $4 order by w.id
     on conflict (webhook_id, incident_id) do update
        set upto = excluded.upto, next_at = case when l.done < l.upto then l.next_at else clock_timestamp() end
      where l.upto < excluded.upto returning 1`,
    [streamId, seq, type, at],
  );
  if (wanted.length > 0) afterCommit(tx, () => doorbell.ring({ topic: 'webhooks', id: streamId }));
}

/** What is to be told at `now`, the longest due first; of each webhook no more lanes than may be told side by side. */
export async function dueLanes(database: Database, now: Date, sideBySide: number): Promise<Due[]> {
  return database.query<Due>(
    `select due.webhook_id as "webhookId", due.incident_id as "incidentId", exists (select 1 from webhook_attempt a
              where a.webhook_id = due.webhook_id and a.incident_id = due.incident_id and a.outcome = 'sending') as "isSuspect"
       from webhook w, lateral (
         select v.webhook_id, v.incident_id, v.next_at from webhook_waiting v
          where v.webhook_id = w.id and v.next_at <= $1 and (v.claim_until is null or v.claim_until < $1)
          order by v.next_at limit $2) due
      order by due.next_at`,
    [now, sideBySide],
  );
}

/**
 * Commits that the next event of the lane is about to be sent, before it is. Null: somebody else does so, it is not to be
 * told now, nothing that is left is wanted, or the event ended its process so often that it lies aside now.
 */
export async function claimNext(
  tx: Tx,
  log: StreamLog,
  { webhookId, incidentId }: Lane,
  now: Date,
  forMs: number,
): Promise<Claimed | null> {
  const [lane] = await rows<{
    claim: string;
    done: string;
    upto: string;
    attempts: number;
    reference: string;
    name: string;
    url: string;
    types: string[] | null;
    secret: string;
    previous_secret: string | null;
  }>(
    tx,
    `update webhook_lane l set claim = l.claim + 1, attempts = l.attempts + 1, claim_until = $3::timestamptz + $4 * interval '1 millisecond'
       from webhook_waiting v, webhook w
      where l.webhook_id = $1 and l.incident_id = $2 and (v.webhook_id, v.incident_id) = (l.webhook_id, l.incident_id) and w.id = l.webhook_id
        and l.done < l.upto and l.next_at <= $3 and (l.claim_until is null or l.claim_until < $3)
      returning l.claim, l.done, l.upto, l.attempts, v.reference, w.name, w.url, w.types, w.secret,
                case when w.previous_until > $3 then w.previous_secret end as previous_secret`,
    [webhookId, incidentId, now, forMs],
  );
  if (!lane) return null;
  const seq = await nextWanted(tx, incidentId, lane);
  const [event] = seq === null ? [] : await log.readIn(tx, incidentId, seq - 1, 1);
  if (seq === null || !event) {
    await tx.query(
      'update webhook_lane set done = upto, attempts = 0, claim_until = null where webhook_id = $1 and incident_id = $2 and upto = $3',
      [webhookId, incidentId, lane.upto],
    );
    return null;
  }
  const unended = await rows(
    tx,
    `update webhook_attempt set outcome = 'unknown' where webhook_id = $1 and incident_id = $2 and outcome = 'sending' returning 1`,
    [webhookId, incidentId],
  );
  if (unended.length > 0 && lane.attempts > MOST_DEATHS && (await isDeadly(tx, { webhookId, incidentId }, seq))) {
    await putEventAside(tx, log, { webhookId, incidentId, seq }, DEADLY, MOST_DEATHS);
    return null;
  }
  const attemptId = uuidv7();
  await tx.query(
    `insert into webhook_attempt (id, webhook_id, incident_id, seq, type, message_id, attempt, at, outcome) values ($1, $2, $3, $4, $5, $6, $7, $8, 'sending')`,
    [attemptId, webhookId, incidentId, seq, event.type, messageIdOf(webhookId, event), lane.attempts, now],
  );
  const { claim, attempts, name, url, secret, reference: number } = lane;
  return { webhookId, incidentId, claim, attempts, attemptId, name, url, secret, previousSecret: lane.previous_secret, number, event };
}

/** Writes how it went. False: the claim was lost meanwhile, and only the attempt is written down. */
export async function settle(tx: Tx, claimed: Claimed, { status, problem }: Outcome, next: Next, now: Date): Promise<boolean> {
  const at = next.to === 'again' ? next.at : now;
  await tx.query(`update webhook_attempt set outcome = $2, status = $3, problem = $4, next_at = $5 where id = $1`, [
    claimed.attemptId,
    next.to === 'received' ? 'received' : 'failed',
    status,
    problem,
    next.to === 'again' ? at : null,
  ]);
  const settled = await rows(
    tx,
    `update webhook_lane set done = case when $4 then $5 else done end, attempts = case when $4 then 0 else attempts end, next_at = $6, claim_until = null
      where webhook_id = $1 and incident_id = $2 and claim = $3 returning 1`,
    [claimed.webhookId, claimed.incidentId, claimed.claim, next.to === 'received', claimed.event.seq, at],
  );
  return settled.length > 0;
}

/** What waits is told at once, and its tries are counted anew. What is under way goes on. */
export async function startAnew(tx: Tx, doorbell: Doorbell, webhookId: WebhookId): Promise<void> {
  await tx.query(
    `update webhook_lane set attempts = 0, next_at = clock_timestamp() where webhook_id = $1 and done < upto and claim_until is null`,
    [webhookId],
  );
  afterCommit(tx, () => doorbell.ring({ topic: 'webhooks', id: webhookId }));
}

/** What waits is never told. */
export async function skipWaiting(tx: Tx, webhookId: WebhookId): Promise<void> {
  await tx.query(
    `update webhook_lane set done = upto, attempts = 0, claim = claim + 1, claim_until = null where webhook_id = $1 and done < upto`,
    [webhookId],
  );
}

/**
 * What the webhook may be told now and might not before, as it `was`, begins with what happens next. Where something waits that it
 * was to be told anyway, that is still told, and with it what else is wanted by then.
 */
export async function passOverThePast(
  tx: Tx,
  webhookId: WebhookId,
  was: { readonly types: readonly string[] | null; readonly private: boolean; readonly drills: boolean },
): Promise<void> {
  await tx.query(
    `insert into webhook_lane as l (webhook_id, incident_id, done, upto)
     select w.id, i.id, s.seq, s.seq from webhook w join incident i on i.practice_instance is null join stream s on s.id = i.id
      where w.id = $1 and ((i.private and w.private and not $2) or (i.kind = 'drill' and w.drills and not $3)) order by i.id
     on conflict (webhook_id, incident_id) do update
        set done = excluded.done, upto = excluded.upto, attempts = 0, claim = l.claim + 1, claim_until = null`,
    [webhookId, was.private, was.drills],
  );
  await tx.query(
    `update webhook_lane l set done = s.seq, upto = s.seq from webhook w, stream s
      where w.id = $1 and l.webhook_id = w.id and l.done = l.upto and s.id = l.incident_id
        and $2::text[] is not null and (w.types is null or not w.types <@ $2)`,
    [webhookId, was.types],
  );
}

/** Everything of one incident after a number is told again. What waits before it still comes first. */
export async function goBackTo(tx: Tx, { webhookId, incidentId }: Lane, after: number): Promise<void> {
  await tx.query(
    `insert into webhook_lane as l (webhook_id, incident_id, done, upto) select $1, s.id, least($3::bigint, s.seq), s.seq from stream s where s.id = $2
     ${GO_BACK}`,
    [webhookId, incidentId, after],
  );
}

/** The same for everything that happened since a time, in each incident that the webhook may be told of. */
export async function goBackSince(tx: Tx, webhookId: WebhookId, since: Date): Promise<void> {
  await tx.query(
    `insert into webhook_lane as l (webhook_id, incident_id, done, upto)
     select w.id, i.id, first.seq - 1, s.seq from webhook w join incident i on i.practice_instance is null
       join stream s on s.id = i.id and s.last_at > $2::timestamptz - interval '2 minutes',
       lateral (select e.seq from event e where e.stream_id = s.id and e.at >= $2 order by e.seq limit 1) first
      where w.id = $1 order by i.id
     ${GO_BACK}`,
    [webhookId, since],
  );
}

const GO_BACK = `on conflict (webhook_id, incident_id) do update set done = least(l.done, excluded.done), upto = greatest(l.upto, excluded.upto),
  attempts = 0, next_at = clock_timestamp(), claim = l.claim + 1, claim_until = null`;

const DEADLY = 'Muster ended three times while it sent this event. Whether its receiver has it is not known.';

/** Whether the last tries were all left open by whoever made them. */
async function isDeadly(tx: Tx, { webhookId, incidentId }: Lane, seq: number): Promise<boolean> {
  const last = await rows<{ outcome: string }>(
    tx,
    'select outcome from webhook_attempt where webhook_id = $1 and incident_id = $2 and seq = $3 order by at desc, id desc limit $4',
    [webhookId, incidentId, seq, MOST_DEATHS],
  );
  return last.length === MOST_DEATHS && last.every(({ outcome }) => outcome === 'unknown');
}

async function nextWanted(
  tx: Tx,
  incidentId: string,
  { done, upto, types }: { readonly done: string; readonly upto: string; readonly types: readonly string[] | null },
): Promise<number | null> {
  const [next] = await rows<{ seq: string }>(
    tx,
    'select seq from event where stream_id = $1 and seq > $2 and seq <= $3 and ($4::text[] is null or type = any ($4)) order by seq limit 1',
    [incidentId, done, upto, types],
  );
  return next ? Number(next.seq) : null;
}
