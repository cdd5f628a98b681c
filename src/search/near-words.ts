import { nearest } from '#libs/words/nearest';
import type { Term } from './asked.ts';
import type { Reads, TermQuery } from './search.types.ts';

const LONG_ENOUGH = 4;
const CANDIDATES = 40;
const MEANT = 3;

/** What a word with a typing error was meant to be, among all that were ever written here. */
export class NearWords {
  private able: boolean | null = null;

  /** Whether this database can tell what is spelled alike. */
  async canTell(reads: Reads): Promise<boolean> {
    if (this.able !== true) {
      // The extension may be there, in a schema that is not looked into: what counts is what can be called.
      const [found] = await reads.query<{ able: boolean }>(
        `select to_regclass('word_alike') is not null and to_regoperator('%(text,text)') is not null
                and to_regprocedure('similarity(text,text)') is not null as able`,
      );
      this.able = found?.able === true;
    }
    return this.able;
  }

  /** The same terms, each with what it may have been meant to be; null when there is nothing for any of them. */
  async instead(reads: Reads, terms: readonly Term[]): Promise<readonly TermQuery[] | null> {
    const instead: TermQuery[] = [];
    for (const term of terms) instead.push({ ...term, alike: await this.near(reads, term) });
    return instead.some(({ alike = [] }) => alike.length > 0) ? instead : null;
  }

  private async near(reads: Reads, { words: [word = '', ...more], not }: Term): Promise<readonly string[]> {
    const written = word.toLowerCase();
    if (not || more.length > 0 || written.length < LONG_ENOUGH) return [];
    const found = await reads.query<{ word: string }>(
      `select word from word where word % $1 and word <> $1 order by similarity(word, $1) desc, word limit ${CANDIDATES}`,
      [written],
    );
    return nearest(
      written,
      found.map((candidate) => candidate.word),
    ).slice(0, MEANT);
  }
}
