import { memo, Suspense, useState } from 'react';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import type { Person } from '#libs/war-room-protocol/vocabulary';
import { part } from '../../shell/part.ts';
import type { RoomStore } from '../../store/room-store.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { ClockTime } from '../../ui/time.tsx';
import said from '../said.module.css';
import styles from './message.module.css';

export interface MessageRowProps {
  readonly event: RoomEventOf<'message.posted'>;
  /** Null when the message was taken away. */
  readonly words: { readonly text: string; readonly html: string } | null;
  readonly edited: boolean;
  /** "In Slack too", under one's own; under anybody's where it is missing. */
  readonly standing: string | undefined;
  /** It is missing in a chat, or may be: why, as far as it is known. */
  readonly unsaid: string | undefined;
  readonly reachable: boolean;
  readonly me: Person;
  readonly store: RoomStore;
  readonly onReply: (event: RoomEventOf<'message.posted'>) => void;
}

const MessageActs = part(async () => (await import('../acts/message-acts.tsx')).MessageActs);
const SayAgain = part(async () => (await import('../acts/say-again.tsx')).SayAgain);
const Answered = part(async () => (await import('../acts/answered.tsx')).Answered);

export const MessageRow = memo(function MessageRow({
  event,
  words,
  edited,
  standing,
  unsaid,
  reachable,
  me,
  store,
  onReply,
}: MessageRowProps) {
  const name = event.by?.name ?? event.via.name;
  const { replyTo, mentions } = event.data;
  const meant = mentions?.some(({ id }) => id === me.id);
  return (
    <article
      className={styles.row}
      data-row={event.id}
      data-meant={meant || undefined}
      tabIndex={reachable ? 0 : -1}
      aria-labelledby={`by-${event.id}`}
    >
      <Avatar name={name} />
      <div className={styles.body}>
        <p className={styles.meta} id={`by-${event.id}`}>
          <strong>{name}</strong> <ClockTime at={event.displayAt} />
          {event.via.id !== 'web' && ` via ${event.via.name}`}
          {event.late && (
            <span className={styles.late}>
              arrived <ClockTime at={event.at} />
            </span>
          )}
          {edited && ' · edited'}
          {meant && ' · mentions you'}
          {standing !== undefined && <span className={styles.standing}> · {standing}</span>}
        </p>
        {unsaid !== undefined && (
          <Suspense fallback={null}>
            <SayAgain store={store} event={event} why={unsaid} reachable={reachable} />
          </Suspense>
        )}
        {replyTo !== undefined && (
          <Suspense fallback={null}>
            <Answered store={store} messageId={replyTo} />
          </Suspense>
        )}
        {words === null ? <p className={styles.gone}>This message was deleted.</p> : <MessageWords words={words} />}
        <Suspense fallback={null}>
          <MessageActs store={store} event={event} text={words?.text ?? null} reachable={reachable} onReply={onReply} />
        </Suspense>
      </div>
    </article>
  );
});

const LONG_LINES = 12;
const LONG_CHARS = 1_200;

/** The HTML is made and cleaned by the server, and by nobody else. */
function MessageWords({ words }: { readonly words: { readonly text: string; readonly html: string } }) {
  const long = words.text.length > LONG_CHARS || words.text.split('\n').length > LONG_LINES;
  const [open, setOpen] = useState(false);
  return (
    <>
      <div
        className={`${styles.words} ${said.said}`}
        data-folded={long && !open ? '' : undefined}
        dangerouslySetInnerHTML={{ __html: words.html }}
      />
      {long && (
        <Button look="plain" onClick={() => setOpen(!open)} aria-expanded={open}>
          {open ? 'Show less' : 'Show all'}
        </Button>
      )}
    </>
  );
}
