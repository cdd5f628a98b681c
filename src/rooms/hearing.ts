import type { InMessage, MessageRef, RoomRef, UserRef } from '@musterhq/chat-port';
import { type Tx, rows } from '#src/platform/database/database';
import type { InboxItem } from '#src/platform/inbox/inbox.types';
import type { ActorFact, Moment, NewEvent, SurfaceFact } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import type { People } from '#src/people/people.service';
import type { Actor } from '#src/people/people.types';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { Artifacts } from '#src/artifacts/artifacts.service';
import type { NamedFile } from '#libs/war-room-protocol/files';
import { announcementAbove } from './announcements.ts';
import { applyEarlyMarks } from './acts/early-marks.ts';
import { unarchiveMirror } from './archived-mirrors.ts';
import { type NativeMessage, rememberCopy, settleByEcho } from './deliveries/delivery-store.ts';
import type { Delivery } from './deliveries/delivery.types.ts';
import { ABOUT_DIGEST } from './deliveries/digest-store.ts';
import { said } from './deliveries/record-outcome.ts';
import { foundAfterAll } from './deliveries/say-again.ts';
import type { FileOfChat } from './files/awaited-file.types.ts';
import { awaitFiles, dropFiles, filesOf, named } from './files/awaited-files.ts';
import { letIn } from './shut-out.ts';
import { latenessOf } from './lateness.ts';
import type { Messages, ToPost } from './messages.service.ts';
import { type Mirror, findMirror, mirrorOf } from './mirrors.ts';
import { saw, sawGo, sweepLater } from './sweeps/sweep-store.ts';

/** What we know of a message of a chat. */
export interface KnownCopy {
  /** Null for a card or line of ours, and for what was deleted before we heard of it. */
  readonly message_id: string | null;
  readonly deleted_at: Date | null;
  /** Our copy of what was said elsewhere: deleting it in the chat takes nothing out of the room. */
  readonly is_ours: boolean;
}

/** What somebody made of a message of theirs, and when. */
export interface Version {
  readonly eventId: string;
  readonly messageId: string;
  readonly at: Date;
}

/** Of ours, as its echo finds it. */
export type EchoedDelivery = Pick<Delivery, 'mirrorId' | 'incidentId' | 'operation' | 'messageId' | 'digestId' | 'fileId'>;

/**
 * What is known of a room when something is said in its chat, and what is written then; all of it in the caller's
 * transaction.
 *
 * There is a second one, in memory, to live through thousands of bad nights a minute (test/chaos/simulation); one test
 * holds the two equal.
 */
export interface Hearing<Transaction = Tx> {
  /** @throws NotYet while a room is being made in that chat: it may be this one. */
  mirrorOf(tx: Transaction, room: RoomRef): Promise<Mirror | null>;
  findMirror(tx: Transaction, room: RoomRef): Promise<Mirror | null>;
  /** The announcement beneath whose post it is said, or was: that room is not ours, and what is said beside the post is not for us. */
  announcementOf(tx: Transaction, message: MessageRef): Promise<Mirror | null>;
  copyOf(tx: Transaction, mirror: Mirror, nativeId: string): Promise<KnownCopy | null>;
  person(tx: Transaction, user: UserRef): Promise<ActorFact | null>;
  latenessOf(tx: Transaction, item: InboxItem, mirror: Mirror): Promise<{ displayAt: Moment } | null>;
  /** Whether this version of a message has been told, or one that is newer. */
  isOutdated(tx: Transaction, incidentId: string, version: Version): Promise<boolean>;
  post(tx: Transaction, mirror: Mirror, native: NativeMessage, message: ToPost): Promise<void>;
  reword(tx: Transaction, messageId: string, text: string): Promise<void>;
  /** With the files that it came with. */
  takeBack(tx: Transaction, messageId: string, via: SurfaceFact): Promise<void>;
  /** An edit may add files and take some out. Answers all that there are now; null when they are those that were. */
  changeFiles(tx: Transaction, messageId: string, by: Actor, files: readonly FileOfChat[]): Promise<readonly NamedFile[] | null>;
  /** It was deleted before we heard of it. */
  bury(tx: Transaction, mirror: Mirror, native: NativeMessage): Promise<void>;
  /** That this message of the chat was one of the room's, or was deleted. */
  forget(tx: Transaction, mirror: Mirror, nativeId: string): Promise<void>;
  append(tx: Transaction, incidentId: string, event: NewEvent): Promise<void>;
  deliveryOf(tx: Transaction, id: string): Promise<EchoedDelivery | null>;
  /** The chat has shown it to us. `message`: where and when, as the chat tells it. */
  settleByEcho(
    tx: Transaction,
    delivery: EchoedDelivery,
    key: Pick<Delivery, 'id' | 'part'>,
    message: Pick<InMessage, 'ref' | 'at'>,
  ): Promise<void>;
  /** Somebody took it away there, whosever it was. */
  sawGo(tx: Transaction, mirror: Mirror, nativeId: string): Promise<void>;
  said(tx: Transaction, delivery: EchoedDelivery, part: number, message: MessageRef): Promise<void>;
}

/**
 * Whether this version, or a newer one, was told. Two questions, each with an index of its own (event_once and
 * event_by_time): asked as one with "or", the whole room would be read while everybody in it waits.
 *
 * Slack tells the time of an edit in whole seconds, so one in the second of its message seems older than that: it is not. A
 * message that was first heard of by an edit has that one's time, a second later at least.
 */
const OUTDATED = `
  select 1 from event where stream_id = $1 and id = $2
  union all
  select 1 from event where stream_id = $1 and occurred_at > $4 and (type = 'message.edited' or type = 'message.posted' and occurred_at >= $4 + interval '1 second') and data ->> 'messageId' = $3
  limit 1`;

export class HearingInPostgres implements Hearing {
  readonly mirrorOf = mirrorOf;
  readonly findMirror = findMirror;
  readonly announcementOf = announcementAbove;
  readonly latenessOf = latenessOf;

  constructor(
    private readonly log: StreamLog,
    private readonly messages: Messages,
    private readonly people: People,
    private readonly artifacts: Artifacts,
  ) {}

  person(tx: Tx, user: UserRef): Promise<ActorFact | null> {
    return this.people.ofAccount(tx, user);
  }

  /** One question, for one moment: a sweeper forgets the copy that it took away, and whose it was could not be told after that. */
  async copyOf(tx: Tx, mirror: Mirror, nativeId: string): Promise<KnownCopy | null> {
    const [copy] = await rows<KnownCopy>(
      tx,
      `select c.message_id, m.deleted_at,
              exists (select 1 from delivery d where d.mirror_id = c.mirror_id and d.message_id = c.message_id and d.operation = 'send') as is_ours
         from message_copy c left join message m on m.id = c.message_id where c.mirror_id = $1 and c.native_id = $2`,
      [mirror.id, nativeId],
    );
    return copy ?? null;
  }

  async isOutdated(tx: Tx, incidentId: string, { eventId, messageId, at }: Version): Promise<boolean> {
    const [told] = await rows(tx, OUTDATED, [incidentId, eventId, messageId, at]);
    return told !== undefined;
  }

  async post(tx: Tx, mirror: Mirror, native: NativeMessage, message: ToPost): Promise<void> {
    // Where somebody speaks the room is back, though the chat's word of that was lost.
    if (mirror.isArchived && !message.gapId)
      await unarchiveMirror(tx, this.log, mirror.id, { id: uuidFor(message.id, 'unarchived'), by: null, via: message.by.via });
    if (mirror.isShutOut && !message.gapId)
      await letIn(tx, this.log, mirror.id, message.occurredAt ?? new Date(), {
        id: uuidFor(message.id, 'let-in'),
        by: null,
        via: message.by.via,
      });
    await this.messages.add(tx, message);
    await rememberCopy(tx, mirror.id, native, message.id, 0);
    await applyEarlyMarks(tx, this.log, { mirrorId: mirror.id, incidentId: mirror.incidentId }, native.id, message.id);
  }

  async reword(tx: Tx, messageId: string, text: string): Promise<void> {
    await tx.query('update message set text = $2, edited_at = clock_timestamp() where id = $1', [messageId, text]);
  }

  async takeBack(tx: Tx, messageId: string, via: SurfaceFact): Promise<void> {
    await tx.query('update message set deleted_at = clock_timestamp() where id = $1', [messageId]);
    await dropFiles(tx, messageId, null);
    await this.artifacts.removeWith(tx, messageId, { by: null, via });
  }

  async changeFiles(tx: Tx, messageId: string, by: Actor, files: readonly FileOfChat[]): Promise<readonly NamedFile[] | null> {
    const before = await filesOf(tx, messageId);
    const now = files.map(({ fileId }) => fileId);
    const gone = before.filter((id) => !now.includes(id));
    if (gone.length === 0 && now.every((id) => before.includes(id))) return null;
    await awaitFiles(tx, messageId, by, files);
    await dropFiles(tx, messageId, gone);
    for (const id of gone) await this.artifacts.removeOne(tx, id, { by: by.person, via: by.via });
    return files.map(named);
  }

  bury(tx: Tx, mirror: Mirror, native: NativeMessage): Promise<void> {
    return rememberCopy(tx, mirror.id, native, null, 0);
  }

  async forget(tx: Tx, mirror: Mirror, nativeId: string): Promise<void> {
    await tx.query('delete from message_copy where mirror_id = $1 and native_id = $2', [mirror.id, nativeId]);
  }

  async append(tx: Tx, incidentId: string, event: NewEvent): Promise<void> {
    await this.log.append(tx, incidentId, event);
  }

  async deliveryOf(tx: Tx, id: string): Promise<EchoedDelivery | null> {
    const [delivery] = await rows<EchoedDelivery>(
      tx,
      `select d.mirror_id as "mirrorId", coalesce(m.incident_id, a.incident_id) as "incidentId", d.operation, d.message_id as "messageId", d.file_id as "fileId", ${ABOUT_DIGEST} as "digestId"
         from delivery d join mirror m on m.id = d.mirror_id left join announcement a on a.mirror_id = m.id where d.id = $1`,
      [id],
    );
    return delivery ?? null;
  }

  async settleByEcho(
    tx: Tx,
    { mirrorId }: EchoedDelivery,
    key: Pick<Delivery, 'id' | 'part'>,
    { ref, at }: Pick<InMessage, 'ref' | 'at'>,
  ): Promise<void> {
    if (!(await settleByEcho(tx, key))) return saw(tx, key);
    await sweepLater(tx, { ...key, mirrorId }, { message: ref, at }, true);
    await foundAfterAll(tx, key.id);
  }

  sawGo(tx: Tx, mirror: Mirror, nativeId: string): Promise<void> {
    return sawGo(tx, mirror.id, nativeId);
  }

  said(tx: Tx, delivery: EchoedDelivery, part: number, message: MessageRef): Promise<void> {
    return said(tx, this.log, { ...delivery, part }, { message });
  }
}
