import { ClockTime } from '../../ui/time.tsx';
import styles from './message.module.css';

/** Beside a message that goes on: the time, seen when one points at it or stands on it, and the name for those who do not see it above. */
export function SaidAt({ id, name, at }: { readonly id: string; readonly name: string; readonly at: string }) {
  return (
    <p className={styles.at} id={id}>
      <span className={styles.unseen}>{name} </span>
      <ClockTime at={at} />
    </p>
  );
}
