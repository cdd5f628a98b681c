import { useId } from 'react';
import { limits } from '#libs/war-room-protocol/vocabulary';
import { Button } from '../../ui/button.tsx';
import styles from './attach.module.css';
import type { Chosen } from './use-files.ts';

export interface ChosenFileProps {
  readonly chosen: Chosen;
  readonly onDescribe: (id: string, alt: string) => void;
  readonly onDrop: (id: string) => void;
}

/** A file before it is in the room: what it is, what it shows, and how far it is. */
export function ChosenFile({ chosen: { id, file, alt, preview, state, percent, why }, onDescribe, onDrop }: ChosenFileProps) {
  const field = useId();
  return (
    <li>
      {preview !== null && <img src={preview} alt="" />}
      <div className={styles.about}>
        <strong>{file.name}</strong>
        {file.type.startsWith('image/') && (
          <>
            <label htmlFor={field}>What does it show? For those who cannot see it.</label>
            <input id={field} value={alt} maxLength={limits.altChars} onChange={(event) => onDescribe(id, event.target.value)} />
          </>
        )}
        {state === 'sending' && <p>{percent < 100 ? `Sending, ${percent} %` : 'Sent, being kept'}</p>}
        {state === 'failed' && <p className={styles.failed}>Not added. {why}</p>}
      </div>
      {state !== 'sending' && (
        <Button look="plain" aria-label={`Leave out ${file.name}`} onClick={() => onDrop(id)}>
          Leave out
        </Button>
      )}
    </li>
  );
}
