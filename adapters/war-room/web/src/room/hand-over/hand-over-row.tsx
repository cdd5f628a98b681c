import type { RoomEvent } from '#libs/war-room-protocol/events';
import type { HandOverCard } from '#libs/war-room-protocol/hand-over';
import { ClockTime } from '../../ui/time.tsx';
import { HappeningWords, useHappening } from '../happening-words.tsx';
import { CardRows } from './card-rows.tsx';
import styles from './hand-over-row.module.css';

export interface HandOverRowProps {
  readonly event: RoomEvent;
  readonly card: HandOverCard;
  readonly reachable: boolean;
}

/** A role passed from one person to another, with what whoever has it now has to know. */
export function HandOverRow({ event, card, reachable }: HandOverRowProps) {
  const happening = useHappening(event);
  return (
    <article className={styles.card} data-row={event.id} tabIndex={reachable ? 0 : -1} aria-labelledby={`what-${event.id}`}>
      <p id={`what-${event.id}`}>
        <ClockTime at={event.displayAt} /> {happening !== undefined && <HappeningWords sentence={happening.sentence} />}
      </p>
      <CardRows card={card} />
    </article>
  );
}
