import type { Feature, MessageRef, RoomChange, RoomRef } from '@musterhq/chat-port';

/** What is kept right about a chat's room beside what is said in it. */
export type What = 'name' | 'topic' | 'card' | 'bookmark' | 'archived';

/** How a room is to be now. A name and a topic as people would say them: the chat makes of them what it allows. */
export interface WantedRoom {
  readonly name: string;
  readonly topic: string;
  /** The chat's message that is the incident's card; null while there is none. */
  readonly card: string | null;
  readonly bookmark: { readonly title: string; readonly href: string };
  /** The closing for which it is to be archived; null while it is not to be. */
  readonly archivedFor: string | null;
  readonly isArchived: boolean;
  readonly goesOn: boolean;
}

/** What was wanted when it was last seen to. */
export interface Kept {
  readonly what: What;
  readonly wanted: string;
  /** Somebody in the chat made it otherwise since. */
  readonly byHand: boolean;
}

/** One thing to make so, with one change. */
export interface Step {
  readonly what: What;
  readonly wanted: string;
  readonly feature: Feature;
  readonly change: RoomChange;
  /** There is more to do after it. */
  readonly more: boolean;
}

/**
 * What to do next about a room, if anything. What was seen to once for the same wish is not done again, so that nothing is
 * undone that a person did there: a name stands until the incident is renamed after it, and a topic that somebody wrote is
 * theirs until they empty it. Nothing can be done in an archived room, and it is brought back only if we archived it.
 */
export function nextStep(room: RoomRef, wanted: WantedRoom, kept: readonly Kept[]): Step | null {
  const of = (what: What): Kept | undefined => kept.find((one) => one.what === what);
  const isDue = ({ what, wanted: now }: Pick<Step, 'what' | 'wanted'>): boolean =>
    of(what)?.wanted !== now && !(what === 'topic' && of(what)?.byHand);
  const ours = of('archived');
  const backAgain = wanted.goesOn && ours && !ours.byHand ? [BACK] : [];
  const [first, ...rest] = (wanted.isArchived ? backAgain : stepsTo(room, wanted)).filter(isDue);
  return first ? { ...first, more: rest.length > 0 } : null;
}

export const BROUGHT_BACK = 'back';
const BACK: Omit<Step, 'more'> = { what: 'archived', wanted: BROUGHT_BACK, feature: 'room.archive', change: { archived: false } };

/** In the order in which they help whoever comes in. A room is archived last: nothing can be done in it then. */
function stepsTo(room: RoomRef, { name, topic, card, bookmark, archivedFor }: WantedRoom): Omit<Step, 'more'>[] {
  const message: MessageRef | null = card === null ? null : { room, id: card };
  return [
    { what: 'name', wanted: name, feature: 'room.rename', change: { name } },
    { what: 'topic', wanted: topic, feature: 'room.topic', change: { topic } },
    ...(message ? [{ what: 'card', wanted: message.id, feature: 'room.pin', change: { pin: message } } as const] : []),
    { what: 'bookmark', wanted: `${bookmark.title} ${bookmark.href}`, feature: 'room.bookmark', change: { bookmark } },
    ...(archivedFor !== null
      ? [{ what: 'archived', wanted: archivedFor, feature: 'room.archive', change: { archived: true } } as const]
      : []),
  ];
}
