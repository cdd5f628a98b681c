import type { Notice } from '../../store/room-state.ts';
import { Button } from '../../ui/button.tsx';
import styles from './message.module.css';

export interface NoticeRowProps {
  readonly notice: Notice;
  readonly reachable: boolean;
  readonly onDismiss: (id: string) => void;
}

/** The server's answer to a command, for the sender alone. */
export function NoticeRow({ notice, reachable, onDismiss }: NoticeRowProps) {
  return (
    <article className={styles.notice} data-row={notice.id} tabIndex={reachable ? 0 : -1} aria-label="Only you see this">
      <p className={styles.plain} role="status">
        {notice.text}
      </p>
      <p className={styles.state}>
        Only you see this
        <Button look="plain" onClick={() => onDismiss(notice.id)}>
          Close
        </Button>
      </p>
    </article>
  );
}
