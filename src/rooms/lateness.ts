import { type Tx, rows } from '#src/platform/database/database';
import type { InboxItem } from '#src/platform/inbox/inbox.types';
import type { Mirror } from './mirrors.ts';

/** Admitted this long after it was said, a message is late even without an outage that we noticed. */
const LATE_AFTER_MS = 120_000;

/**
 * Whether something arrived after its time, and where it then belongs among the others.
 *
 * Read back after an outage it is placed at its own time, but never outside the gap it fell into: a platform's clock is
 * not ours. Overtaken by what was said after it (the platform could not deliver it at first, and tried again), it is
 * placed between what was said before and after it, so that nobody's words change places.
 */
export async function latenessOf(tx: Tx, item: InboxItem, mirror: Mirror): Promise<{ displayAt: Date } | null> {
  if (item.gapId !== null) return { displayAt: await withinGap(tx, item, mirror) };
  const before = await overtaken(tx, item, mirror);
  if (before) return { displayAt: before };
  return item.admittedAt.getTime() - item.occurredAt.getTime() > LATE_AFTER_MS ? { displayAt: item.occurredAt } : null;
}

async function withinGap(tx: Tx, item: InboxItem, mirror: Mirror): Promise<Date> {
  const [gap] = await rows<{ from_at: Date; to_at: Date | null }>(tx, 'select from_at, to_at from gap where id = $1 and mirror_id = $2', [item.gapId, mirror.id]);
  return gap ? clamp(item.occurredAt, gap.from_at, gap.to_at ?? item.admittedAt) : item.occurredAt;
}

/** Between the messages said just before and just after it in this chat, if one said after it is in the log already. */
async function overtaken(tx: Tx, item: InboxItem, mirror: Mirror): Promise<Date | null> {
  const said = `from event where stream_id = $1 and via ->> 'id' = $2 and type = 'message.posted'`;
  const [found] = await rows<{ before: Date | null; after: Date | null }>(
    tx,
    `select (select display_at ${said} and occurred_at <= $3 order by occurred_at desc, seq desc limit 1) as before,
            (select display_at ${said} and occurred_at > $3 order by occurred_at, seq limit 1) as after`,
    [mirror.incidentId, item.instance, item.occurredAt],
  );
  return found?.after ? between(item.occurredAt, found.before, found.after) : null;
}

/** Its own time, where that lies between its neighbours'; halfway where the platform's clock and ours disagree. */
export function between(at: Date, before: Date | null, after: Date): Date {
  const from = before?.getTime() ?? -Infinity;
  const to = after.getTime();
  if (from < at.getTime() && at.getTime() < to) return at;
  return new Date(from === -Infinity ? to - 1 : Math.ceil((from + to) / 2));
}

function clamp(at: Date, from: Date, to: Date): Date {
  if (at < from) return from;
  return at > to ? to : at;
}
