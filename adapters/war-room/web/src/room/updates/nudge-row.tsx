import { useRef } from 'react';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import { nudgeWords } from '#libs/war-room-protocol/updates';
import { UPDATE } from '#libs/war-room-protocol/waiting';
import type { RoomState } from '../../store/room-state.ts';
import type { Wish } from '../../store/room-store.ts';
import { Button } from '../../ui/button.tsx';
import { useZone } from '../../ui/preference.ts';
import { ClockTime } from '../../ui/time.tsx';
import { clockTime } from '../../ui/times.ts';
import message from '../flow/message.module.css';
import styles from './nudge-row.module.css';

export interface NudgeRowProps {
  readonly event: RoomEventOf<'nudge.given'>;
  readonly room: RoomState;
  readonly reachable: boolean;
  readonly onSend: (wish: Wish) => void;
  readonly onUpdate: () => void;
}

/** What Muster asks for, with what answers it until somebody has. */
export function NudgeRow({ event, room, reachable, onSend, onUpdate }: NudgeRowProps) {
  const zone = useZone();
  const row = useRef<HTMLElement>(null);
  const { about } = event.data;
  const isOpen = room.waiting.waits.some(({ nudge }) => nudge === event.id);
  const answer = (wish: Wish) => (): void => {
    // The pressed button goes away with the question.
    row.current?.focus();
    onSend(wish);
  };
  return (
    <article ref={row} className={message.small} data-row={event.id} tabIndex={reachable ? 0 : -1} aria-labelledby={`what-${event.id}`}>
      <p id={`what-${event.id}`}>
        <ClockTime at={event.displayAt} /> {nudgeWords(event.data, (iso) => clockTime(iso, zone))}
      </p>
      {isOpen && (
        <div className={styles.answers}>
          {about === UPDATE ? (
            <Button onClick={onUpdate}>Update</Button>
          ) : (
            about === 'lead' && <Button onClick={answer({ type: 'lead', body: { to: 'me' } })}>Take the lead</Button>
          )}
          <Button onClick={answer({ type: 'snooze', body: { nudgeId: event.id } })}>Snooze 10 min</Button>
          <Button onClick={answer({ type: 'skip', body: { nudgeId: event.id } })}>Skip</Button>
        </div>
      )}
    </article>
  );
}
