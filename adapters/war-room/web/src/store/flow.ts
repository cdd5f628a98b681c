import type { RoomEvent, RoomEventOf } from '#libs/war-room-protocol/events';
import { isOnTimeline } from './happenings.ts';
import type { Outgoing } from './outgoing.ts';
import type { Notice, RoomState } from './room-state.ts';

export type Filter = 'all' | 'timeline' | 'people';

/** Where one of this room's chats stands with a message written elsewhere. */
export interface Heard {
  readonly name: string;
  readonly state: 'there' | 'waiting' | 'doubtful';
}

export interface MessageItem {
  readonly kind: 'message';
  readonly key: string;
  readonly event: RoomEventOf<'message.posted'>;
  /** Null when it was taken away. */
  readonly words: { readonly text: string; readonly html: string } | null;
  readonly edited: boolean;
}

export type FlowItem =
  | MessageItem
  | { readonly kind: 'happening'; readonly key: string; readonly event: RoomEvent }
  | { readonly kind: 'notice'; readonly key: string; readonly notice: Notice }
  | { readonly kind: 'outgoing'; readonly key: string; readonly entry: Outgoing };

const silent: readonly RoomEvent['type'][] = ['hidden', 'message.edited', 'message.deleted', 'mirror.requested'];

/** What the middle of the room shows, top to bottom. What is not sent yet stands last. */
export function flowOf(room: RoomState, filter: Filter): readonly FlowItem[] {
  const items: FlowItem[] = [];
  const notices = [...room.notices];
  for (const event of room.events) {
    const item = itemOf(room, event, filter);
    if (item !== undefined) items.push(item);
    for (
      let next = notices.findIndex((notice) => notice.after === event.seq);
      next !== -1;
      next = notices.findIndex((notice) => notice.after === event.seq)
    ) {
      const [notice] = notices.splice(next, 1);
      items.push({ kind: 'notice', key: `notice-${notice!.id}`, notice: notice! });
    }
  }
  for (const notice of notices) items.push({ kind: 'notice', key: `notice-${notice.id}`, notice });
  for (const entry of room.outgoing) items.push({ kind: 'outgoing', key: entry.command.id, entry });
  return items;
}

/** For a message that was written elsewhere than in that chat. Empty when nothing can be said yet. */
export function heardIn(room: RoomState, event: RoomEventOf<'message.posted'>): readonly Heard[] {
  const { messageId } = event.data;
  return room.mirrors.flatMap((mirror): Heard[] => {
    if (mirror.surface.id === event.via.id) return [];
    if (mirror.waiting.includes(messageId)) return [{ name: mirror.surface.name, state: 'waiting' }];
    if (mirror.doubtful.includes(messageId)) return [{ name: mirror.surface.name, state: 'doubtful' }];
    const told = mirror.state !== 'opening' && mirror.state !== 'failed' && event.seq <= room.mirrorsAt;
    return told ? [{ name: mirror.surface.name, state: 'there' }] : [];
  });
}

/** The side's list: how the incident turned, and when a chat came and went. */
export function timelineOf(room: RoomState): readonly RoomEvent[] {
  return room.events.filter((event) => isOnTimeline(event) && !isOvertaken(room, event));
}

/** A doubt that became certain within the same outage says nothing that the certainty does not say. */
function isOvertaken(room: RoomState, event: RoomEvent): boolean {
  if (event.type !== 'mirror.suspect') return false;
  return room.events.some(
    (other) => other.type === 'mirror.parked' && other.data.mirrorId === event.data.mirrorId && other.data.since === event.data.since,
  );
}

function itemOf(room: RoomState, event: RoomEvent, filter: Filter): FlowItem | undefined {
  if (silent.includes(event.type) || isOvertaken(room, event)) return undefined;
  if (event.type !== 'message.posted') {
    const shown = filter === 'all' || (filter === 'timeline' && isOnTimeline(event));
    return shown ? { kind: 'happening', key: event.id, event } : undefined;
  }
  if (filter === 'timeline') return undefined;
  const rewrite = room.rewritten.get(event.data.messageId);
  return { kind: 'message', key: event.id, event, words: rewrite === undefined ? event.data : rewrite, edited: rewrite != null };
}
