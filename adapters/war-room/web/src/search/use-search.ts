import { useCallback, useEffect, useState } from 'react';
import { searchPage, type SearchPage } from '#libs/war-room-protocol/search';
import { askFor } from '../api/ask.ts';

const AFTER_TYPING_MS = 200;

export type Found =
  { readonly name: 'looking' } | { readonly name: 'failed'; readonly why: string } | { readonly name: 'found'; readonly page: SearchPage };

const search = (q: string, after: string | null): Promise<SearchPage> =>
  askFor(searchPage, `/api/v1/search?${new URLSearchParams({ q, ...(after === null ? {} : { after }) }).toString()}`);

const failed = (error: unknown): Found => ({ name: 'failed', why: error instanceof Error ? error.message : 'Muster did not answer.' });

/** What is found for these words, once nobody types for a moment; `more` adds the next page to it. */
export function useSearch(q: string): { readonly found: Found; readonly more: () => void } {
  const [found, setFound] = useState<Found>({ name: 'looking' });

  useEffect(() => {
    let isOver = false;
    const show = (next: Found): void => void (isOver || setFound(next));
    const timer = setTimeout(() => {
      search(q, null).then(
        (page) => show({ name: 'found', page }),
        (error: unknown) => show(failed(error)),
      );
    }, AFTER_TYPING_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [q]);

  const more = useCallback(() => {
    if (found.name !== 'found' || found.page.next === null) return;
    const before = found.page;
    search(q, before.next).then(
      (page) =>
        setFound((now) =>
          // Something else was asked for meanwhile.
          now === found ? { name: 'found', page: { ...page, results: [...before.results, ...page.results] } } : now,
        ),
      (error: unknown) => setFound((now) => (now === found ? failed(error) : now)),
    );
  }, [found, q]);

  return { found, more };
}
