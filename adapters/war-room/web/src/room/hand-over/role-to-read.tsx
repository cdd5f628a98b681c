import type { RoleGiven } from '../../store/roles-to-read.ts';
import { Button } from '../../ui/button.tsx';
import { ClockTime } from '../../ui/time.tsx';
import { HappeningWords, useHappening } from '../happening-words.tsx';
import { CardRows } from './card-rows.tsx';
import styles from './role-to-read.module.css';

export interface RoleToReadProps {
  readonly given: RoleGiven;
  readonly instructions: string;
  readonly onRead: () => void;
}

/** A role that somebody else gave this person: what it asks, and what there is to know. Stays until they have read it. */
export function RoleToRead({ given, instructions, onRead }: RoleToReadProps) {
  const happening = useHappening(given);
  const { name, card } = given.data;
  const read = (): void => {
    // The pressed button goes away.
    document.querySelector<HTMLElement>('[role=log] [data-row][tabindex="0"]')?.focus();
    onRead();
  };
  return (
    <section className={styles.given} aria-label={`${name}: you have it now`}>
      <p>
        <ClockTime at={given.displayAt} /> {happening !== undefined && <HappeningWords sentence={happening.sentence} />}
      </p>
      {instructions !== '' && <p>{instructions}</p>}
      {card !== undefined && <CardRows card={card} />}
      <Button onClick={read}>I have read it</Button>
    </section>
  );
}
