import type { ChatEvent } from '@musterhq/chat-port';
import { uuidv7 } from 'uuidv7';
import { type Tx, afterCommit, rows } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { InboxHandler, InboxItem } from '#src/platform/inbox/inbox.types';
import { announcedIn } from './announcements.ts';

type Missed = Extract<ChatEvent, { type: 'missed' }>;

/** What a chat says that it did not tell us is read from its history, in every room that is still in use. */
export class ReceiveMissed implements InboxHandler {
  readonly types = ['missed'] as const;

  constructor(private readonly doorbell: Doorbell) {}

  async handle(tx: Tx, { instance, event }: InboxItem): Promise<void> {
    const { tenant, from, to } = event as Missed;
    const inUse = await rows<{ id: string }>(
      tx,
      `select m.id from mirror m join incident i on i.id = m.incident_id
        where m.instance = $1 and m.tenant = $2 and m.room is not null and m.state in ('open', 'suspect', 'catching-up', 'parked', 'shut-out')
          and (i.ended_at is null or i.ended_at > clock_timestamp() - interval '1 day') order by m.id`,
      [instance, tenant],
    );
    // Trouble that is going on widens to it, and it is read when that is over; before it is over itself it cannot be read.
    const ids = [...inUse.map(({ id }) => id), ...(await announcedIn(tx, { instance, tenant }))];
    for (const id of ids)
      await tx.query(
        `insert into gap (id, mirror_id, from_at, to_at, not_before, state) values ($1, $2, $3, $4, $4, 'reading')
         on conflict (mirror_id) where state <> 'closed' do update
            set from_at = least(gap.from_at, excluded.from_at), cursor = null, not_before = excluded.not_before,
                to_at = case when gap.state = 'open' then null else greatest(gap.to_at, excluded.to_at) end,
                state = case when gap.state = 'open' then 'open' else 'reading' end`,
        [uuidv7(), id, new Date(from), new Date(to)],
      );
    if (ids.length > 0) afterCommit(tx, () => this.doorbell.ring({ topic: 'mirrors', id: instance }));
  }
}
