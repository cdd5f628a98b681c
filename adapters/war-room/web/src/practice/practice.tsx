import { useCallback, useEffect, useState } from 'react';
import type { PracticeStep } from '#libs/war-room-protocol/practice';
import { api } from '../api/api.ts';
import { Room } from '../room/room.tsx';
import { NotFound } from '../shell/not-found.tsx';
import { SignedOut } from '../shell/signed-out.tsx';
import { useLoaded } from '../ui/use-loaded.ts';
import styles from './practice.module.css';
import { PracticeResult } from './practice-result.tsx';
import { PracticeSteps } from './practice-steps.tsx';
import { PracticeTimings } from './practice-timings.tsx';

const EVERY_MS = 1_000;

/** Alone with a pretend chat: talk, break it, keep talking, bring it back, and see what it cost. */
export function Practice({ id }: { readonly id: string }) {
  const load = useCallback(() => api.practice(id), [id]);
  const [practice, show] = useLoaded(load, EVERY_MS);
  const [side, setSide] = useState<'chat' | 'room'>('chat');
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    document.title = 'Practice · Muster';
  }, []);

  if (practice.name === 'signed-out') return <SignedOut />;
  if (practice.name === 'failed') return <NotFound title="This practice cannot be shown" why={practice.why} />;
  if (practice.name === 'loading') return null;
  const view = practice.value;
  const chatName = `Pretend ${view.chat.name.replace(/^pretend /i, '')}`;

  async function take(step: PracticeStep['do']): Promise<void> {
    setTrouble(null);
    try {
      show(await api.practiceStep(id, { do: step }));
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : 'Muster did not answer. Try again.');
    }
  }

  return (
    <div className={styles.page}>
      <header className={styles.header} aria-label="Practice">
        <h1>Practice</h1>
        <p>The {view.chat.name.replace(/^pretend /i, '')} here is pretend and nothing leaves this machine.</p>
        <a href="/">Leave</a>
      </header>
      <section className={styles.controls} aria-label="What to do">
        <PracticeSteps step={view.step} onStep={(step) => void take(step)} />
        <p className={styles.say} role="status">
          {view.say}
        </p>
        {trouble !== null && (
          <p className={styles.trouble} role="alert">
            {trouble}
          </p>
        )}
        {practice.stale && <p className={styles.trouble}>Muster is not answering. Asking again every second.</p>}
        {view.exchanged !== null && <PracticeResult sentence={view.exchanged.sentence} />}
        <PracticeTimings timings={view.timings} />
      </section>
      <main className={styles.main} aria-label="Both sides">
        <div className={styles.sides} role="group" aria-label="Beside each other">
          <button type="button" aria-pressed={side === 'chat'} onClick={() => setSide('chat')}>
            {chatName}
          </button>
          <button type="button" aria-pressed={side === 'room'} onClick={() => setSide('room')}>
            War room
          </button>
        </div>
        <div className={styles.halves} data-side={side}>
          <iframe className={styles.frame} title={chatName} src={view.chat.frame} />
          <div className={styles.room}>
            {view.incident === null ? (
              <p className={styles.waiting}>The war room opens here when the drill is declared.</p>
            ) : (
              <Room reference={view.incident} embedded />
            )}
          </div>
        </div>
      </main>
    </div>
  );
}
