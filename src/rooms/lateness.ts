import { type Tx, rows } from '#src/platform/database/database';
import type { InboxItem } from '#src/platform/inbox/inbox.types';
import type { Moment } from '#src/platform/log/event.types';
import { momentOf } from '#src/platform/log/moment-of';
import type { Mirror } from './mirrors.ts';

/** Admitted this long after it was said, a message is late even without an outage that we noticed. */
const LATE_AFTER_SECONDS = 120;

/** Its own time, but never outside the gap it fell into: a platform's clock is not ours. */
const OWN_TIME = 'least(greatest($3::timestamptz, coalesce(g.from_at, $3::timestamptz)), coalesce(g.to_at, $4::timestamptz))';

/**
 * As far between its neighbours as it was said between them. In proportion, and not halfway, because several may come
 * in any order, and each must find its place.
 */
const BETWEEN = `b.display_at + (a.display_at - b.display_at)
  * (extract(epoch from $3::timestamptz - b.occurred_at) / extract(epoch from a.occurred_at - b.occurred_at))::float8`;

const PLACE = `case when a.display_at is not null and b.display_at is not null then ${BETWEEN}
                    when a.display_at is not null then a.display_at - (a.occurred_at - $3::timestamptz)
                    when b.display_at is not null then greatest(${OWN_TIME}, b.display_at + interval '1 microsecond')
                    else ${OWN_TIME} end`;

/**
 * Whether something arrived after its time, and where it then belongs among the others.
 *
 * Late is what was read back after an outage, what was overtaken by something said after it (the platform could not
 * deliver it at first, and tried again), and what simply took too long. It is shown at its own time, and always between
 * what was said before and after it in that chat, so that nobody's words change places.
 */
export async function latenessOf(tx: Tx, item: InboxItem, mirror: Mirror): Promise<{ displayAt: Moment } | null> {
  const said = `select occurred_at, display_at from event where stream_id = $1 and via ->> 'id' = $2 and type = 'message.posted'`;
  const [found] = await rows<{ place: Moment; late: boolean }>(
    tx,
    `with before as (${said} and occurred_at <= $3 order by occurred_at desc, seq desc limit 1),
          after as (${said} and occurred_at > $3 order by occurred_at, seq limit 1)
     select ${momentOf(`(${PLACE})`)} as place,
            $6::uuid is not null or a.display_at is not null or $4::timestamptz - $3::timestamptz > make_interval(secs => $5) as late
       from (select 1) one left join before b on true left join after a on true left join gap g on g.id = $6 and g.mirror_id = $7`,
    [mirror.incidentId, item.instance, item.occurredAt, item.admittedAt, LATE_AFTER_SECONDS, item.gapId, mirror.id],
  );
  return found?.late ? { displayAt: found.place } : null;
}
