import styles from './composer.module.css';
import type { SlashCommand } from './slash-commands.ts';

export { mostNeeded } from '#libs/war-room-protocol/most-needed';
export { namesFor } from './names.ts';
export { argumentsOf, suggestionsFor } from './slash-commands.ts';

export interface SuggestionsProps {
  readonly id: string;
  readonly commands: readonly SlashCommand[];
  readonly active: number;
  readonly onTake: (index: number) => void;
}

/** The focus stays in the box; this only shows what the arrows would choose. */
export function Suggestions({ id, commands, active, onTake }: SuggestionsProps) {
  return (
    <ul id={id} className={styles.suggestions} role="listbox" aria-label="Commands">
      {commands.map(({ word, then, says, whole }, index) => (
        <li
          key={whole ?? word}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          ref={index === active ? intoView : undefined}
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(index);
          }}
        >
          <code>{word}</code> <em>{says}</em> <span>{then}</span>
        </li>
      ))}
    </ul>
  );
}

const intoView = (row: HTMLElement | null): void => row?.scrollIntoView({ block: 'nearest' });

/** What belongs to the command that is being written, for as long as it is. */
export function CommandHint({ command: { word, then, says } }: { readonly command: SlashCommand }) {
  return (
    <p className={`${styles.suggestions} ${styles.hint}`} role="status">
      <code>{word}</code> {then} <em>{says}</em>
    </p>
  );
}
