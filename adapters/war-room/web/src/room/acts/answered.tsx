import type { RoomStore } from '../../store/room-store.ts';
import styles from './acts.module.css';
import { useMarks } from './use-marks.ts';

/** Above an answer: whose message it answers, and its first words, as a way there. */
export function Answered({ store, messageId }: { readonly store: RoomStore; readonly messageId: string }) {
  const marks = useMarks(store, messageId);
  const words = marks?.deletedBy === null ? marks.versions.at(-1)?.text : undefined;
  const go = (): void => document.querySelector<HTMLElement>(`[data-row="${CSS.escape(messageId)}"]`)?.focus();
  return (
    <p className={styles.answered}>
      <button type="button" onClick={go}>
        In answer to {marks?.by || 'a message'}: {words ?? 'deleted'}
      </button>
    </p>
  );
}
