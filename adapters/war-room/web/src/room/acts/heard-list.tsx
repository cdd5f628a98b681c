import { useEffect, useState } from 'react';
import { heardIn, heardView, type HeardView } from '#libs/war-room-protocol/heard';
import { askFor } from '../../api/ask.ts';
import { Button } from '../../ui/button.tsx';
import { ClockTime } from '../../ui/time.tsx';
import styles from './acts.module.css';

export interface HeardListProps {
  readonly incident: string;
  readonly messageId: string;
  readonly onClose: () => void;
}

/** Where a message has been heard, asked for when somebody wants to know. */
export function HeardList({ incident, messageId, onClose }: HeardListProps) {
  const [heard, setHeard] = useState<HeardView | string>('Looking…');
  useEffect(() => {
    askFor(heardView, `/api/v1/incidents/${encodeURIComponent(incident)}/messages/${messageId}/heard`).then(setHeard, (error: unknown) =>
      setHeard(`${error instanceof Error ? error.message : String(error)} Close this and look again.`),
    );
  }, [incident, messageId]);
  return (
    <div
      className={styles.menu}
      role="group"
      aria-label="Where this message has been heard"
      onKeyDown={(key) => key.key === 'Escape' && onClose()}
    >
      <div className={styles.heard} role="status">
        {typeof heard === 'string' ? heard : <Places heard={heard} />}
      </div>
      <Button autoFocus onClick={onClose}>
        Close
      </Button>
    </div>
  );
}

function Places({ heard: { at, chats } }: { readonly heard: HeardView }) {
  return (
    <ul>
      <li>
        In the room: <ClockTime at={at} />
      </li>
      {chats.map((chat) => (
        <li key={chat.surface.id}>
          In {chat.surface.name}: {heardIn(chat)}
          {chat.at !== null && (
            <>
              , <ClockTime at={chat.at} />
            </>
          )}
          {chat.why !== null && `. ${chat.why}`}
          {chat.losses.length > 0 && `. Not as here: ${chat.losses.join('; ')}`}
          {chat.permalink !== null && (
            <>
              {' '}
              <a href={chat.permalink} target="_blank" rel="noreferrer">
                Open in {chat.surface.name}
              </a>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
