import { type ReactNode, useId } from 'react';
import styles from './dialog.module.css';
import { Modal } from './modal.tsx';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A modal box with a heading. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const id = useId();
  return (
    <Modal labelledBy={id} onClose={onClose}>
      <div className={styles.dialog}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {children}
      </div>
    </Modal>
  );
}

/** The row of buttons at a dialog's end, what it does first. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
