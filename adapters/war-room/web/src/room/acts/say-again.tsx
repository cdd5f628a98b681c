import { useRef } from 'react';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import type { RoomStore } from '../../store/room-store.ts';
import { Button } from '../../ui/button.tsx';
import styles from './acts.module.css';

export interface SayAgainProps {
  readonly store: RoomStore;
  readonly event: RoomEventOf<'message.posted'>;
  readonly why: string;
  readonly reachable: boolean;
}

/** Under a message that a chat did not take, or may not have: anybody in the room decides. Who wrote it and where it is missing stands above. */
export function SayAgain({ store, event, why, reachable }: SayAgainProps) {
  const here = useRef<HTMLDivElement>(null);
  const again = (): void => {
    // The button goes away with its reason, and whoever pressed it stays with the message.
    here.current?.closest<HTMLElement>('[data-row]')?.focus();
    store.send({ type: 'say-again', body: { messageId: event.data.messageId } });
  };
  return (
    <div ref={here} className={styles.acts}>
      {why !== '' && <span>{why}</span>}
      <Button tabIndex={reachable ? 0 : -1} aria-describedby={`by-${event.id} more-${event.id}`} onClick={again}>
        Say it again
      </Button>
    </div>
  );
}
