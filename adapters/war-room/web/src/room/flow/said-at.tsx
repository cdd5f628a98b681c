import { ClockTime } from '../../ui/time.tsx';
import styles from './message.module.css';

export interface SaidAtProps {
  readonly id: string;
  readonly name: string;
  /** Null where the time stands above the words. */
  readonly at: string | null;
}

/** Beside a message that goes on: the time, seen when one points at it or stands on it, and the name for those who do not see it above. */
export function SaidAt({ id, name, at }: SaidAtProps) {
  return (
    <p className={styles.at} id={id}>
      <span className={styles.unseen}>{name} </span>
      {at !== null && <ClockTime at={at} />}
    </p>
  );
}
