import { timelineOf } from '../../store/flow.ts';
import type { RoomState } from '../../store/room-state.ts';
import { ClockTime } from '../../ui/time.tsx';
import { HappeningWords, useHappening } from '../happening-words.tsx';
import type { RoomPart } from '../room-views.tsx';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import styles from './timeline.module.css';

export interface TimelineProps {
  readonly room: RoomState;
  readonly part: RoomPart;
  readonly onPart: (part: RoomPart) => void;
}

/** How the incident turned. At middle widths this side also holds the details, and two buttons choose. */
export function Timeline({ room, part, onPart }: TimelineProps) {
  return (
    <>
      <div className={styles.choice} role="group" aria-label="Beside the chat">
        <button type="button" aria-pressed={part !== 'details'} onClick={() => onPart('chat')}>
          Timeline
        </button>
        <button type="button" aria-pressed={part === 'details'} onClick={() => onPart('details')}>
          Details
        </button>
      </div>
      <section className={styles.timeline} aria-labelledby="timeline-heading">
        <h2 id="timeline-heading">
          <span>Timeline</span>
        </h2>
        <ol>
          {timelineOf(room).map((event) => (
            <Moment key={event.id} event={event} />
          ))}
        </ol>
      </section>
    </>
  );
}

function Moment({ event }: { readonly event: RoomEvent }) {
  const happening = useHappening(event);
  if (happening === undefined) return null;
  return (
    <li className={styles[happening.weight]}>
      <ClockTime at={event.displayAt} />
      <span className={styles.mark} aria-hidden="true" />
      <p>
        <HappeningWords sentence={happening.sentence} />
      </p>
    </li>
  );
}
