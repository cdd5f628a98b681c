import { useState, type FormEvent, type KeyboardEvent } from 'react';
import { limits } from '#libs/war-room-protocol/vocabulary';
import { Button } from '../../ui/button.tsx';
import styles from './acts.module.css';

export interface EditFormProps {
  readonly text: string;
  readonly onSave: (text: string) => void;
  readonly onClose: () => void;
}

/** One's own message, to be put right. Enter saves, as it sends below; Escape leaves it as it was. */
export function EditForm({ text, onSave, onClose }: EditFormProps) {
  const [draft, setDraft] = useState(text);
  const over = draft.trim().length - limits.messageChars;

  function save(event: FormEvent): void {
    event.preventDefault();
    if (draft.trim() !== '' && over <= 0) onSave(draft.trim());
  }
  function typed(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onClose();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    event.currentTarget.form?.requestSubmit();
  }

  return (
    <form className={styles.form} onSubmit={save}>
      <textarea
        autoFocus
        aria-label="Edit your message"
        rows={Math.min(8, draft.split('\n').length + 1)}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={typed}
      />
      {over > 0 && <p role="status">{over} characters too long.</p>}
      <Button type="submit" look="primary" disabled={draft.trim() === '' || over > 0}>
        Save
      </Button>
      <Button onClick={onClose}>Cancel</Button>
    </form>
  );
}
