import type { ChatEvent } from '@musterhq/chat-port';
import { type Database, type Tx, afterCommit, rows } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { InboxHandler, InboxItem } from '#src/platform/inbox/inbox.types';
import type { StreamLog } from '#src/platform/log/log';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { People } from '#src/people/people.service';
import { type Telling, archiveMirror, unarchiveMirror } from './archived-mirrors.ts';
import { failMirror } from './failed-mirrors.ts';
import { letIn, shutOut } from './shut-out.ts';
import { ofMirror } from './gaps/mirror-trouble.service.ts';
import { type Mirror, findMirror, isMirrored, mirrorOf } from './mirrors.ts';
import { isOurName, mustNotBeOurs, namedByHand, topicByHand } from './upkeep/by-hand.ts';
import type { MirrorAudienceChanged, MirrorRenamed, MirrorTopicChanged } from './rooms.events.ts';

type RoomEvent = Extract<ChatEvent, { type: 'room' }>;

const AUDIENCES: Partial<Record<RoomEvent['change'], MirrorAudienceChanged['audience']>> = {
  'made-public': 'public',
  'made-private': 'private',
  shared: 'shared',
};

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
    if (change === 'created') return;
    // That we came into a room that is being made tells nothing that anybody waits for.
    const mirror = await (change === 'entered' ? findMirror : mirrorOf)(tx, room);
    if (!mirror) return;
    const telling: Telling = {
      id: uuidFor('room', item.instance, item.tenant, item.envelopeId),
      by: by ? await this.people.ofAccount(tx, by) : null,
      via: { id: item.instance, name: mirror.surface },
    };
    if (change === 'archived') await mustNotBeOurs(tx, mirror.id);
    if (change === 'archived') return archiveMirror(tx, this.log, mirror.id, telling);
    if (change === 'unarchived') {
      afterCommit(tx, () => this.doorbell.ring({ topic: 'mirrors', id: mirror.id }));
      return unarchiveMirror(tx, this.log, mirror.id, telling);
    }
    if (change === 'left') return void (await shutOut(tx, this.log, mirror.id, item.occurredAt, telling));
    if (change === 'entered') {
      afterCommit(tx, () => this.doorbell.ring({ topic: 'mirrors', id: mirror.id }));
      if (mirror.isArchived) await this.bringBack(tx, mirror, telling);
      return letIn(tx, this.log, mirror.id, item.occurredAt, telling);
    }
    if (change === 'moved') return this.move(tx, mirror, value ?? '');
    const audience = AUDIENCES[change];
    if (audience) return this.reveal(tx, mirror, audience, telling);
    if (change === 'deleted') return failMirror(tx, this.log, mirror.id, 'its room was deleted there');
    if (change === 'topic') return this.retopic(tx, mirror, value ?? '', telling);
    if (value !== undefined) await this.rename(tx, mirror, value, telling);
  }

  /** Nobody told us of an archived room that it is back, since we were not in it: what was said there before we are is read as well. */
  private async bringBack(tx: Tx, mirror: Mirror, telling: Telling): Promise<void> {
    await unarchiveMirror(tx, this.log, mirror.id, { ...telling, id: uuidFor(telling.id, 'unarchived') });
    await shutOut(tx, this.log, mirror.id, null, { ...telling, id: uuidFor(telling.id, 'shut-out'), by: null });
  }

  private async move(tx: Tx, mirror: Mirror, room: string): Promise<void> {
    if (room !== '') await tx.query('update mirror set room = $2 where id = $1', [mirror.id, room]);
  }

  /** Of a private incident that everybody can read now nothing more is said there: it gets another room. */
  private async reveal(tx: Tx, mirror: Mirror, audience: MirrorAudienceChanged['audience'], telling: Telling): Promise<void> {
    const [here] = await rows<{ name: string | null }>(
      tx,
      `update mirror set private = private and $2 <> 'public' where id = $1 returning name`,
      [mirror.id, audience],
    );
    await this.log.append<'mirror.audience-changed', MirrorAudienceChanged>(tx, mirror.incidentId, {
      ...telling,
      type: 'mirror.audience-changed',
      data: { ...ofMirror(mirror, { instance: telling.via.id }), name: here?.name ?? 'its room', audience },
    });
  }

  private async rename(tx: Tx, mirror: Mirror, name: string, telling: Telling): Promise<void> {
    const [before] = await rows<{ name: string | null }>(tx, 'select name from mirror where id = $1 for update', [mirror.id]);
    const from = before?.name ?? null;
    if (await isOurName(tx, mirror.id, name)) return;
    if (from === null || from === name) return;
    await namedByHand(tx, mirror.id);
    await tx.query('update mirror set name = $2 where id = $1', [mirror.id, name]);
    await this.log.append<'mirror.renamed', MirrorRenamed>(tx, mirror.incidentId, {
      ...telling,
      type: 'mirror.renamed',
      data: { ...ofMirror(mirror, { instance: telling.via.id }), name, from },
    });
  }

  private async retopic(tx: Tx, mirror: Mirror, topic: string, telling: Telling): Promise<void> {
    if (!(await topicByHand(tx, mirror.id, topic))) return;
    const [here] = await rows<{ name: string | null }>(tx, 'select name from mirror where id = $1', [mirror.id]);
    await this.log.append<'mirror.topic-changed', MirrorTopicChanged>(tx, mirror.incidentId, {
      ...telling,
      type: 'mirror.topic-changed',
      data: { ...ofMirror(mirror, { instance: telling.via.id }), name: here?.name ?? 'its room', topic },
    });
  }
}
