import { useState } from 'react';
import { practiceView } from '#libs/war-room-protocol/practice';
import { askFor, post } from '../api/ask.ts';
import { Button } from '../ui/button.tsx';
import styles from './practice.module.css';

/** Begins anew: another pretend chat, another drill. */
export function PractiseAgain({ look = 'usual' }: { readonly look?: 'usual' | 'primary' }) {
  const [trouble, setTrouble] = useState<string | null>(null);

  async function again(): Promise<void> {
    setTrouble(null);
    try {
      const { id } = await askFor(practiceView, '/api/v1/practice', post({}));
      location.assign(`/practice/${id}`);
    } catch (error) {
      setTrouble(error instanceof Error ? `${error.message} Try again.` : 'Muster did not answer. Try again.');
    }
  }

  return (
    <>
      <Button look={look} onClick={() => void again()}>
        Practise again
      </Button>
      {trouble !== null && (
        <p className={styles.trouble} role="alert">
          {trouble}
        </p>
      )}
    </>
  );
}
