import { type Tx, afterCommit } from '#src/platform/database/database';
import { storableJson } from '#src/platform/database/storable';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { NoticeContent, Telling } from './notifications.types.ts';

/**
 * What people are told beside the chats that they work in: written down with what it is about, sent by whoever comes to it,
 * by every way that is on, side by side.
 */
export class Notices {
  constructor(private readonly doorbell: Doorbell) {}

  /** In a transaction. Once by each way to each address; asking again for the same tells nobody anything. */
  async begin(tx: Tx, { about, shared, personal }: Telling): Promise<void> {
    await tx.query(
      `insert into notice (id, about, part, way_id, address, content)
       select gen_random_uuid(), $1, 'begun', w.id, r.address, r.content from notice_way w
         join lateral (
           select '' as address, $2::jsonb as content where w.kind not in ('smtp', 'chat')
           union all select p.address, p.content from jsonb_to_recordset(case when w.kind in ('smtp', 'chat') then $3::jsonb else '[]' end) as p (address text, chat text, content jsonb)
            where p.chat is not distinct from w.settings ->> 'chat') r on true
        where w.off is null
       on conflict on constraint notice_once do nothing`,
      [about, storableJson(shared), storableJson(personal)],
    );
    this.ring(tx, about);
  }

  /** In a transaction. Whoever was told that it had begun is told that it is over; who was not yet is told neither. */
  async end(tx: Tx, about: string, content: NoticeContent): Promise<void> {
    await tx.query(
      `update notice set status = 'needless', ended_at = clock_timestamp() where about = $1 and part = 'begun' and status = 'waiting'`,
      [about],
    );
    await tx.query(
      `insert into notice (id, about, part, way_id, address, content)
       select gen_random_uuid(), about, 'over', way_id, address, $2 from notice where about = $1 and part = 'begun' and status in ('sending', 'told')
       on conflict on constraint notice_once do nothing`,
      [about, storableJson(content)],
    );
    this.ring(tx, about);
  }

  private ring(tx: Tx, about: string): void {
    afterCommit(tx, () => this.doorbell.ring({ topic: 'notices', id: about }));
  }
}
