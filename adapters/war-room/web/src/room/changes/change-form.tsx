import type { FormEvent, ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import type { Wish } from '../../store/room-store.ts';
import styles from './change-form.module.css';

export interface ChangeProps {
  readonly onDone: (wish: Wish) => void;
  readonly onClose: () => void;
}

export interface ChangeFormProps {
  readonly title: string;
  readonly verb: string;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function ChangeForm({ title, verb, onSubmit, onClose, children }: ChangeFormProps) {
  function submit(event: FormEvent): void {
    event.preventDefault();
    onSubmit();
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <Form className={styles.form!} onSubmit={submit}>
        {children}
        <DialogActions>
          <Button type="submit" look="primary">
            {verb}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
