import type { RoomEvent, RoomEventOf } from '#libs/war-room-protocol/events';
import { timelineOf } from '../../store/flow.ts';
import type { RoomState } from '../../store/room-state.ts';

/** One line of the timeline. `id` is its event's; `at` its place. */
export type TimelineItem = { readonly id: string; readonly at: string; readonly hidden: boolean } & (
  | { readonly kind: 'happening'; readonly event: RoomEvent }
  | { readonly kind: 'pinned'; readonly by: string; readonly html: string; readonly files: string }
  | {
      readonly kind: 'entry';
      readonly by: string;
      readonly text: string;
      readonly html: string | undefined;
      readonly before: readonly RoomEventOf<'timeline.entry-edited' | 'timeline.entry-added'>['data'][];
    }
);

/** What the timeline shows, when it happened: how the incident turned, what was pinned, and what people added. */
export function itemsOf(room: RoomState): readonly TimelineItem[] {
  const hidden = new Set<string>();
  const pinned = new Set<string>();
  const entries = new Map<string, RoomEventOf<'timeline.entry-edited' | 'timeline.entry-added'>[]>();
  for (const event of room.events) {
    if (event.type === 'timeline.item-hidden') mark(hidden, event.data.itemId, event.data.on);
    if (event.type === 'message.pinned') mark(pinned, event.data.messageId, event.data.on);
    if (event.type === 'timeline.entry-added' || event.type === 'timeline.entry-edited')
      entries.set(event.data.entryId, [...(entries.get(event.data.entryId) ?? []), event]);
  }
  const items: TimelineItem[] = [];
  for (const event of timelineOf(room)) {
    if (event.type !== 'timeline.entry-added')
      items.push({ kind: 'happening', id: event.id, at: event.displayAt, hidden: hidden.has(event.id), event });
  }
  for (const event of room.events) {
    if (event.type !== 'message.posted' || !pinned.has(event.data.messageId)) continue;
    const rewrite = room.rewritten.get(event.data.messageId);
    if (rewrite === null) continue;
    const by = event.by?.name ?? event.via.name;
    items.push({
      kind: 'pinned',
      id: event.id,
      at: event.displayAt,
      hidden: hidden.has(event.id),
      by,
      html: rewrite?.html ?? event.data.html,
      files: (rewrite?.files ?? event.data.files ?? []).map(({ name }) => name).join(', '),
    });
  }
  for (const [id, versions] of entries) {
    const now = versions.at(-1)!;
    items.push({
      kind: 'entry',
      id,
      at: now.data.happenedAt,
      hidden: hidden.has(id),
      by: versions[0]?.by?.name ?? now.via.name,
      text: now.data.text,
      html: now.data.html,
      before: versions.slice(0, -1).map(({ data }) => data),
    });
  }
  return items.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function mark(set: Set<string>, id: string, on: boolean): void {
  if (on) set.add(id);
  else set.delete(id);
}
