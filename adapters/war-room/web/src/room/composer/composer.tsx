import {
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import type { RoomNow } from '#libs/war-room-protocol/most-needed';
import { limits, type Person } from '#libs/war-room-protocol/vocabulary';
import type { Connection } from '../../connection/room-connection.ts';
import type { ForOthers } from '../../store/may-here.ts';
import type { Wish } from '../../store/room-store.ts';
import { Button } from '../../ui/button.tsx';
import styles from './composer.module.css';
import { isSlashCommand } from './is-slash-command.ts';
import { useCommandHelp } from './use-command-help.ts';
import { useDraft } from './use-draft.ts';

export interface ComposerBox {
  /** Gives words back to be put right, before what is being written now. */
  readonly putBack: (text: string) => void;
}

export interface ComposerProps {
  readonly ref?: Ref<ComposerBox>;
  /** Whose draft of which room. Give it as the `key` too. */
  readonly place: string;
  readonly connection: Connection;
  readonly people: readonly Person[];
  /** What this person may decide for others here. */
  readonly may: (action: ForOthers) => boolean;
  /** What the room is like now. */
  readonly now: () => RoomNow;
  readonly answering: RoomEventOf<'message.posted'> | null;
  readonly onAnswer: (event: null) => void;
  readonly onSend: (wish: Wish) => void;
  /** Above the box: what goes with the message. */
  readonly children?: ReactNode;
}

const narrow = matchMedia('(max-width: 759px)');

/**
 * The message box. It never locks: the war room exists for the hour when networks fail, so people can always type and
 * always send; what cannot go out yet waits.
 */
export function Composer({ ref, place, connection, people, may, now, answering, onAnswer, onSend, children }: ComposerProps) {
  const form = useRef<HTMLFormElement>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  const [draft, setDraft] = useDraft(place);
  const [chosen, setChosen] = useState(0);
  const [dismissed, setDismissed] = useState(false);
  const help = useCommandHelp();
  const suggestions =
    dismissed || !help
      ? []
      : [...help.suggestionsFor(draft, may, draft === '/' ? help.mostNeeded(now(), Date.now()) : []), ...help.namesFor(draft, people)];
  const asks = dismissed ? undefined : help?.argumentsOf(draft);
  const active = Math.min(chosen, suggestions.length - 1);
  const text = draft.trim();
  const over = text.length - limits.messageChars;

  useEffect(() => {
    if (answering !== null) box.current?.focus();
  }, [answering]);

  function write(next: string): void {
    setDraft(next);
    setChosen(0);
    setDismissed(false);
  }

  useImperativeHandle(ref, () => ({
    putBack: (words) => {
      write(draft === '' ? words : `${words}\n${draft}`);
      box.current?.focus();
    },
  }));

  function send(event: FormEvent): void {
    event.preventDefault();
    if (text === '' || over > 0) return;
    if (isSlashCommand(text)) onSend({ type: 'command', body: { text } });
    else onSend({ type: 'message', body: { text, ...(answering && { replyTo: answering.data.messageId }) } });
    onAnswer(null);
    write('');
  }

  function take(index: number): void {
    const command = suggestions[index];
    if (command !== undefined) write(command.whole ?? (command.then === '' ? command.word : `${command.word} `));
    box.current?.focus();
  }

  function typed(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (asks !== undefined && event.key === 'Escape') return setDismissed(true);
    if (suggestions.length > 0 && chose(event)) return event.preventDefault();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    form.current?.requestSubmit();
  }

  function chose({ key, shiftKey }: KeyboardEvent): boolean {
    if (key === 'ArrowDown') setChosen((active + 1) % suggestions.length);
    else if (key === 'ArrowUp') setChosen((active + suggestions.length - 1) % suggestions.length);
    else if (key === 'Escape') setDismissed(true);
    else if (key === 'Enter' || (key === 'Tab' && !shiftKey)) take(active);
    else return false;
    return true;
  }

  return (
    <form ref={form} className={styles.composer} onSubmit={send}>
      {answering !== null && (
        <p className={styles.note}>
          In answer to {answering.by?.name ?? answering.via.name}{' '}
          <Button look="plain" onClick={() => onAnswer(null)}>
            Do not answer
          </Button>
        </p>
      )}
      {help && suggestions.length > 0 && <help.Suggestions id={list} commands={suggestions} active={active} onTake={take} />}
      {help && asks && <help.CommandHint command={asks} />}
      {children}
      <div className={styles.box} data-text={`${draft}\n`}>
        <textarea
          ref={box}
          aria-label="Message"
          aria-autocomplete="list"
          aria-controls={suggestions.length > 0 ? list : undefined}
          aria-activedescendant={suggestions.length > 0 ? `${list}-${active}` : undefined}
          placeholder={narrow.matches ? 'Write to the room' : 'Write to the room. / for commands, @ for people'}
          rows={1}
          value={draft}
          onChange={(event) => write(event.target.value)}
          onKeyDown={typed}
        />
      </div>
      <div className={styles.row}>
        <p className={styles.note} role="status">
          {over > 0
            ? `${over} characters too long. Send it in two.`
            : connection.name === 'lost'
              ? 'Goes out when the connection is back'
              : ''}
        </p>
        <Button type="submit" look="primary" disabled={text === '' || over > 0}>
          Send
        </Button>
      </div>
    </form>
  );
}
