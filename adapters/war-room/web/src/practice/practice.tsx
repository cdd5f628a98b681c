import { useCallback, useEffect, useRef, useState } from 'react';
import type { PracticeStep, PracticeView } from '#libs/war-room-protocol/practice';
import { api } from '../api/api.ts';
import { Room } from '../room/room.tsx';
import { NotFound } from '../shell/not-found.tsx';
import { SignedOut } from '../shell/signed-out.tsx';
import { Button } from '../ui/button.tsx';
import { useLoaded } from '../ui/use-loaded.ts';
import styles from './practice.module.css';
import { ChatBeside } from './chat-beside.tsx';
import { PracticeResult } from './practice-result.tsx';
import { PracticeSteps } from './practice-steps.tsx';
import { PracticeTimings } from './practice-timings.tsx';
import { PractiseAgain } from './practise-again.tsx';
import { useShownDrill } from './shown-drill.ts';

const EVERY_MS = 1_000;

/** Alone with a pretend chat: talk, break it, keep talking, bring it back, and see what it cost. */
export function Practice({ id }: { readonly id: string }) {
  const load = useCallback(() => api.practice(id), [id]);
  const [practice, show] = useLoaded(load, EVERY_MS);
  useEffect(() => {
    document.title = 'Practice · Muster';
  }, []);

  if (practice.name === 'signed-out') return <SignedOut />;
  if (practice.name === 'failed') return <NotFound title="This practice cannot be shown" why={practice.why} />;
  if (practice.name === 'loading') return null;
  return <Stage id={id} view={practice.value} stale={practice.stale} onView={show} />;
}

interface StageProps {
  readonly id: string;
  readonly view: PracticeView;
  /** Muster did not answer when it was last asked. */
  readonly stale: boolean;
  readonly onView: (view: PracticeView) => void;
}

function Stage({ id, view, stale, onView }: StageProps) {
  const [side, setSide] = useState('chat');
  const [trouble, setTrouble] = useState<{ readonly at: PracticeView['step']; readonly why: string } | null>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const drill = useShownDrill(view, frame);
  const chatName = `Pretend ${nameOf(view)}`;
  const isOver = view.step === 'ended';
  const beside = isOver ? [] : view.beside;
  const sides = [['chat', chatName], ...beside.map(({ id: each, name }) => [each, `Pretend ${name}`]), ['room', 'War room']] as const;
  // Where there is room for one at a time.
  const away = (each: string): string => (each === side ? '' : (styles.away ?? ''));

  async function take(step: PracticeStep): Promise<void> {
    setTrouble(null);
    try {
      onView(await api.practiceStep(id, step));
    } catch (error) {
      setTrouble({ at: view.step, why: error instanceof Error ? error.message : 'Muster did not answer. Try again.' });
    }
  }

  return (
    <div className={styles.page}>
      <header className={styles.header} aria-label="Practice">
        <h1>Practice</h1>
        <p>The chats here are pretend and nothing leaves this machine.</p>
        <a href="/">Leave</a>
      </header>
      <section className={styles.controls} aria-label="What to do">
        {!isOver && <PracticeSteps step={view.step} onStep={(step) => void take({ do: step })} />}
        <p className={styles.say} role="status">
          {view.say}
        </p>
        {drill.fresh !== null && (
          <p className={styles.fresh} role="status">
            {drill.fresh.number} was declared: “{drill.fresh.title}”. <Button onClick={() => drill.show(drill.fresh!)}>Show it</Button>
          </p>
        )}
        {trouble !== null && trouble.at === view.step && (
          <p className={styles.trouble} role="alert">
            {trouble.why}
          </p>
        )}
        {stale && <p className={styles.trouble}>Muster is not answering. Asking again every second.</p>}
        {view.exchanged !== null ? <PracticeResult exchanged={view.exchanged} /> : isOver && <PractiseAgain look="primary" />}
        <PracticeTimings timings={view.timings} />
      </section>
      <main className={styles.main} aria-label="All sides">
        <div className={styles.sides} role="group" aria-label="Beside each other">
          {sides.map(([name, label]) => (
            <button key={name} type="button" aria-pressed={side === name} onClick={() => setSide(name)}>
              {label}
            </button>
          ))}
        </div>
        <div className={styles.halves}>
          {isOver || view.chat.frame === '' ? (
            <p className={`${styles.frame} ${styles.waiting} ${away('chat')}`}>
              {isOver ? `The pretend ${nameOf(view)} was closed with this practice.` : 'The pretend chat is coming up.'}
            </p>
          ) : (
            <iframe ref={frame} className={`${styles.frame} ${away('chat')}`} title={chatName} src={view.chat.frame} />
          )}
          {beside.map((chat) => (
            <ChatBeside key={chat.id} chat={chat} drill={drill.number} className={away(chat.id)} onStep={(step) => void take(step)} />
          ))}
          <div className={`${styles.room} ${away('room')}`}>
            {drill.number === null ? (
              <p className={styles.waiting}>The war room opens here when the drill is declared.</p>
            ) : (
              <Room key={drill.number} reference={drill.number} embedded />
            )}
          </div>
        </div>
      </main>
    </div>
  );
}

const nameOf = ({ chat }: PracticeView): string => chat.name.replace(/^pretend /i, '');
