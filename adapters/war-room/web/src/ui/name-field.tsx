import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import fields from './fields.module.css';
import styles from './name-field.module.css';

export interface NameOption {
  readonly id: string;
  readonly name: string;
  /** What tells it from others. */
  readonly says?: string;
}

export interface NameFieldProps {
  readonly label: string;
  /** The sentence shown when it was left empty. */
  readonly required: string;
  readonly value: string;
  readonly options: readonly NameOption[];
  readonly onChange: (value: string) => void;
  readonly onTake: (id: string) => void;
  readonly maxLength: number;
}

/**
 * A name, with those that could be meant below it. The focus stays in the box: the arrows choose, Enter takes, Escape puts them
 * away, and what is written may be none of them.
 */
export function NameField({ label, required, value, options, onChange, onTake, maxLength }: NameFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState(0);
  const [isAway, setAway] = useState(true);
  const [refused, setRefused] = useState(false);
  const missing = value.trim() === '' ? required : '';
  useEffect(() => input.current?.setCustomValidity(missing), [missing]);
  const shown = isAway || value.trim() === '' ? [] : options;
  const active = Math.min(chosen, shown.length - 1);

  function write(next: string): void {
    setRefused(false);
    setAway(false);
    setChosen(0);
    onChange(next);
  }

  function take(index: number): void {
    const option = shown[index];
    if (option === undefined) return;
    setAway(true);
    onTake(option.id);
  }

  function typed(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || shown.length === 0) return;
    if (event.key === 'ArrowDown') setChosen((active + 1) % shown.length);
    else if (event.key === 'ArrowUp') setChosen((active + shown.length - 1) % shown.length);
    else if (event.key === 'Enter') take(active);
    else if (event.key === 'Escape') setAway(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className={fields.field}>
      <label className={fields.label} htmlFor={id}>
        {label}
      </label>
      <input
        ref={input}
        id={id}
        className={fields.input}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shown.length > 0}
        aria-controls={`${id}-names`}
        aria-activedescendant={shown.length > 0 ? `${id}-${active}` : undefined}
        aria-required
        aria-invalid={refused || undefined}
        aria-describedby={refused ? `${id}-why` : undefined}
        data-invalid={refused || undefined}
        autoComplete="off"
        maxLength={maxLength}
        value={value}
        onChange={(event) => write(event.target.value)}
        onKeyDown={typed}
        onInvalid={(event) => {
          event.preventDefault();
          setRefused(true);
          input.current?.focus();
        }}
      />
      <ul id={`${id}-names`} className={styles.names} role="listbox" aria-label="Names" hidden={shown.length === 0}>
        {shown.map((option, index) => (
          <li
            key={option.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            onPointerDown={(event) => {
              event.preventDefault();
              take(index);
            }}
          >
            {option.name} {option.says !== undefined && <span>{option.says}</span>}
          </li>
        ))}
      </ul>
      {refused && (
        <span id={`${id}-why`} className={fields.error}>
          {required}
        </span>
      )}
    </div>
  );
}
