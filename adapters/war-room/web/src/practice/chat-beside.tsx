import type { PracticeStep, PracticeView } from '#libs/war-room-protocol/practice';
import { Button } from '../ui/button.tsx';
import styles from './practice.module.css';

export interface ChatBesideProps {
  readonly chat: PracticeView['beside'][number];
  /** Whose room is shown; null before there is one. */
  readonly drill: string | null;
  readonly className: string;
  readonly onStep: (step: PracticeStep) => void;
}

const STATES = { ok: 'heard', suspect: 'in doubt', down: 'down', recovering: 'coming back' } as const;

/** Another pretend chat that the drill is in, with a switch of its own. */
export function ChatBeside({ chat, drill, className, onStep }: ChatBesideProps) {
  const { id, name, broken, frame, rooms, state } = chat;
  return (
    <div className={`${styles.beside} ${className}`}>
      <p className={styles.strip}>
        <span role="status">
          {name}: {broken && state === 'ok' ? 'broken, not noticed yet' : STATES[state]}
        </span>
        <Button onClick={() => onStep({ do: broken ? 'bring-back' : 'break', chat: id })}>
          {broken ? `Bring ${name} back` : `Break ${name}`}
        </Button>
      </p>
      <iframe className={styles.frame} title={`Pretend ${name}`} src={rooms.find(({ number }) => number === drill)?.frame ?? frame} />
    </div>
  );
}
