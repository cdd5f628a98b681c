import type { ChatEvent, Envelope, Page, Pinned, Reacted } from '@musterhq/chat-port';
import { emojiName } from '../acts/emoji-name.ts';
import { EmojiNotUsable } from '../rooms.errors.ts';

type MarkEvent = Extract<ChatEvent, { type: 'reaction' | 'pin' }>;

/** A message that a page of history holds, with the reactions on it. */
export interface Shown {
  /** By the chat's name for it. */
  readonly id: string;
  readonly reactedBy: readonly Reacted[];
}

/** What is known of a message that the chat has. */
export interface KnownCopy {
  readonly id: string;
  /** Null for a card or a line of ours, on which marks mean nothing. */
  readonly messageId: string | null;
  /** The message stands there in one piece: what is not on it is on no other. */
  readonly isWhole: boolean;
}

/** The last that the log tells of one person's reaction, or of a message's pin. */
interface LastMark {
  readonly messageId: string;
  readonly on: boolean;
  /** The log's number of it. */
  readonly seq: number;
  /** The chat has shown it so: it was set there, or was brought there. Only then does the chat tell of a change. */
  readonly wasThere: boolean;
}
export interface LastReaction extends LastMark {
  readonly emoji: string;
  /** Whoever gave it, by all their accounts in this chat. */
  readonly users: readonly string[];
}
export type LastPin = LastMark;

export interface KnownReactions {
  readonly copies: readonly KnownCopy[];
  readonly last: readonly LastReaction[];
}
export interface KnownPins {
  readonly copies: readonly KnownCopy[];
  readonly last: readonly LastPin[];
}

/** One reaction or pin that the chat has otherwise than the log. `id` is the message's. */
export type News =
  | { readonly id: string; readonly pin?: never; readonly emoji: string; readonly user: string; readonly on: boolean }
  | { readonly id: string; readonly pin: true; readonly by?: Pinned['by']; readonly on: boolean };

/** The messages of a page whose reactions it tells of. */
export function shownIn({ envelopes, state }: Page): Shown[] {
  const { reactedBy } = state ?? {};
  if (!reactedBy) return [];
  return [...idsIn(envelopes)].map((id) => ({ id, reactedBy: reactedBy[id] ?? [] }));
}

export const idsIn = (envelopes: readonly Envelope[]): Set<string> =>
  new Set(envelopes.flatMap(({ event }) => (event.type === 'message.created' ? [event.message.ref.id] : [])));

/** Whether the page tells of all who reacted. */
export const tellsAllReactions = ({ state }: Page): boolean =>
  state?.reactedBy !== undefined &&
  Object.values(state.reactedBy)
    .flat()
    .every(({ more }) => !more);

/**
 * Which reactions were given and taken back while nobody told us. Compared with what the log last has of each, and not with what is
 * so: what somebody took back elsewhere stands in the chat still, and what somebody gave elsewhere never stood there. Neither is news.
 */
export function reactionsLearnt(shown: readonly Shown[], { copies, last }: KnownReactions): News[] {
  const newest = [...last].sort((a, b) => b.seq - a.seq);
  return shown.flatMap(({ id, reactedBy }): News[] => {
    const copy = copies.find((one) => one.id === id);
    if (copy?.messageId === null) return [];
    const ofMessage = newest.filter(({ messageId }) => messageId === copy?.messageId);
    const given = reactedBy.flatMap(({ emoji, ...rest }) => {
      const name = usableName(emoji);
      return name === null ? [] : [{ emoji: name, ...rest }];
    });

    const added = given.flatMap(({ emoji, users }) =>
      users
        .map(({ user }) => user)
        .filter((user) => {
          const before = ofMessage.find((one) => one.emoji === emoji && one.users.includes(user));
          return !before || (!before.on && before.wasThere);
        })
        .map((user): News => ({ id, emoji, user, on: true })),
    );
    const taken = !copy?.isWhole
      ? []
      : standing(ofMessage).filter((one) => given.every((now) => now.emoji !== one.emoji || isAnother(now, one)));
    return [...added, ...taken.flatMap(({ emoji, users: [user] }): News[] => (user === undefined ? [] : [{ id, emoji, user, on: false }]))];
  });
}

/**
 * Which messages were pinned and unpinned while nobody told us. `met`: those that the history still holds; a pin that is gone with its
 * message was not taken off by anybody.
 */
export function pinsLearnt(pinned: readonly Pinned[], met: ReadonlySet<string>, { copies, last }: KnownPins): News[] {
  const lastOf = (messageId: string | null | undefined): LastPin | undefined => last.find((one) => one.messageId === messageId);
  const added = pinned.flatMap(({ message: { id }, by }): News[] => {
    const copy = copies.find((one) => one.id === id);
    if (copy?.messageId === null) return [];
    const before = lastOf(copy?.messageId);
    return !before || (!before.on && before.wasThere) ? [{ id, pin: true, on: true, ...(by ? { by } : {}) }] : [];
  });
  const isPinned = new Set(pinned.map(({ message }) => message.id));
  const taken = copies.flatMap(({ id, messageId, isWhole }): News[] => {
    const before = lastOf(messageId);
    return isWhole && before?.on && before.wasThere && met.has(id) && !isPinned.has(id) ? [{ id, pin: true, on: false }] : [];
  });
  return [...added, ...taken];
}

/** As they would have been heard live, but for their ids: by the reading that found them, so that the next may find them again. */
export function eventsOf(news: readonly News[], room: MarkEvent['target']['room'], lane: string, reading: string, at: number): Envelope[] {
  return news.map((one): Envelope => {
    const target = { room, id: one.id };
    const sign = one.on ? '+' : '-';
    if (one.pin)
      return {
        ...{ id: `${room.room}:${one.id}:pin:${sign}:${reading}`, lane, at, redelivery: 0 },
        event: { type: 'pin', target, ...(one.by ? { user: one.by } : {}), added: one.on },
      };
    const { adapter, tenant } = room;
    return {
      ...{ id: `${room.room}:${one.id}:reaction:${one.emoji}:${one.user}:${sign}:${reading}`, lane, at, redelivery: 0 },
      event: { type: 'reaction', target, user: { adapter, tenant, user: one.user }, emoji: one.emoji, added: one.on },
    };
  });
}

/** Set, by the last that is known of each person's: somebody's other account may have set it since. */
function standing(newestFirst: readonly LastReaction[]): LastReaction[] {
  const isLast = (one: LastReaction, n: number): boolean =>
    !newestFirst.slice(0, n).some(({ emoji, users }) => emoji === one.emoji && users.some((user) => one.users.includes(user)));
  return newestFirst.filter((one, n) => one.on && one.wasThere && isLast(one, n));
}

/** For all that is known: among many the chat may not name them. */
const isAnother = ({ users, more }: Pick<Reacted, 'users' | 'more'>, one: LastReaction): boolean =>
  !more && users.every(({ user }) => !one.users.includes(user));

/** Null for another chat's own picture without a name. */
function usableName(given: string): string | null {
  try {
    return emojiName(given);
  } catch (error) {
    if (error instanceof EmojiNotUsable) return null;
    throw error;
  }
}
