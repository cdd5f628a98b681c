import { uuidv7 } from 'uuidv7';
import { textContent } from '#libs/rich-text/text-content';
import { type Tx, rows } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import { type LoggedEvent, MUSTER } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { enqueue } from './deliveries/delivery-queue.ts';

/**
 * A room in each chat that has none of this incident yet. A drill is heard in its own chat; everything else in
 * every real one. A chat that is down gets its room later. A private incident's room is private there too.
 */
export async function openMirrors(tx: Tx, log: StreamLog, doorbell: Doorbell, event: LoggedEvent): Promise<void> {
  const chats = await rows<{
    instance: string;
    tenant: string;
    name: string;
    private: boolean;
    down_since: Date | null;
    doubted_since: Date | null;
  }>(
    tx,
    `select t.instance, t.tenant, c.name, i.private, case when h.state in ('down', 'recovering') then h.since end as down_since,
            case when h.state = 'suspect' then h.good_at end as doubted_since
       from chat_tenant t join chat_instance c on c.id = t.instance join incident i on i.id = $1
       left join surface_health h on h.instance = t.instance and h.tenant = t.tenant
      where case when coalesce(i.practice_instance, i.heard_in) is null then not c.pretend else t.instance = coalesce(i.practice_instance, i.heard_in) or c.beside = i.practice_instance end
        and not exists (select 1 from mirror m where m.incident_id = i.id and m.instance = t.instance and m.tenant = t.tenant and m.state <> 'closed')
      order by t.instance, t.tenant`,
    [event.streamId],
  );
  for (const chat of chats) {
    const mirrorId = uuidv7();
    await tx.query(
      'insert into mirror (id, incident_id, instance, tenant, surface, state, since, private) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [
        mirrorId,
        event.streamId,
        chat.instance,
        chat.tenant,
        chat.name,
        chat.down_since ? 'parked' : 'opening',
        chat.down_since,
        chat.private,
      ],
    );
    // What is said there before the chat is trusted again is read from its history then.
    const unheardSince = chat.down_since ?? chat.doubted_since;
    if (unheardSince)
      await tx.query('insert into gap (id, mirror_id, from_at, parked) values ($1, $2, $3, $4)', [
        uuidv7(),
        mirrorId,
        unheardSince,
        chat.down_since !== null,
      ]);
    await enqueue(tx, doorbell, { mirrorId, position: event.seq, operation: 'open-room' });
    await enqueue(tx, doorbell, { mirrorId, position: event.seq, operation: 'card' });
    await log.append(tx, event.streamId, {
      id: uuidv7(),
      type: 'mirror.requested',
      by: null,
      via: MUSTER,
      data: { mirrorId, surface: { id: chat.instance, name: chat.name } },
    });
  }
}

/** The chats' rooms that others can read are told that it goes on elsewhere, and then nothing more: not even what waited. */
export async function closePublicMirrors(tx: Tx, doorbell: Doorbell, event: LoggedEvent): Promise<void> {
  const closed = await rows<{ id: string; room: string | null }>(
    tx,
    `update mirror set state = 'closed' where incident_id = $1 and not private and state not in ('closed', 'failed') returning id, room`,
    [event.streamId],
  );
  for (const { id, room } of closed) {
    await tx.query(
      `update delivery set status = 'canceled', ended_at = clock_timestamp() where mirror_id = $1 and status in ('pending', 'gathered', 'unknown')`,
      [id],
    );
    await tx.query(`update gap set state = 'closed' where mirror_id = $1 and state <> 'closed'`, [id]);
    await tx.query('delete from unswept where mirror_id = $1', [id]);
    if (room === null) continue;
    const content = textContent(
      'This incident is private now. It goes on elsewhere: nothing more of it is told here, and nothing written here is heard.',
    );
    await enqueue(tx, doorbell, { mirrorId: id, position: event.seq, operation: 'send', content });
  }
}
