import type { SearchPage } from './search.ts';

/** What somebody should know of their results besides the results. */
export function hintsOf({ results, isNearly, forgivesTypingErrors }: SearchPage): string[] {
  const hints: string[] = [];
  if (isNearly) hints.push('Nothing has these words as you spelled them. This is spelled nearly so:');
  if (results.length === 0) hints.push('Nothing was found. Try fewer or other words.');
  if (results.length === 0 && !forgivesTypingErrors)
    hints.push('Typing errors are not forgiven here: the database lacks pg_trgm. Check the spelling.');
  return hints;
}
