import type { InMessage, MessageRef, RoomRef, UserRef } from '@musterhq/chat-port';
import type { InboxItem } from '#src/platform/inbox/inbox.types';
import { NotYet } from '#src/platform/inbox/inbox.types';
import type { ActorFact, NewEvent } from '#src/platform/log/event.types';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { NativeMessage } from '#src/rooms/deliveries/delivery-store';
import type { Delivery } from '#src/rooms/deliveries/delivery.types';
import type { EchoedDelivery, Hearing, KnownCopy, Version } from '#src/rooms/hearing';
import type { ToPost } from '#src/rooms/messages.service';
import type { Mirror } from '#src/rooms/mirrors';
import { markSent, rememberCopy } from './sent.ts';
import { saw, sweepLater } from './sweeps.ts';
import { type LogRow, type MirrorRow, type Tables, keyOf } from './tables.ts';

/** Without threads, marks and announcements. Everybody is known. */
export class HearingInMemory implements Hearing<Tables> {
  findMirror(tables: Tables, { adapter, tenant, room }: RoomRef): Promise<Mirror | null> {
    const found = mirrorsOf(tables, adapter, tenant).find((mirror) => mirror.room === room && mirror.state !== 'closed');
    return Promise.resolve(found ? { id: found.id, incidentId: found.incidentId, surface: 'The chat' } : null);
  }

  announcementOf(): Promise<null> {
    return Promise.resolve(null);
  }

  async mirrorOf(tables: Tables, room: RoomRef): Promise<Mirror | null> {
    const found = await this.findMirror(tables, room);
    if (found) return found;
    const here = mirrorsOf(tables, room.adapter, room.tenant).map(({ id }) => id);
    for (const { mirrorId, operation, status, attempts } of tables.deliveries.values()) {
      const isBeingMade = status === 'sending' || status === 'unknown' || (status === 'pending' && attempts > 0);
      if (operation === 'open-room' && here.includes(mirrorId) && isBeingMade && tables.without !== 'a room being made is waited for')
        throw new NotYet('A room is being made.');
    }
    return null;
  }

  copyOf(tables: Tables, mirror: Mirror, nativeId: string): Promise<KnownCopy | null> {
    const copy = tables.copies.get(keyOf(mirror.id, nativeId));
    if (!copy) return Promise.resolve(null);
    const message = tables.messages.get(copy.messageId ?? '');
    const deletedAt = message?.deletedAt ?? null;
    const isOurs = [...tables.deliveries.values()].some(
      (row) => row.mirrorId === mirror.id && row.operation === 'send' && row.messageId === (copy.messageId ?? undefined),
    );
    return Promise.resolve({ message_id: copy.messageId, deleted_at: deletedAt === null ? null : new Date(deletedAt), is_ours: isOurs });
  }

  person(_tables: Tables, { user }: UserRef): Promise<ActorFact> {
    return Promise.resolve({ id: uuidFor('person', user), name: user });
  }

  /** Where a late message stands is the database's arithmetic, and tried there (test/rooms/gaps.spec.ts). */
  latenessOf(_tables: Tables, item: InboxItem): Promise<{ displayAt: string } | null> {
    return Promise.resolve(item.gapId ? { displayAt: item.occurredAt.toISOString() } : null);
  }

  isOutdated(tables: Tables, incidentId: string, { eventId, messageId, at }: Version): Promise<boolean> {
    const isNewer = ({ type, data, occurredAt }: LogRow): boolean => {
      const later = (occurredAt?.getTime() ?? 0) - at.getTime();
      const isLater = (type === 'message.edited' && later > 0) || (type === 'message.posted' && later >= 1_000);
      return isLater && tables.without !== 'the newest version stands' && (data as { messageId: string }).messageId === messageId;
    };
    return Promise.resolve((tables.log.get(incidentId) ?? []).some((event) => event.id === eventId || isNewer(event)));
  }

  post(tables: Tables, mirror: Mirror, native: NativeMessage, message: ToPost): Promise<void> {
    const { id, incidentId, text, by, gapId, occurredAt } = message;
    tables.add(tables.messages, id, { id, incidentId, author: by.person, text, deletedAt: null });
    const data = { messageId: id, text, ...(gapId ? { gapId } : {}) };
    tables.append(incidentId, { id, type: 'message.posted', by: by.person, via: by.via, data, ...(occurredAt ? { occurredAt } : {}) });
    rememberCopy(tables, { mirrorId: mirror.id, messageId: id }, native.id, 0);
    return Promise.resolve();
  }

  forget(tables: Tables, mirror: Mirror, nativeId: string): Promise<void> {
    tables.remove(tables.copies, keyOf(mirror.id, nativeId));
    return Promise.resolve();
  }

  reword(tables: Tables, messageId: string, text: string): Promise<void> {
    const message = tables.messages.get(messageId);
    if (message) tables.change(message, { text });
    return Promise.resolve();
  }

  takeBack(tables: Tables, messageId: string): Promise<void> {
    const message = tables.messages.get(messageId);
    if (message) tables.change(message, { deletedAt: tables.now() });
    return Promise.resolve();
  }

  /** Without files. */
  changeFiles(): Promise<null> {
    return Promise.resolve(null);
  }

  bury(tables: Tables, mirror: Mirror, native: NativeMessage): Promise<void> {
    rememberCopy(tables, { mirrorId: mirror.id, messageId: null }, native.id, 0);
    return Promise.resolve();
  }

  append(tables: Tables, incidentId: string, event: NewEvent): Promise<void> {
    tables.append(incidentId, event);
    return Promise.resolve();
  }

  deliveryOf(tables: Tables, id: string): Promise<EchoedDelivery | null> {
    const row = tables.deliveries.get(id);
    if (!row) return Promise.resolve(null);
    const { incidentId } = tables.mirrors.get(row.mirrorId) as MirrorRow;
    const { mirrorId, operation, messageId, isDigest } = row;
    return Promise.resolve({ mirrorId, incidentId, operation, messageId, digestId: isDigest ? id : null, fileId: null });
  }

  settleByEcho(
    tables: Tables,
    { mirrorId }: EchoedDelivery,
    key: Pick<Delivery, 'id' | 'part'>,
    { ref, at }: Pick<InMessage, 'ref' | 'at'>,
  ): Promise<void> {
    if (markSent(tables, key, ['pending', 'sending', 'unknown', 'needs-a-person', 'refused']))
      sweepLater(tables, { ...key, mirrorId }, { message: ref, at }, true);
    else saw(tables, key);
    return Promise.resolve();
  }

  sawGo(tables: Tables, mirror: Mirror, nativeId: string): Promise<void> {
    for (const row of tables.unswept.values())
      if (row.mirrorId === mirror.id && row.nativeId === nativeId) tables.change(row, { seen: true });
    return Promise.resolve();
  }

  said(tables: Tables, { mirrorId, messageId }: EchoedDelivery, part: number, message: MessageRef): Promise<void> {
    rememberCopy(tables, { mirrorId, messageId }, message.id, part);
    return Promise.resolve();
  }
}

const mirrorsOf = (tables: Tables, instance: string, tenant: string): MirrorRow[] =>
  [...tables.mirrors.values()].filter((mirror) => mirror.instance === instance && mirror.tenant === tenant);
