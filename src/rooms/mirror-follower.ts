import { fromMarkdown } from '#libs/rich-text/from-markdown';
import { isIncidentEvent } from '#src/incidents/incidents.events';
import { type Tx, rows } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Follower } from '#src/platform/followers/follower.types';
import type { LoggedEvent } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { enqueue } from './deliveries/delivery-queue.ts';
import { closePublicMirrors, openMirrors } from './open-mirrors.ts';
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
    if (isIncidentEvent(event, 'incident.declared')) return openMirrors(tx, this.log, this.doorbell, event);
    if (isIncidentEvent(event, 'incident.privacy-changed') && event.data.private) {
      await closePublicMirrors(tx, this.doorbell, event);
      await openMirrors(tx, this.log, this.doorbell, event);
    }
    if (isRoomEvent(event, 'message.posted')) return this.copyMessage(tx, event, event.data.messageId, event.data.text);
    const line = lineFor(event, await this.warRoom(tx, event.streamId));
    if (!line) return;
    for (const mirror of await this.mirrors(tx, event.streamId, null)) {
      await enqueue(tx, this.doorbell, { mirrorId: mirror.id, position: event.seq, operation: 'send', content: line });
      if (event.type.startsWith('incident.'))
        await enqueue(tx, this.doorbell, { mirrorId: mirror.id, position: event.seq, operation: 'card' });
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
         from mirror m where m.incident_id = $1 and m.state not in ('failed', 'closed') order by m.id`,
      [incidentId, messageId],
    );
  }
}
