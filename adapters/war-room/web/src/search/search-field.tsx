import { type FormEvent, useEffect, useId, useRef } from 'react';
import { tinykeys } from 'tinykeys';
import { searchChars } from '#libs/war-room-protocol/search';
import { unlessTyping } from '../shell/use-page-keys.ts';
import { singleKeys, usePreference } from '../ui/preference.ts';
import styles from './search.module.css';

export interface SearchFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Where one writes what to look for. `/` brings one here from anywhere on the page, Escape empties it. */
export function SearchField({ value, onChange }: SearchFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const enabled = usePreference(singleKeys);
  useEffect(() => {
    if (!enabled) return;
    return tinykeys(window, { '/': (event) => unlessTyping(event, () => input.current?.focus()) });
  }, [enabled]);

  function look(event: FormEvent): void {
    event.preventDefault();
    onChange(`${input.current?.value.trim() ?? ''} `);
  }

  return (
    <form role="search" action="/search" className={styles.search} onSubmit={look}>
      <label htmlFor={id}>Search incidents and what was said</label>
      <input
        ref={input}
        id={id}
        type="search"
        name="q"
        value={value}
        maxLength={searchChars}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onChange('')}
      />
    </form>
  );
}
