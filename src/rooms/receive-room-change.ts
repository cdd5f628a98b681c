import type { ChatEvent } from '@musterhq/chat-port';
import { type Database, type Tx, afterCommit, rows } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { InboxHandler, InboxItem } from '#src/platform/inbox/inbox.types';
import type { StreamLog } from '#src/platform/log/log';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { People } from '#src/people/people.service';
import { type Telling, archiveMirror, unarchiveMirror } from './archived-mirrors.ts';
import { failMirror } from './failed-mirrors.ts';
import { ofMirror } from './gaps/mirror-trouble.service.ts';
import { type Mirror, isMirrored, mirrorOf } from './mirrors.ts';
import type { MirrorRenamed } from './rooms.events.ts';

type RoomEvent = Extract<ChatEvent, { type: 'room' }>;

/** Follows what people do with a mirror's room in its chat: another name, archived and back again, deleted. */
export class ReceiveRoomChange implements InboxHandler {
  readonly types = ['room'] as const;

  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
    private readonly doorbell: Doorbell,
    private readonly people: People,
  ) {}

  async prepare({ event }: InboxItem): Promise<void> {
    const { room, by } = event as RoomEvent;
    if (by && (await isMirrored(this.database, room))) await this.people.meet(by);
  }

  async handle(tx: Tx, item: InboxItem): Promise<void> {
    const { room, change, value, by } = item.event as RoomEvent;
    if (change === 'created' || change === 'topic') return;
    const mirror = await mirrorOf(tx, room);
    if (!mirror) return;
    const telling: Telling = {
      id: uuidFor('room', item.instance, item.tenant, item.envelopeId),
      by: by ? await this.people.ofAccount(tx, by) : null,
      via: { id: item.instance, name: mirror.surface },
    };
    if (change === 'archived') return archiveMirror(tx, this.log, mirror.id, telling);
    if (change === 'unarchived') {
      afterCommit(tx, () => this.doorbell.ring({ topic: 'mirrors', id: mirror.id }));
      return unarchiveMirror(tx, this.log, mirror.id, telling);
    }
    if (change === 'deleted') return failMirror(tx, this.log, mirror.id, 'its room was deleted there');
    if (value !== undefined) await this.rename(tx, mirror, value, telling);
  }

  private async rename(tx: Tx, mirror: Mirror, name: string, telling: Telling): Promise<void> {
    const [before] = await rows<{ name: string | null }>(tx, 'select name from mirror where id = $1 for update', [mirror.id]);
    const from = before?.name ?? null;
    if (from === null || from === name) return;
    await tx.query('update mirror set name = $2 where id = $1', [mirror.id, name]);
    await this.log.append<'mirror.renamed', MirrorRenamed>(tx, mirror.incidentId, {
      ...telling,
      type: 'mirror.renamed',
      data: { ...ofMirror(mirror, { instance: telling.via.id }), name, from },
    });
  }
}
