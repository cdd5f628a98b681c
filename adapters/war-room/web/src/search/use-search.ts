import { useCallback, useEffect, useState } from 'react';
import { searchPage, type SearchPage } from '#libs/war-room-protocol/search';
import { askFor } from '../api/ask.ts';

const AFTER_TYPING_MS = 200;

export type Found =
  | { readonly name: 'looking' }
  | { readonly name: 'failed'; readonly why: string }
  /** `noMore`: why the next page did not come. */
  | { readonly name: 'found'; readonly page: SearchPage; readonly noMore: string | null };

const search = (q: string, after: string | null): Promise<SearchPage> =>
  askFor(searchPage, `/api/v1/search?${new URLSearchParams({ q, ...(after === null ? {} : { after }) }).toString()}`);

const found = (page: SearchPage): Found => ({ name: 'found', page, noMore: null });

const whyNot = (error: unknown): string => (error instanceof Error ? error.message : 'Muster did not answer.');

/** What is found for these words, once nobody types for a moment; `more` adds the next page, and may be asked again. */
export function useSearch(q: string): { readonly found: Found; readonly more: () => void } {
  const [shown, setShown] = useState<Found>({ name: 'looking' });

  useEffect(() => {
    let isOver = false;
    const show = (next: Found): void => void (isOver || setShown(next));
    const timer = setTimeout(() => {
      search(q, null).then(
        (page) => show(found(page)),
        (error: unknown) => show({ name: 'failed', why: whyNot(error) }),
      );
    }, AFTER_TYPING_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [q]);

  const more = useCallback(() => {
    if (shown.name !== 'found' || shown.page.next === null) return;
    const before = shown.page;
    const asking = found(before);
    // Something else may be asked for meanwhile.
    const show = (next: Found): void => setShown((now) => (now === asking ? next : now));
    setShown(asking);
    search(q, before.next).then(
      (page) => show(found({ ...page, results: [...before.results, ...page.results] })),
      (error: unknown) => show({ name: 'found', page: before, noMore: whyNot(error) }),
    );
  }, [shown, q]);

  return { found: shown, more };
}
