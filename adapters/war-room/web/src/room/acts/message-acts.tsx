import { Ellipsis } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { reactionSign, reactions } from '#libs/war-room-protocol/reactions';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import { mayHere } from '../../store/may-here.ts';
import type { RoomStore } from '../../store/room-store.ts';
import { Button } from '../../ui/button.tsx';
import { singleKeys } from '../../ui/preference.ts';
import { ClockTime } from '../../ui/time.tsx';
import styles from './acts.module.css';
import { CopyForm } from './copy-form.tsx';
import { EditForm } from './edit-form.tsx';
import { HeardList } from './heard-list.tsx';
import { logIn } from './log-in.ts';
import { ReactForm } from './react-form.tsx';
import { useMarks } from './use-marks.ts';

export interface MessageActsProps {
  readonly store: RoomStore;
  readonly event: RoomEventOf<'message.posted'>;
  /** Null when it was deleted. */
  readonly text: string | null;
  readonly reachable: boolean;
  readonly onReply: (event: RoomEventOf<'message.posted'>) => void;
}

type Open = 'menu' | 'react' | 'link' | 'words' | 'heard' | 'edit' | 'delete' | 'before' | null;

/** Under a message: who reacts, whether it is on the timeline, and what can be done with it. */
export function MessageActs({ store, event, text, reachable, onReply }: MessageActsProps) {
  const here = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<Open>(null);
  const { messageId } = event.data;
  const marks = useMarks(store, messageId);
  const { me, room } = store.view();
  const pinned = marks?.pinned ?? false;
  const isMine = event.by !== null && event.by.id === me?.person.id;
  const mayDelete = isMine || (me !== null && room !== null && mayHere(me, room.incident, 'message.delete'));
  const name = event.by?.name ?? event.via.name;

  const close = (): void => {
    setOpen(null);
    here.current?.closest<HTMLElement>('[data-row]')?.focus();
  };
  const react = (emoji: string, on: boolean): void => store.send({ type: 'react', body: { messageId, emoji, on } });
  const pin = (): void => store.send({ type: 'pin', body: { messageId, on: !pinned } });

  useEffect(() => {
    const row = here.current?.closest<HTMLElement>('[data-row]');
    if (!row || text === null) return;
    const typed = (key: KeyboardEvent): void => {
      if (key.target !== row || key.ctrlKey || key.metaKey || key.altKey || key.isComposing || !singleKeys.read()) return;
      const act = { r: () => onReply(event), e: () => setOpen('react'), p: pin, y: () => setOpen('link') }[key.key];
      if (act === undefined) return;
      key.preventDefault();
      act();
    };
    row.addEventListener('keydown', typed);
    return () => row.removeEventListener('keydown', typed);
  });

  if (text === null)
    return (
      <div ref={here} className={styles.acts}>
        {marks?.deletedBy && <span>Deleted by {marks.deletedBy.name}</span>}
      </div>
    );
  const log = open === 'menu' || open === 'words' ? logIn(text) : null;
  const edited = (marks?.versions.length ?? 0) > 1;
  return (
    <div ref={here} className={styles.acts}>
      {[...(marks?.reactions ?? [])].map(([emoji, who]) => {
        const mine = who.some(({ id }) => id === me?.person.id);
        const names = who.map((person) => person.name).join(', ');
        return (
          <button
            key={emoji}
            type="button"
            className={styles.reaction}
            tabIndex={reachable ? 0 : -1}
            aria-pressed={mine}
            aria-label={`${reactions.find((known) => known.name === emoji)?.says ?? emoji}: ${names}`}
            title={names}
            onClick={() => react(emoji, !mine)}
          >
            {reactionSign(emoji)} {who.length}
          </button>
        );
      })}
      {pinned && <span className={styles.pinned}>On the timeline</span>}
      <button
        type="button"
        className={styles.more}
        tabIndex={reachable ? 0 : -1}
        aria-expanded={open !== null}
        aria-label={`What to do with the message of ${name}`}
        onClick={() => setOpen(open === null ? 'menu' : null)}
      >
        <Ellipsis size={16} aria-hidden="true" />
      </button>
      {open === 'menu' && (
        <div
          className={styles.menu}
          role="group"
          aria-label="What to do with this message"
          onKeyDown={(key) => key.key === 'Escape' && close()}
        >
          <Button
            onClick={() => {
              setOpen(null);
              onReply(event);
            }}
          >
            Reply
          </Button>
          <Button onClick={() => setOpen('react')}>React</Button>
          <Button
            onClick={() => {
              pin();
              close();
            }}
          >
            {pinned ? 'Take off the timeline' : 'Pin to the timeline'}
          </Button>
          <Button onClick={() => setOpen('link')}>Copy link</Button>
          {text !== '' && <Button onClick={() => setOpen('words')}>{log === null ? 'Copy text' : 'Copy log'}</Button>}
          <Button onClick={() => setOpen('heard')}>Where it has been heard</Button>
          {isMine && <Button onClick={() => setOpen('edit')}>Edit</Button>}
          {mayDelete && <Button onClick={() => setOpen('delete')}>Delete</Button>}
          {edited && <Button onClick={() => setOpen('before')}>What it said before</Button>}
        </div>
      )}
      {open === 'react' && (
        <ReactForm
          onReact={(emoji) => {
            react(emoji, true);
            close();
          }}
          onClose={close}
        />
      )}
      {open === 'link' && room !== null && (
        <CopyForm name="Link to this message" words={`${location.origin}/i/${room.incident.number}#m${event.seq}`} onClose={close} />
      )}
      {open === 'words' && (
        <CopyForm name={log === null ? 'What this message says' : 'The log in this message'} words={log ?? text} onClose={close} />
      )}
      {open === 'heard' && room !== null && <HeardList incident={room.incident.number} messageId={messageId} onClose={close} />}
      {open === 'edit' && (
        <EditForm
          text={text}
          onSave={(now) => {
            store.send({ type: 'edit', body: { messageId, text: now } });
            close();
          }}
          onClose={close}
        />
      )}
      {open === 'delete' && (
        <div className={styles.menu} role="group" aria-label="Delete this message?">
          <p>Delete this message here and in every chat? The log keeps that it was there.</p>
          <Button
            autoFocus
            onClick={() => {
              store.send({ type: 'delete', body: { messageId } });
              close();
            }}
          >
            Delete
          </Button>
          <Button onClick={close}>Keep</Button>
        </div>
      )}
      {open === 'before' && (
        <div className={styles.menu} role="group" aria-label="What it said before">
          <ol className={styles.versions}>
            {marks?.versions.slice(0, -1).map(({ text: was, at }, index) => (
              <li key={index}>
                <ClockTime at={at} /> <span>{was}</span>
              </li>
            ))}
          </ol>
          <Button autoFocus onClick={close}>
            Close
          </Button>
        </div>
      )}
    </div>
  );
}
