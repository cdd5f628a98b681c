import { uuidv7 } from 'uuidv7';
import { fromMarkdown } from '#libs/rich-text/from-markdown';
import { isIncidentEvent } from '#src/incidents/incidents.events';
import { type Tx, rows } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Follower } from '#src/platform/followers/follower.types';
import { type LoggedEvent, MUSTER } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { enqueue } from './deliveries/delivery-queue.ts';
import { isRoomEvent } from './rooms.events.ts';
import { lineFor } from './say/lines.ts';

interface MirrorRow {
  readonly id: string;
  readonly knows: boolean;
}

/** Its name in the tables. Another name would be another follower, which has said nothing yet. */
export const MIRRORS_FOLLOWER = 'rooms';

/** Projects a room's log into its chats: opens the mirrors, and queues for each what it has not said itself. */
export class MirrorFollower implements Follower {
  readonly name = MIRRORS_FOLLOWER;
  readonly kind = 'effect';

  constructor(
    private readonly log: StreamLog,
    private readonly doorbell: Doorbell,
    private readonly publicUrl: string,
  ) {}

  async handle(tx: Tx, event: LoggedEvent): Promise<void> {
    if (isIncidentEvent(event, 'incident.declared')) return this.openMirrors(tx, event);
    if (isRoomEvent(event, 'message.posted')) return this.copyMessage(tx, event, event.data.messageId, event.data.text);
    const line = lineFor(event, await this.warRoom(tx, event.streamId));
    if (!line) return;
    for (const mirror of await this.mirrors(tx, event.streamId, null)) {
      await enqueue(tx, this.doorbell, { mirrorId: mirror.id, position: event.seq, operation: 'send', content: line });
      if (event.type.startsWith('incident.'))
        await enqueue(tx, this.doorbell, { mirrorId: mirror.id, position: event.seq, operation: 'card' });
    }
  }

  /** A drill is heard in its own pretend chat; everything else in every real one. A chat that is down gets its room later. */
  private async openMirrors(tx: Tx, event: LoggedEvent): Promise<void> {
    const chats = await rows<{ instance: string; tenant: string; name: string; down_since: Date | null }>(
      tx,
      `select t.instance, t.tenant, c.name, case when h.state in ('down', 'recovering') then h.since end as down_since
         from chat_tenant t join chat_instance c on c.id = t.instance join incident i on i.id = $1
         left join surface_health h on h.instance = t.instance and h.tenant = t.tenant
        where case when i.practice_instance is null then not c.pretend else t.instance = i.practice_instance end
        order by t.instance, t.tenant`,
      [event.streamId],
    );
    for (const chat of chats) {
      const mirrorId = uuidv7();
      await tx.query('insert into mirror (id, incident_id, instance, tenant, surface, state, since) values ($1, $2, $3, $4, $5, $6, $7)', [
        mirrorId,
        event.streamId,
        chat.instance,
        chat.tenant,
        chat.name,
        chat.down_since ? 'parked' : 'opening',
        chat.down_since,
      ]);
      if (chat.down_since)
        await tx.query('insert into gap (id, mirror_id, from_at, parked) values ($1, $2, $3, true)', [uuidv7(), mirrorId, chat.down_since]);
      await enqueue(tx, this.doorbell, { mirrorId, position: event.seq, operation: 'open-room' });
      await enqueue(tx, this.doorbell, { mirrorId, position: event.seq, operation: 'card' });
      await this.log.append(tx, event.streamId, {
        id: uuidv7(),
        type: 'mirror.requested',
        by: null,
        via: MUSTER,
        data: { mirrorId, surface: { id: chat.instance, name: chat.name } },
      });
    }
  }

  private async copyMessage(tx: Tx, event: LoggedEvent, messageId: string, text: string): Promise<void> {
    const content = { ...fromMarkdown(text), ...(event.by ? { author: { name: event.by.name, via: event.via.name } } : {}) };
    for (const mirror of await this.mirrors(tx, event.streamId, messageId)) {
      if (mirror.knows) continue;
      await enqueue(tx, this.doorbell, { mirrorId: mirror.id, position: event.seq, operation: 'send', messageId, content });
    }
  }

  private async warRoom(tx: Tx, incidentId: string): Promise<string> {
    const [incident] = await rows<{ reference: string }>(tx, 'select reference from incident where id = $1', [incidentId]);
    return new URL(`/i/${incident?.reference ?? ''}`, this.publicUrl).href;
  }

  private mirrors(tx: Tx, incidentId: string, messageId: string | null): Promise<MirrorRow[]> {
    return rows<MirrorRow>(
      tx,
      `select m.id, exists (select 1 from message_copy c where c.mirror_id = m.id and c.message_id = $2) as knows
         from mirror m where m.incident_id = $1 and m.state <> 'failed' order by m.id`,
      [incidentId, messageId],
    );
  }
}
