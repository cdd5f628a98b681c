import type { Tx } from '#src/platform/database/database';
import type { Follower } from '#src/platform/followers/follower.types';
import type { LoggedEvent } from '#src/platform/log/event.types';
import { wordsIn } from './asked.ts';

const LONG_ENOUGH = 4;
const TOO_LONG = 40;

/**
 * Knows every word that was ever written in a room, so that one with a typing error can be taken for what it was meant to be.
 * A moment behind the room, on purpose: whoever posts does not wait for it, and a word that is spelled right is found at once.
 */
export class KnownWords implements Follower {
  readonly name = 'words';
  readonly kind = 'projection';

  async handle(tx: Tx, { data }: LoggedEvent): Promise<void> {
    const words = wordsToKnow(textsIn(data).join(' '));
    if (words.length > 0) await tx.query('insert into word (word) select unnest($1::text[]) on conflict do nothing', [words]);
  }
}

/** In one order everywhere: two who write the same new words wait for each other, and never both. */
export const wordsToKnow = (text: string): string[] => {
  const words = wordsIn(text.toLowerCase()).filter((word) => word.length >= LONG_ENOUGH && word.length <= TOO_LONG && !/\d/.test(word));
  return [...new Set(words)].sort();
};

/** Whatever an event tells in words: a name, an id or a level that is among them does no harm. */
const textsIn = (data: object): string[] => Object.values(data).filter((value): value is string => typeof value === 'string');
