import { type HandOverCard, handOverRows } from '#libs/war-room-protocol/hand-over';
import { ClockTime } from '../../ui/time.tsx';
import styles from './card-rows.module.css';

/** What whoever takes over a role has to know. */
export function CardRows({ card }: { readonly card: HandOverCard }) {
  return (
    <dl className={styles.rows}>
      {handOverRows(card).map(({ name, words }, index) => (
        <div key={index}>
          <dt>{name}</dt>
          <dd>{words.map((part, at) => (typeof part === 'string' ? part : <ClockTime key={at} at={part.at} />))}</dd>
        </div>
      ))}
    </dl>
  );
}
