import { useCallback, useState } from 'react';
import { shelf } from '../../store/device.ts';

/** Words written elsewhere, for the message box of this place; not where something is being written there already. */
export function leaveDraft(place: string, words: string): boolean {
  const name = nameOf(place);
  if (typeof shelf.read(name) === 'string') return false;
  shelf.write(name, words);
  return true;
}

const nameOf = (place: string): string => `muster.draft.${place}`;

/** What is being written, kept on this device at every key, so that no reload loses it. */
export function useDraft(place: string): readonly [string, (draft: string) => void] {
  const name = nameOf(place);
  const [draft, setDraft] = useState(() => {
    const kept = shelf.read(name);
    return typeof kept === 'string' ? kept : '';
  });
  const write = useCallback(
    (next: string) => {
      setDraft(next);
      if (next === '') shelf.drop(name);
      else shelf.write(name, next);
    },
    [name],
  );
  return [draft, write];
}
