import { memo, type ReactNode, Suspense, useState } from 'react';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import type { Person } from '#libs/war-room-protocol/vocabulary';
import { part } from '../../shell/part.ts';
import type { RoomStore } from '../../store/room-store.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { ClockTime } from '../../ui/time.tsx';
import said from '../said.module.css';
import styles from './message.module.css';
import { SaidAt } from './said-at.tsx';

export interface MessageRowProps {
  readonly event: RoomEventOf<'message.posted'>;
  /** Null when the message was taken away. */
  readonly words: { readonly text: string; readonly html: string } | null;
  readonly edited: boolean;
  /** "In Slack too", under one's own; under anybody's where it is missing. */
  readonly standing: string | undefined;
  /** It is missing in a chat, or may be: why, as far as it is known. */
  readonly unsaid: string | undefined;
  /** What it came with from its chat, ready to be shown. */
  readonly files: ReactNode;
  readonly reachable: boolean;
  /** Said right after what they said just above: their name is there, and only the time is new. */
  readonly goesOn: boolean;
  readonly me: Person;
  readonly store: RoomStore;
  readonly onReply: (event: RoomEventOf<'message.posted'>) => void;
}

const MessageActs = part(async () => (await import('../acts/message-acts.tsx')).MessageActs);
const SayAgain = part(async () => (await import('../acts/say-again.tsx')).SayAgain);
const Answered = part(async () => (await import('../acts/answered.tsx')).Answered);

export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { event, words, edited, standing, unsaid, files, reachable, goesOn, me, store, onReply } = props;
  const name = event.by?.name ?? event.via.name;
  const { replyTo, mentions } = event.data;
  const meant = mentions?.some(({ id }) => id === me.id);
  const besides = [!goesOn && event.via.id !== 'web' && ` via ${event.via.name}`, edited && ' · edited', meant && ' · mentions you'];
  const tellsMore = !goesOn || standing !== undefined || besides.some(Boolean);
  return (
    <article
      className={styles.row}
      data-goes-on={goesOn || undefined}
      data-row={event.id}
      data-meant={meant || undefined}
      tabIndex={reachable ? 0 : -1}
      aria-labelledby={goesOn && tellsMore ? `by-${event.id} more-${event.id}` : `by-${event.id}`}
    >
      {goesOn ? <SaidAt id={`by-${event.id}`} name={name} at={tellsMore ? null : event.displayAt} /> : <Avatar name={name} />}
      <div className={styles.body}>
        {tellsMore && (
          <p className={styles.meta} id={goesOn ? `more-${event.id}` : `by-${event.id}`}>
            {!goesOn && <strong>{name}</strong>} <ClockTime at={event.displayAt} />
            {besides}
            {event.late && (
              <span className={styles.late}>
                arrived <ClockTime at={event.at} />
              </span>
            )}
            {standing !== undefined && <span className={styles.standing}> · {standing}</span>}
          </p>
        )}
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
        {words === null ? <p className={styles.gone}>This message was deleted.</p> : words.text !== '' && <MessageWords words={words} />}
        {files}
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
