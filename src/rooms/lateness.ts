import { type Tx, rows } from '#src/platform/database/database';
import type { InboxItem } from '#src/platform/inbox/inbox.types';
import type { Moment } from '#src/platform/log/event.types';
import { momentOf } from '#src/platform/log/moment-of';
import type { Mirror } from './mirrors.ts';

/** Admitted this long after it was said, a message is late even without an outage that we noticed. */
const LATE_AFTER_SECONDS = 120;

/**
 * Whether something arrived after its time, and where it then belongs among the others.
 *
 * Read back after an outage it is placed at its own time, but never outside the gap it fell into: a platform's clock is
 * not ours. Overtaken by what was said after it (the platform could not deliver it at first, and tried again), it is
 * placed between what was said before and after it, so that nobody's words change places.
 */
export async function latenessOf(tx: Tx, item: InboxItem, mirror: Mirror): Promise<{ displayAt: Moment } | null> {
  const place = item.gapId === null ? await overtaken(tx, item, mirror) : await withinGap(tx, item, mirror);
  return place === null ? null : { displayAt: place };
}

async function withinGap(tx: Tx, item: InboxItem, mirror: Mirror): Promise<Moment> {
  const [found] = await rows<{ place: Moment }>(
    tx,
    `select ${momentOf('least(greatest($1::timestamptz, g.from_at), coalesce(g.to_at, $2::timestamptz))')} as place
       from (select 1) one left join gap g on g.id = $3 and g.mirror_id = $4`,
    [item.occurredAt, item.admittedAt, item.gapId, mirror.id],
  );
  if (!found) throw new Error('a select without a table always has a row');
  return found.place;
}

/**
 * Overtaken: as far between its neighbours in this chat as it was said between them. In proportion, and not halfway,
 * because several may come in any order, and each must find its place.
 */
async function overtaken(tx: Tx, item: InboxItem, mirror: Mirror): Promise<Moment | null> {
  const said = `select occurred_at, display_at from event where stream_id = $1 and via ->> 'id' = $2 and type = 'message.posted'`;
  const [found] = await rows<{ place: Moment | null; late: boolean }>(
    tx,
    `with before as (${said} and occurred_at <= $3 order by occurred_at desc, seq desc limit 1),
          after as (${said} and occurred_at > $3 order by occurred_at, seq limit 1)
     select case when a.display_at is null then ${momentOf('$3::timestamptz')}
                 when b.display_at is null then ${momentOf('(a.display_at - (a.occurred_at - $3::timestamptz))')}
                 else ${momentOf("(b.display_at + (a.display_at - b.display_at) * (extract(epoch from $3::timestamptz - b.occurred_at) / extract(epoch from a.occurred_at - b.occurred_at))::float8)")}
            end as place,
            a.display_at is not null or $4::timestamptz - $3::timestamptz > make_interval(secs => $5) as late
       from (select 1) one left join before b on true left join after a on true`,
    [mirror.incidentId, item.instance, item.occurredAt, item.admittedAt, LATE_AFTER_SECONDS],
  );
  return found?.late ? found.place : null;
}
