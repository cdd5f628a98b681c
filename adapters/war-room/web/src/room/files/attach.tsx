import { useEffect, useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import styles from './attach.module.css';
import { ChosenFile } from './chosen-file.tsx';
import { useFiles } from './use-files.ts';

export interface AttachProps {
  readonly incidentId: string;
}

/** Adding files by the button, by pasting, or by dragging them over the flow. Sending the message sends them too. */
export function Attach({ incidentId }: AttachProps) {
  const root = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const { chosen, said, add, describe, drop, sendAll } = useFiles(incidentId);
  const waiting = chosen.filter(({ state }) => state !== 'sending');

  useEffect(() => {
    const [area, form] = [root.current?.closest('section'), root.current?.closest('form')];
    if (!area || !form) return undefined;
    const listening = new AbortController();
    const { signal } = listening;
    const bring = (event: Event, data: DataTransfer | null): void => {
      if (!data || data.files.length === 0) return;
      event.preventDefault();
      add(data.files);
    };
    area.addEventListener('paste', (event) => bring(event, event.clipboardData), { signal });
    area.addEventListener('drop', (event) => bring(event, event.dataTransfer), { signal });
    area.addEventListener('dragover', (event) => event.dataTransfer?.types.includes('Files') && event.preventDefault(), { signal });
    form.addEventListener('submit', sendAll, { signal });
    return () => listening.abort();
  }, [add, sendAll]);

  return (
    <div ref={root} className={styles.attach}>
      {chosen.length > 0 && (
        <ul className={styles.chosen} aria-label="Files to add">
          {chosen.map((one) => (
            <ChosenFile key={one.id} chosen={one} onDescribe={describe} onDrop={drop} />
          ))}
        </ul>
      )}
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files"
        onChange={({ target }) => {
          add(target.files ?? []);
          target.value = '';
        }}
      />
      <Button look="plain" onClick={() => input.current?.click()}>
        Attach a file
      </Button>
      {waiting.length > 0 && (
        <Button onClick={sendAll}>{waiting.length === 1 ? 'Add it to the room' : `Add ${waiting.length} files to the room`}</Button>
      )}
      <p className={styles.said} role="status">
        {said}
      </p>
    </div>
  );
}
