import { isOpenCategory } from '#libs/war-room-protocol/vocabulary';
import { nextUpdateDue } from '#libs/war-room-protocol/waiting';
import type { RoomState } from '../../store/room-state.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/clock.ts';
import { ClockTime } from '../../ui/time.tsx';
import { howLong } from '../../ui/times.ts';
import facts from '../facts/facts.module.css';
import styles from './next-update.module.css';

export interface NextUpdateProps {
  readonly room: RoomState;
  readonly onUpdate: () => void;
}

/** What was told last, and when people may expect the next. */
export function NextUpdate({ room, onUpdate }: NextUpdateProps) {
  const { last } = room.waiting;
  const due = nextUpdateDue(room.waiting);
  return (
    <>
      {last === null ? (
        'None yet'
      ) : (
        <span className={styles.words}>
          <ClockTime at={last.at} /> {last.by?.name ?? 'Muster'}
          {last.text !== undefined && `: ${last.text}`}
        </span>
      )}
      {due !== null && <Due at={due} />}
      {isOpenCategory(room.incident.category) && (
        <span className={facts.empty}>
          <Button onClick={onUpdate}>Share an update</Button>
        </span>
      )}
    </>
  );
}

function Due({ at }: { readonly at: string }) {
  const now = useNow();
  const then = Date.parse(at);
  return (
    <span className={`${styles.due} figures`}>
      {then > now ? `Next update in ${howLong(new Date(now).toISOString(), then)}` : <b>{`Overdue by ${howLong(at, now)}`}</b>}
    </span>
  );
}
