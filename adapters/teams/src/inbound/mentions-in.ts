import type { Inline, UserRef } from '@musterhq/chat-port';
import { type Wire, stringOf, wireOf } from '#libs/wire/wire';
import { mentionsOf } from './us.ts';

/** What stands in place of the name of the message's nth mention; undefined where it is only words. */
export type Meaning = (nth: number, words: string) => Inline[] | undefined;

export const asWords: Meaning = () => undefined;

/**
 * Who is meant by a name in this message, as Teams itself says: people only. Of us and of other apps the name is words, and so is a name
 * that no mention of the message has: anybody can type one.
 */
export function peopleIn({ adapter, tenant }: Omit<UserRef, 'user'>, activity: Wire): Meaning {
  const mentions = mentionsOf(activity);
  return (nth, words) => {
    const mention = [mentions[nth], ...mentions].find((one) => one && nameIn(one) === spaced(words));
    const user = stringOf(wireOf(mention?.mentioned).id);
    if (user === undefined || !isPerson(user)) return undefined;
    return [{ t: 'mention', who: { adapter, tenant, user }, name: spaced(words) }];
  };
}

/** Bots have 28 before their number, and channels and teams 19. */
export const isPerson = (user: string): boolean => /^(29|8):/.test(user);

/** The text as it came, where no HTML came with it: the names of those who are called stand in tags, which nobody typed. */
export function plainMentions(activity: Wire, meaning: Meaning): Inline[] {
  const inlines: Inline[] = [];
  let rest = stringOf(activity.text) ?? '';
  for (const [nth, mention] of mentionsOf(activity).entries()) {
    const tagged = stringOf(mention.text) ?? '';
    const at = tagged === '' ? -1 : rest.indexOf(tagged);
    if (at < 0) continue;
    const words = untagged(tagged);
    inlines.push({ t: 'text', v: rest.slice(0, at) }, ...(meaning(nth, words) ?? [{ t: 'text' as const, v: words }]));
    rest = rest.slice(at + tagged.length);
  }
  return [...inlines, { t: 'text' as const, v: rest }].filter((inline) => inline.t !== 'text' || inline.v !== '');
}

const nameIn = (mention: Wire): string => spaced(untagged(stringOf(mention.text) ?? ''));
const untagged = (text: string): string => text.replace(/<\/?at[^>]*>/g, '');
const spaced = (words: string): string => words.replace(/\s+/g, ' ').trim();

/** Whoever is called by name in it, as Teams calls them. */
export const mentionedIn = (activity: Wire): string[] =>
  mentionsOf(activity).flatMap(({ mentioned }) => stringOf(wireOf(mentioned).id) ?? []);
