import { useEffect, useState } from 'react';
import { addable, type Addable } from '#libs/war-room-protocol/views';
import { askFor } from '../../api/ask.ts';

const AFTER_TYPING_MS = 120;
const NOBODY: Addable = { people: [], teams: [] };

/** Whom and which teams a name that is begun may mean, once nobody types for a moment. Without an answer nothing is suggested. */
export function useAddable(reference: string, begun: string): Addable {
  const [found, setFound] = useState(NOBODY);
  useEffect(() => {
    let isOver = false;
    const show = (next: Addable): void => void (isOver || setFound(next));
    const named = begun.trim();
    const timer = setTimeout(() => {
      if (named === '') return show(NOBODY);
      const query = new URLSearchParams({ named }).toString();
      askFor(addable, `/api/v1/incidents/${encodeURIComponent(reference)}/addable?${query}`).then(show, () => show(NOBODY));
    }, AFTER_TYPING_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [reference, begun]);
  return found;
}
