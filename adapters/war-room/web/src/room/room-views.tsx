import { Clock, Info, MessageSquare } from 'lucide-react';
import styles from './room.module.css';

export type RoomPart = 'chat' | 'timeline' | 'details';

const parts = [
  { part: 'chat', label: 'Chat', Icon: MessageSquare },
  { part: 'timeline', label: 'Timeline', Icon: Clock },
  { part: 'details', label: 'Details', Icon: Info },
] as const;

/** Where there is width for one part only: the bar at the bottom that chooses it. */
export function RoomViews({ part, onPart }: { readonly part: RoomPart; readonly onPart: (part: RoomPart) => void }) {
  return (
    <nav className={styles.views} aria-label="Parts of the room">
      {parts.map(({ part: own, label, Icon }) => (
        <button key={own} type="button" aria-pressed={part === own} onClick={() => onPart(own)}>
          <Icon size={18} aria-hidden="true" />
          {label}
        </button>
      ))}
    </nav>
  );
}
