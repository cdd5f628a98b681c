import type { Envelope, Pinned } from '@musterhq/chat-port';
import type { Database } from '#src/platform/database/database';
import {
  type KnownCopy,
  type LastPin,
  type LastReaction,
  type News,
  type Shown,
  eventsOf,
  pinsLearnt,
  reactionsLearnt,
} from './marks-learnt.ts';

/** A room of a chat whose past is being read, and which reading that is. */
export interface Reading {
  readonly mirrorId: string;
  readonly incidentId: string;
  readonly instance: string;
  readonly tenant: string;
  readonly room: string;
  readonly lane: string;
  /** Another for every reading: what is found again is told again, what is read twice is not. */
  readonly id: string;
  /** When the chat was asked. What is heard live from then on is newer. */
  readonly at: number;
}

/** What a chat's past shows of reactions and pins, as the events that nobody told us; all of it may be told again. */
export interface MarksInHistory {
  reactions(reading: Reading, shown: readonly Shown[]): Promise<Envelope[]>;
  pins(reading: Reading, pinned: readonly Pinned[], met: ReadonlySet<string>): Promise<Envelope[]>;
}

const COPIES = `select c.native_id as id, c.message_id as "messageId",
    (select count(*) from message_copy o where o.mirror_id = c.mirror_id and o.message_id = c.message_id) = 1 as "isWhole"
  from message_copy c where c.mirror_id = $1 and `;

/** Of each person and message the last, in one walk through the room's marks. */
const LAST_REACTIONS = `with last as (
    select distinct on (e.data ->> 'messageId', e.data ->> 'emoji', e.actor ->> 'id') e.data ->> 'messageId' as message_id, e.data ->> 'emoji' as emoji,
           (e.actor ->> 'id')::uuid as person, (e.data ->> 'on')::boolean as is_on, e.seq, e.via ->> 'id' = $3 as was_there
      from event e where e.stream_id = $1 and e.type = 'message.reacted' and e.data ->> 'messageId' = any($2)
     order by e.data ->> 'messageId', e.data ->> 'emoji', e.actor ->> 'id', e.seq desc)
  select message_id as "messageId", emoji, is_on as on, seq::int, was_there as "wasThere",
         array(select a.native_user from account a join theirs(last.person) t (id) on t.id = a.person_id
                where a.instance = $3 and a.tenant = $4 order by a.person_id <> last.person, a.native_user) as users
    from last`;

/** What was pinned elsewhere stands in the chat once it was brought there, and not before. */
const LAST_PINS = `with last as (
    select distinct on (e.data ->> 'messageId') e.data ->> 'messageId' as message_id, (e.data ->> 'on')::boolean as is_on, e.seq, e.via ->> 'id' as via
      from event e where e.stream_id = $1 and e.type = 'message.pinned' order by e.data ->> 'messageId', e.seq desc)
  select message_id as "messageId", is_on as on, seq::int,
         via = $2 or coalesce((select d.status = 'sent' from delivery d where d.mirror_id = $3 and d.message_id = last.message_id::uuid and d.operation = 'pin'
                                order by d.position desc limit 1), false) as "wasThere"
    from last`;

export class MarksOfLog implements MarksInHistory {
  constructor(private readonly database: Database) {}

  async reactions(reading: Reading, shown: readonly Shown[]): Promise<Envelope[]> {
    if (shown.length === 0) return [];
    const { mirrorId, incidentId, instance, tenant } = reading;
    const copies = await this.database.query<KnownCopy>(`${COPIES} c.native_id = any($2)`, [mirrorId, shown.map(({ id }) => id)]);
    const last = await this.database.query<LastReaction>(LAST_REACTIONS, [incidentId, messagesOf(copies), instance, tenant]);
    return tell(reading, reactionsLearnt(shown, { copies, last }));
  }

  async pins(reading: Reading, pinned: readonly Pinned[], met: ReadonlySet<string>): Promise<Envelope[]> {
    const { mirrorId, incidentId, instance } = reading;
    const last = await this.database.query<LastPin>(LAST_PINS, [incidentId, instance, mirrorId]);
    const copies = await this.database.query<KnownCopy>(`${COPIES} (c.native_id = any($2) or c.message_id = any($3))`, [
      mirrorId,
      pinned.map(({ message }) => message.id),
      last.map(({ messageId }) => messageId),
    ]);
    return tell(reading, pinsLearnt(pinned, met, { copies, last }));
  }
}

const messagesOf = (copies: readonly KnownCopy[]): string[] => copies.flatMap(({ messageId }) => messageId ?? []);

function tell({ instance, tenant, room, lane, id, at }: Reading, news: readonly News[]): Envelope[] {
  return eventsOf(news, { adapter: instance, tenant, room }, lane, id, at);
}
