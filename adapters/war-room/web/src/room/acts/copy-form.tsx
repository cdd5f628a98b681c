import { useEffect, useId, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import styles from './acts.module.css';

export interface CopyFormProps {
  /** What is copied, as a heading. */
  readonly name: string;
  readonly words: string;
  readonly onClose: () => void;
}

const LINES = 6;

/** Words of a message, or its address, copied where the browser lets pages do so, and to be copied by hand where not. */
export function CopyForm({ name, words, onClose }: CopyFormProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    field.current?.select();
    // Browsers have a clipboard for pages that came over https, or from this machine.
    void navigator.clipboard?.writeText(words).then(
      () => setCopied(true),
      () => undefined,
    );
  }, [words]);
  return (
    <div className={styles.menu} role="group" aria-label={name} onKeyDown={(key) => key.key === 'Escape' && onClose()}>
      <label htmlFor={id}>{name}</label>
      <textarea ref={field} id={id} readOnly rows={Math.min(LINES, words.split('\n').length)} value={words} />
      <span role="status">{copied && 'Copied'}</span>
      <Button onClick={onClose}>Close</Button>
    </div>
  );
}
