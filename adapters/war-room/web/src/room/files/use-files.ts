import { useCallback, useEffect, useRef, useState } from 'react';
import { newId } from '../../store/new-id.ts';
import { previewOf } from './preview.ts';
import { upload } from './upload.ts';

/** A file on its way into the room: chosen → sending → gone from here, or failed and sent again. */
export interface Chosen {
  readonly id: string;
  readonly file: File;
  readonly alt: string;
  readonly preview: string | null;
  readonly state: 'chosen' | 'sending' | 'failed';
  readonly percent: number;
  readonly why: string;
}

export interface Files {
  readonly chosen: readonly Chosen[];
  /** What just happened, for whoever listens. */
  readonly said: string;
  readonly add: (files: Iterable<File>) => void;
  readonly describe: (id: string, alt: string) => void;
  readonly drop: (id: string) => void;
  readonly sendAll: () => void;
}

/** The files that somebody is about to add to a room. They live as long as the page; it asks before it is left. */
export function useFiles(incidentId: string): Files {
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const [said, setSaid] = useState('');
  const now = useRef(chosen);
  now.current = chosen;

  const change = useCallback((id: string, part: Partial<Chosen>) => {
    setChosen((all) => all.map((one) => (one.id === id ? { ...one, ...part } : one)));
  }, []);
  const drop = useCallback((id: string) => setChosen((all) => all.filter((one) => one.id !== id)), []);

  const add = useCallback(
    (files: Iterable<File>) => {
      for (const file of files) {
        const id = newId();
        setChosen((all) => [...all, { id, file, alt: '', preview: null, state: 'chosen', percent: 0, why: '' }]);
        setSaid(`${file.name} is ready to be added`);
        void previewOf(file).then((preview) => change(id, { preview }));
      }
    },
    [change],
  );

  const send = useCallback(
    async (one: Chosen) => {
      change(one.id, { state: 'sending', percent: 0, why: '' });
      setSaid(`Sending ${one.file.name}`);
      try {
        await upload(incidentId, one, (share) => change(one.id, { percent: Math.round(share * 100) }));
        drop(one.id);
        setSaid(`${one.file.name} is in the room`);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        change(one.id, { state: 'failed', why });
        setSaid(`${one.file.name} was not added. ${why}`);
      }
    },
    [incidentId, change, drop],
  );

  // One after the other: they stand in the room in the order in which they were chosen.
  const sendAll = useCallback(() => {
    const waiting = now.current.filter(({ state }) => state !== 'sending');
    void waiting.reduce<Promise<void>>((before, one) => before.then(() => send(one)), Promise.resolve());
  }, [send]);

  const any = chosen.length > 0;
  useEffect(() => {
    if (!any) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [any]);

  return { chosen, said, add, drop, sendAll, describe: useCallback((id, alt) => change(id, { alt }), [change]) };
}
