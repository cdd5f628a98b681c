import { type ReactNode, useId } from 'react';
import { beginHere } from './begin-here.ts';
import styles from './fields.module.css';

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: ReactNode;
  readonly help?: string;
}

export interface ChoiceFieldProps<T extends string> {
  readonly label: string;
  readonly choices: readonly Choice<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly autoFocus?: boolean;
  /** For short ones: a form that asks for several things should fit a screen. */
  readonly sideBySide?: boolean;
}

export function ChoiceField<T extends string>({ label, choices, value, onChange, autoFocus, sideBySide = false }: ChoiceFieldProps<T>) {
  const id = useId();
  return (
    <div className={styles.field} role="radiogroup" aria-labelledby={id}>
      <span id={id} className={styles.label}>
        {label}
      </span>
      <div className={styles.choices} data-side-by-side={sideBySide || undefined}>
        {choices.map((choice, index) => (
          <label key={choice.value} className={styles.choice} data-selected={choice.value === value || undefined}>
            <input
              type="radio"
              className={styles.dot}
              name={id}
              ref={autoFocus && choice.value === value ? beginHere : undefined}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              aria-labelledby={`${id}${index}-name`}
              aria-describedby={choice.help === undefined ? undefined : `${id}${index}`}
            />
            <span className={styles.words}>
              <span id={`${id}${index}-name`} className={styles.name}>
                {choice.label}
              </span>
              {choice.help !== undefined && (
                <span id={`${id}${index}`} className={styles.help}>
                  {choice.help}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
    </div>
  );
}
