import type { RoomEvent, RoomEventOf } from '#libs/war-room-protocol/events';
import { type FileOfMessage, isOfMessage, lostFile } from '#libs/war-room-protocol/message-files';
import { isOnTimeline } from './happenings.ts';
import type { Outgoing } from './outgoing.ts';
import type { Notice, RoomState } from './room-state.ts';

export type Filter = 'all' | 'timeline' | 'people';

/** Where one of this room's chats stands with a message written elsewhere. */
export interface Heard {
  readonly name: string;
  readonly state: 'there' | 'waiting' | 'doubtful' | 'refused';
  /** Why the chat did not take it, and what to do. */
  readonly why?: string;
}

export interface MessageItem {
  readonly kind: 'message';
  readonly key: string;
  readonly event: RoomEventOf<'message.posted'>;
  /** Null when it was taken away. */
  readonly words: { readonly text: string; readonly html: string } | null;
  readonly edited: boolean;
  /** What it came with from its chat. */
  readonly files: readonly FileOfMessage[];
}

export type FlowItem =
  | MessageItem
  | { readonly kind: 'happening'; readonly key: string; readonly event: RoomEvent }
  | { readonly kind: 'notice'; readonly key: string; readonly notice: Notice }
  | { readonly kind: 'outgoing'; readonly key: string; readonly entry: Outgoing };

/**
 * What the middle of the room shows, top to bottom. What is not sent yet stands last, and so does a message that was
 * refused: its words are still to be said. A refused command and the server's answers stay where they were given, in
 * their order. Only those later than `since` come with a filter, so that choosing one puts away the older ones; ids grow with time.
 */
export function flowOf(room: RoomState, filter: Filter, since = ''): readonly FlowItem[] {
  const { asides, last } = besidesEvents(room, filter === 'all' ? '' : since);
  const items: FlowItem[] = [];
  const fates = fatesOf(room);
  for (const event of room.events) {
    const item = itemOf(room, event, filter, fates);
    if (item !== undefined) items.push(item);
    items.push(...(asides.get(event.seq) ?? []));
    asides.delete(event.seq);
  }
  return [...items, ...[...asides.values()].flat(), ...last];
}

function besidesEvents(room: RoomState, since: string): { readonly asides: Map<number, FlowItem[]>; readonly last: readonly FlowItem[] } {
  const last: FlowItem[] = [];
  const given: { readonly id: string; readonly after: number; readonly item: FlowItem }[] = room.notices.map((notice) => ({
    id: notice.id,
    after: notice.after,
    item: { kind: 'notice', key: `notice-${notice.id}`, notice },
  }));
  for (const entry of room.outgoing) {
    const { id, type } = entry.command;
    const item: FlowItem = { kind: 'outgoing', key: id, entry };
    if (entry.state === 'failed' && type !== 'message') given.push({ id, after: entry.after, item });
    else last.push(item);
  }
  const asides = new Map<number, FlowItem[]>();
  const inOrder = given.filter(({ id }) => id > since).sort((one, other) => (one.id < other.id ? -1 : 1));
  for (const { after, item } of inOrder) asides.set(after, [...(asides.get(after) ?? []), item]);
  return { asides, last };
}

/** For a message that was written elsewhere than in that chat. Empty when nothing can be said yet. */
export function heardIn(room: RoomState, event: RoomEventOf<'message.posted'>): readonly Heard[] {
  const { messageId } = event.data;
  return room.mirrors.flatMap((mirror): Heard[] => {
    if (mirror.surface.id === event.via.id) return [];
    if (mirror.waiting.includes(messageId)) return [{ name: mirror.surface.name, state: 'waiting' }];
    const refusal = mirror.refused.find((one) => one.messageId === messageId);
    if (refusal !== undefined) return [{ name: mirror.surface.name, state: 'refused', why: refusal.why }];
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

/** What has words of its own; the rest changes another item's look, or says nothing to a reader. */
const isTold = ({ type }: RoomEvent): boolean => !/^(hidden|message|timeline\.item|mirror\.req)/.test(type);

function itemOf(room: RoomState, event: RoomEvent, filter: Filter, fates: Fates): FlowItem | undefined {
  if (isOvertaken(room, event) || isOfMessage(event)) return undefined;
  if (event.type !== 'message.posted') {
    const shown =
      filter === 'all'
        ? isTold(event)
        : filter === 'people'
          ? event.type === 'file.added'
          : isOnTimeline(event) && event.type !== 'mirror.requested';
    return shown ? { kind: 'happening', key: event.id, event } : undefined;
  }
  if (filter === 'timeline') return undefined;
  const rewrite = room.rewritten.get(event.data.messageId);
  const words = rewrite === undefined ? event.data : rewrite;
  return { kind: 'message', key: event.id, event, words, edited: rewrite != null, files: filesOf(room, event, fates) };
}

/** What became of files, by their id. */
type Fates = ReadonlyMap<string, RoomEventOf<'file.added'> | RoomEventOf<'file.lost'> | RoomEventOf<'file.removed'>>;

function fatesOf(room: RoomState): Fates {
  const fates = new Map<string, RoomEventOf<'file.added'> | RoomEventOf<'file.lost'> | RoomEventOf<'file.removed'>>();
  for (const event of room.events)
    if (event.type === 'file.removed' || event.type === 'file.lost' || (event.type === 'file.added' && !fates.has(event.data.fileId)))
      fates.set(event.data.fileId, event);
  return fates;
}

const NO_FILES: readonly FileOfMessage[] = [];

function filesOf(room: RoomState, { data }: RoomEventOf<'message.posted'>, fates: Fates): readonly FileOfMessage[] {
  const rewrite = room.rewritten.get(data.messageId);
  if (rewrite === null) return NO_FILES;
  const named = rewrite?.files ?? data.files;
  return named === undefined ? NO_FILES : named.map((one) => fileOf(one, fates.get(one.fileId)));
}

function fileOf(named: FileOfMessage['named'], fate: ReturnType<Fates['get']>): FileOfMessage {
  if (fate?.type === 'file.added') return { state: 'kept', named, fact: fate.data };
  if (fate?.type === 'file.lost') return lostFile(named, fate.data);
  return { state: fate === undefined ? 'awaited' : 'removed', named };
}
