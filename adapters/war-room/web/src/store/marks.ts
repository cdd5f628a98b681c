import type { RoomEvent } from '#libs/war-room-protocol/events';
import type { Person } from '#libs/war-room-protocol/vocabulary';
import type { RoomState } from './room-state.ts';

/** What a message or an entry said, and since when. */
export interface Version {
  readonly text: string;
  readonly at: string;
}

/** What people made of one message. */
export interface Marks {
  /** By short name, who reacts so, in the order in which they did. */
  readonly reactions: ReadonlyMap<string, readonly Person[]>;
  readonly pinned: boolean;
  /** Every version of its words, the newest last. */
  readonly versions: readonly Version[];
  readonly deletedBy: Person | null;
  /** Its author's name and first words, for those who answer it. */
  readonly by: string;
}

const NOTHING: Marks = { reactions: new Map(), pinned: false, versions: [], deletedBy: null, by: '' };

/** Marks by message id. Pure: only messages that the events are about get a new value. */
export function withEvents(marks: ReadonlyMap<string, Marks>, events: readonly RoomEvent[]): ReadonlyMap<string, Marks> {
  const next = new Map(marks);
  for (const event of events) {
    if (!event.type.startsWith('message.')) continue;
    const { messageId } = event.data as { messageId: string };
    next.set(messageId, after(next.get(messageId) ?? NOTHING, event));
  }
  return next;
}

function after(before: Marks, event: RoomEvent): Marks {
  switch (event.type) {
    case 'message.posted':
      return {
        ...before,
        by: event.by?.name ?? event.via.name,
        versions: [{ text: event.data.text, at: event.displayAt }, ...before.versions],
      };
    case 'message.edited':
      return { ...before, versions: [...before.versions, { text: event.data.text, at: event.at }] };
    case 'message.deleted':
      return { ...before, deletedBy: event.by, pinned: false };
    case 'message.pinned':
      return { ...before, pinned: event.data.on };
    case 'message.reacted': {
      const { emoji, on } = event.data;
      const who = (before.reactions.get(emoji) ?? []).filter(({ id }) => id !== event.by?.id);
      const reactions = new Map(before.reactions).set(emoji, on && event.by ? [...who, event.by] : who);
      if (reactions.get(emoji)?.length === 0) reactions.delete(emoji);
      return { ...before, reactions };
    }
    default:
      return before;
  }
}

const kept = new WeakMap<object, { seq: number; marks: ReadonlyMap<string, Marks> }>();

/** The marks of a room as it is now; `owner` keeps them from one event to the next. */
export function marksOf(owner: object, room: RoomState): ReadonlyMap<string, Marks> {
  const known = kept.get(owner) ?? { seq: 0, marks: new Map<string, Marks>() };
  if (known.seq === room.seq) return known.marks;
  const news = room.events.filter((event) => event.seq > known.seq).sort((a, b) => a.seq - b.seq);
  const now = { seq: room.seq, marks: withEvents(known.marks, news) };
  kept.set(owner, now);
  return now.marks;
}
