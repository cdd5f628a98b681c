import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import type { Wish } from '../../store/room-store.ts';
import styles from './change-form.module.css';

/** Why it was refused, once it is known; null where it was not. */
export type Outcome = Promise<string | null>;

export interface ChangeProps {
  readonly onDone: (wish: Wish) => void | Outcome;
  readonly onClose: () => void;
}

export interface ChangeFormProps {
  readonly title: string;
  readonly verb: string;
  /** With an outcome it stays open until that is known, and says it. */
  readonly onSubmit: () => void | Outcome;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function ChangeForm({ title, verb, onSubmit, onClose, children }: ChangeFormProps) {
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (asking) return;
    const outcome = onSubmit();
    if (outcome === undefined) return;
    setRefused(null);
    setAsking(true);
    setRefused(await outcome);
    setAsking(false);
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        {children}
        {refused !== null && (
          <p role="alert" className={styles.refused}>
            {refused}
          </p>
        )}
        <DialogActions>
          <Button type="submit" look="primary">
            {verb}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
