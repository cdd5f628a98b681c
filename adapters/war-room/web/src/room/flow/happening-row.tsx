import { memo } from 'react';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import { Button } from '../../ui/button.tsx';
import { ClockTime } from '../../ui/time.tsx';
import { HappeningWords, useHappening } from '../happening-words.tsx';
import styles from './message.module.css';

export interface HappeningRowProps {
  readonly event: RoomEvent;
  readonly reachable: boolean;
  /** Null where it offers nothing, or somebody applied it. */
  readonly onApply: (() => void) | null;
}

/** A small line: what the room or the incident did. */
export const HappeningRow = memo(
  function HappeningRow({ event, reachable, onApply }: HappeningRowProps) {
    const happening = useHappening(event);
    if (happening === undefined) return null;
    return (
      <article className={styles.small} data-row={event.id} tabIndex={reachable ? 0 : -1} aria-labelledby={`what-${event.id}`}>
        <p id={`what-${event.id}`}>
          <ClockTime at={event.displayAt} /> <HappeningWords sentence={happening.sentence} />
          {event.late && (
            <span className={styles.late}>
              arrived <ClockTime at={event.at} />
            </span>
          )}
          {onApply !== null && (
            <>
              {' '}
              <Button onClick={onApply}>Apply</Button>
            </>
          )}
        </p>
      </article>
    );
  },
  (before, after) =>
    before.event === after.event && before.reachable === after.reachable && (before.onApply === null) === (after.onApply === null),
);
