import type { RoomCommand } from '#libs/war-room-protocol/commands';
import type { Person } from '#libs/war-room-protocol/vocabulary';
import { statusLabel } from '../../store/happenings.ts';
import type { Outgoing } from '../../store/outgoing.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { ClockTime } from '../../ui/time.tsx';
import styles from './message.module.css';
import { SaidAt } from './said-at.tsx';

export interface OutgoingRowProps {
  readonly entry: Outgoing;
  readonly me: Person;
  readonly reachable: boolean;
  /** Said right after what this person said just above. */
  readonly goesOn: boolean;
  readonly onRetry: (id: string) => void;
  readonly onDiscard: (id: string) => void;
  readonly onEdit: (text: string) => void;
}

/** What this person did and the room does not show yet. A message stands where it will stand; the rest is a small line. */
export function OutgoingRow({ entry, me, reachable, goesOn, ...does }: OutgoingRowProps) {
  const { command } = entry;
  const state = <State entry={entry} {...does} />;
  const tabIndex = reachable ? 0 : -1;
  if (command.type !== 'message') {
    return (
      <article
        className={`${styles.small} ${entry.state === 'failed' ? '' : styles.soon}`}
        data-row={command.id}
        tabIndex={tabIndex}
        aria-label={wish(command)}
      >
        <div>
          <p>{wish(command)}</p>
          {state}
        </div>
      </article>
    );
  }
  return (
    <article
      className={styles.row}
      data-goes-on={goesOn || undefined}
      data-row={command.id}
      tabIndex={tabIndex}
      aria-labelledby={`by-${command.id}`}
    >
      {goesOn ? (
        <SaidAt id={`by-${command.id}`} name={me.name} at={entry.state === 'sent' ? null : entry.writtenAt} />
      ) : (
        <Avatar name={me.name} />
      )}
      <div className={styles.body}>
        {(!goesOn || entry.state === 'sent') && (
          <p className={styles.meta} id={goesOn ? undefined : `by-${command.id}`}>
            {!goesOn && <strong>{me.name}</strong>} <ClockTime at={entry.writtenAt} />
            {entry.state === 'sent' && <span className={styles.standing}> · Sent</span>}
          </p>
        )}
        <p className={styles.plain}>{command.body.text}</p>
        {entry.state !== 'sent' && state}
      </div>
    </article>
  );
}

function State({ entry, onRetry, onDiscard, onEdit }: Pick<OutgoingRowProps, 'entry' | 'onRetry' | 'onDiscard' | 'onEdit'>) {
  if (entry.state === 'sent') return <p className={styles.state}>Sent</p>;
  if (entry.state === 'waiting') return <p className={`${styles.state} ${styles.soon}`}>Waiting to send</p>;
  const { id, type, body } = entry.command;
  // The same words would be refused again: they go back to where they can be put right.
  const again = (): void => {
    if (type !== 'message' && type !== 'command') return onRetry(id);
    onEdit(body.text);
    onDiscard(id);
  };
  return (
    <p className={styles.state} data-failed="" role="alert">
      {type === 'message' ? 'Not sent' : 'Not done'}: {entry.why}
      <Button look="plain" onClick={again}>
        {type === 'message' || type === 'command' ? 'Edit' : 'Try again'}
      </Button>
      <Button look="plain" onClick={() => onDiscard(id)}>
        Discard
      </Button>
    </p>
  );
}

/** Said in other words than the verb and what was written behind it, because that is an id, or nothing. */
const wishes: Readonly<Partial<Record<RoomCommand['type'], string>>> = {
  edit: 'Edit a message',
  delete: 'Delete a message',
  react: 'React to a message',
  pin: 'Pin or un-pin a message',
  'say-again': 'Say it again where it is missing',
  apply: 'Apply what was asked for too late',
  entry: 'Add to the timeline',
  'edit-entry': 'Change the timeline',
  hide: 'Change the timeline',
  announce: 'Announce it',
  privacy: 'Change who sees it',
  join: 'Take part',
  add: 'Add somebody',
  remove: 'Send somebody out',
};

function wish(command: Exclude<RoomCommand, { type: 'message' }>): string {
  const { type, body } = command;
  if (type === 'command') return body.text;
  if (type === 'role') return body.to === null ? 'Give a role back' : body.to === 'me' ? 'Take a role' : 'Hand over a role';
  return wishes[type] ?? [statusLabel(type), ...Object.values(body)].join(' ');
}
