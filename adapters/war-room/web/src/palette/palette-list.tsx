import type { Entry, Group } from './entries.types.ts';
import styles from './palette.module.css';

export interface PaletteListProps {
  readonly id: string;
  readonly groups: readonly Group[];
  readonly active: number;
  readonly onTake: (entry: Entry) => void;
}

/** The focus stays in the box above; this shows what the arrows would choose. */
export function PaletteList({ id, groups, active, onTake }: PaletteListProps) {
  let index = 0;
  return (
    <div id={id} className={styles.list} role="listbox" aria-label="What can be done" hidden={groups.length === 0}>
      {groups.map((group) => (
        <div key={group.name} role="group" aria-label={group.name}>
          <p className={styles.group} aria-hidden="true">
            {group.name}
          </p>
          {group.entries.map((entry) => {
            const at = index++;
            return (
              <Row
                key={`${entry.command ?? ''} ${entry.says} ${at}`}
                id={`${id}-${at}`}
                entry={entry}
                isActive={at === active}
                onTake={onTake}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}

interface RowProps {
  readonly id: string;
  readonly entry: Entry;
  readonly isActive: boolean;
  readonly onTake: (entry: Entry) => void;
}

function Row({ id, entry, isActive, onTake }: RowProps) {
  const { says, command, then, key } = entry;
  return (
    <div
      id={id}
      className={styles.entry}
      role="option"
      aria-selected={isActive}
      ref={isActive ? intoView : undefined}
      // The box keeps the focus, for as long as there is one.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onTake(entry)}
    >
      <span>{says}</span> {command !== undefined && <code>{command}</code>} {key !== undefined && <kbd>{key}</kbd>}{' '}
      {then !== undefined && then !== '' && <span className={styles.then}>{then}</span>}
    </div>
  );
}

const intoView = (row: HTMLElement | null): void => row?.scrollIntoView({ block: 'nearest' });
