import type { Page, Reacted, UserRef } from '@musterhq/chat-port';
import { type Wire, stringOf, textOf, wireOf, wiresOf } from '#libs/wire/wire';
import { emojiOf } from '../content/reaction.ts';

/** Who reacts to these messages now. Graph names everybody, and of pins it tells nothing. */
export function stateOf(messages: readonly Wire[], userOf: (directoryId: string) => UserRef): NonNullable<Page['state']> {
  const reacted = messages.map((message) => [textOf(message.id), reactedTo(message, userOf)] as const).filter(([, all]) => all.length > 0);
  return {
    reactions: Object.fromEntries(reacted.map(([id, all]) => [id, all.map(({ emoji }) => emoji)])),
    pins: [],
    reactedBy: Object.fromEntries(reacted),
  };
}

/** A bot does not react by Graph, so none of these are ours. */
function reactedTo(message: Wire, userOf: (directoryId: string) => UserRef): Reacted[] {
  const given = new Map<string, UserRef[]>();
  for (const { reactionType, user } of wiresOf(message.reactions)) {
    const [type, who] = [stringOf(reactionType), reactorIn(user)];
    if (type === undefined || type === '' || who === undefined) continue;
    const emoji = emojiOf(type);
    given.set(emoji, [...(given.get(emoji) ?? []), userOf(who)]);
  }
  return [...given].map(([emoji, users]) => ({ emoji, users }));
}

const reactorIn = (identity: unknown): string | undefined => stringOf(wireOf(wireOf(identity).user).id);

/** By the directory's ids. */
export const reactorsIn = (message: Wire): string[] => wiresOf(message.reactions).flatMap(({ user }) => reactorIn(user) ?? []);
