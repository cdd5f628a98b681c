import { type PointerEvent, type MouseEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import styles from './modal.module.css';

export interface ModalProps {
  /** The id of its heading, or else its name. */
  readonly labelledBy?: string;
  readonly label?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * Over the page, which cannot be reached meanwhile; closed by Escape or a press outside. The browser keeps the focus in it and
 * gives it back to where it was. It begins at what has the attribute `autofocus`, or else at the box itself.
 */
export function Modal({ labelledBy, label, onClose, children }: ModalProps) {
  const box = useRef<HTMLDialogElement>(null);
  const latest = useRef(onClose);
  const isPressedOutside = useRef(false);
  useEffect(() => void (latest.current = onClose));

  // In a layout effect, whose end comes before the element is gone: only from one that is there does the focus find its way back.
  useLayoutEffect(() => {
    const dialog = box.current!;
    const closed = (): void => latest.current();
    dialog.showModal();
    if (!document.activeElement?.matches('[autofocus]')) dialog.focus();
    dialog.addEventListener('close', closed);
    return () => {
      // What is told late would close whatever was opened instead.
      dialog.removeEventListener('close', closed);
      dialog.close();
    };
  }, []);

  const isOutside = (event: MouseEvent | PointerEvent): boolean => event.target === box.current;
  return (
    <dialog
      ref={box}
      className={styles.around}
      tabIndex={-1}
      aria-labelledby={labelledBy}
      aria-label={label}
      onPointerDown={(event) => void (isPressedOutside.current = isOutside(event))}
      // Where words are marked with the pointer and it ends outside, the press began inside.
      onClick={(event) => isPressedOutside.current && isOutside(event) && box.current?.close()}
    >
      <div className={styles.box}>{children}</div>
    </dialog>
  );
}
