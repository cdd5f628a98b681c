import { searchChars } from '#libs/war-room-protocol/search';
import { NothingToFind, TooMuchToFind } from './search.errors.ts';

/** A word, or words that stand in this order. */
export interface Term {
  readonly words: readonly string[];
  readonly not: boolean;
  /** The last word of what is still being typed: its beginning is enough. */
  readonly open: boolean;
}

export interface Asked {
  readonly terms: readonly Term[];
  /** The incident that is called so, if it was written as a number. */
  readonly reference: string | null;
}

const TERMS = /(-?)(?:"([^"]*)"?|(\S+))/g;
const REFERENCE = /^(?:(INC|DRILL)-)?(\d{1,9})$/i;
const OPEN_FROM_CHARS = 3;
/** Each is another part of the question to the database, and one more to find where it is spelled wrong. */
const MOST_TERMS = 12;

/** What somebody wants found, as they wrote it. @throws NothingToFind, TooMuchToFind */
export function askedOf(line: string): Asked {
  if (line.length > searchChars) throw new TooMuchToFind(searchChars, MOST_TERMS);
  const terms = [...line.matchAll(TERMS)].flatMap(([whole, minus, quoted, bare = '']): Term[] => {
    const words = wordsIn(quoted ?? bare);
    if (words.length === 0) return [];
    const not = minus === '-';
    const open = !not && quoted === undefined && words.length === 1 && line.endsWith(whole) && words[0]!.length >= OPEN_FROM_CHARS;
    return [{ words, not, open }];
  });
  if (terms.length > MOST_TERMS) throw new TooMuchToFind(searchChars, MOST_TERMS);
  if (!terms.some(({ not }) => !not)) throw new NothingToFind();
  const [, prefix = 'INC', number] = REFERENCE.exec(line.trim()) ?? [];
  return { terms, reference: number === undefined ? null : `${prefix.toUpperCase()}-${Number(number)}` };
}

/** Words as the index has them: nothing else is a part of one. */
export const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
