import type { Fault } from '@musterhq/chat-port';
import { isSafeHref } from '#libs/rich-text/safe-href';
import type { HeardView } from '#libs/war-room-protocol/heard';
import type { Database } from '#src/platform/database/database';
import { MessageNotFound } from '#src/rooms/rooms.errors';
import { MIRRORS_FOLLOWER } from '#src/rooms/rooms.types';
import { whyRefused } from './why-refused.ts';

type InChat = HeardView['chats'][number];

interface Row {
  readonly written_at: Date;
  /** Null, with all that follows, where the room has no chat. */
  readonly instance: string | null;
  readonly surface: string;
  readonly room_link: string | null;
  readonly is_from_there: boolean;
  readonly is_followed: boolean;
  readonly is_there: boolean;
  readonly in_digest: boolean;
  readonly permalink: string | null;
  readonly said_at: Date | null;
  /** Of what is not said yet of it, the first that stands in the way. */
  readonly unsaid: 'pending' | 'sending' | 'unknown' | 'refused' | 'needs-a-person' | null;
  readonly fault: Fault | null;
  readonly losses: readonly string[] | null;
}

/** Where a message of a room has been heard. */
export class HeardQueries {
  constructor(private readonly database: Database) {}

  /** @throws MessageNotFound */
  async of(incidentId: string, messageId: string): Promise<HeardView> {
    const found = await this.database.query<Row>(
      `select e.display_at as written_at, m.instance, m.surface, m.permalink as room_link, e.via ->> 'id' = m.instance as is_from_there,
              coalesce(f.seq, 0) >= e.seq as is_followed, c.native_id is not null as is_there, c.digest_id is not null as in_digest, c.permalink, s.ended_at as said_at, d.status as unsaid, d.fault, l.losses
         from event e left join mirror m on m.incident_id = e.stream_id and m.state <> 'closed'
         left join follower_cursor f on f.follower = $3 and f.stream_id = e.stream_id
         left join lateral (select ended_at, digest_id from delivery where mirror_id = m.id and message_id = e.id and operation = 'send' and status = 'sent' limit 1) s on true
         left join lateral (select native_id, permalink, digest_id, part from message_copy where mirror_id = m.id and message_id = e.id
              union all select native_id, permalink, digest_id, part from message_copy where digest_id = s.digest_id order by part limit 1) c on true
         left join lateral (select coalesce(g.status, d.status) as status, coalesce(g.fault, d.fault) as fault
              from delivery d left join delivery g on d.status = 'gathered' and g.id = d.digest_id
             where d.mirror_id = m.id and d.message_id = e.id and d.operation in ('send', 'edit', 'correct')
               and d.status not in ('sent', 'canceled') order by d.position limit 1) d on true
         left join lateral (select coalesce(g.losses, d.losses) as losses from delivery d left join delivery g on g.id = d.digest_id
             where d.mirror_id = m.id and d.message_id = e.id and d.operation in ('send', 'edit') and d.status <> 'canceled' order by d.position desc limit 1) l on true
        where e.stream_id = $1 and e.id = $2 and e.type = 'message.posted' order by m.surface, m.id`,
      [incidentId, messageId, MIRRORS_FOLLOWER],
    );
    const [first] = found;
    if (!first) throw new MessageNotFound(messageId);
    return { at: first.written_at.toISOString(), chats: found.flatMap((row) => (row.instance === null ? [] : inChat(row, row.instance))) };
  }
}

function inChat(row: Row, instance: string): InChat {
  const state = stateOf(row);
  const at = row.is_from_there ? row.written_at : row.said_at;
  const link = row.permalink ?? row.room_link;
  return {
    surface: { id: instance, name: row.surface },
    state,
    at: row.is_there ? (at?.toISOString() ?? null) : null,
    inDigest: row.is_there && row.in_digest,
    permalink: row.is_there && link !== null && isSafeHref(link) ? link : null,
    losses: row.is_there ? [...(row.losses ?? [])] : [],
    why: state === 'refused' ? whyRefused(row.fault, row.surface) : null,
  };
}

function stateOf({ unsaid, is_there, is_followed }: Row): InChat['state'] {
  if (unsaid === 'refused') return 'refused';
  if (unsaid === 'needs-a-person') return 'doubtful';
  if (unsaid !== null) return 'waiting';
  if (is_there) return 'there';
  return is_followed ? 'absent' : 'waiting';
}
