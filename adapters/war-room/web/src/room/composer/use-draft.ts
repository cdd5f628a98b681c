import { useCallback, useState } from 'react';
import { shelf } from '../../store/device.ts';

/** What is being written, kept on this device at every key, so that no reload loses it. */
export function useDraft(place: string): readonly [string, (draft: string) => void] {
  const name = `muster.draft.${place}`;
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
