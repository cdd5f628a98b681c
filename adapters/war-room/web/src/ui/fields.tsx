import { type ChangeEvent, type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { beginHere } from './begin-here.ts';
import styles from './fields.module.css';

export interface TextFieldProps {
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maxLength: number;
  readonly required?: string;
  readonly lines?: number;
  readonly autoFocus?: boolean;
}

type Box = HTMLInputElement | HTMLTextAreaElement;

/**
 * `required` is the sentence shown when it was left empty. Only sending the form brings it and only typing takes it away:
 * what came or went when the field is left would move the button under the pointer that is just pressing it.
 */
export function TextField({ label, help, required, lines, maxLength, value, onChange, autoFocus = false }: TextFieldProps) {
  const id = useId();
  const box = useRef<Box>(null);
  const [refused, setRefused] = useState(false);
  const missing = required !== undefined && value.trim() === '' ? required : '';
  useEffect(() => box.current?.setCustomValidity(missing), [missing]);
  const described = [help !== undefined && `${id}-help`, refused && `${id}-why`].filter(Boolean).join(' ');

  const own = {
    ref: (element: Box | null) => {
      box.current = element;
      if (autoFocus) beginHere(element);
    },
    id,
    className: styles.input,
    value,
    maxLength,
    'aria-required': required !== undefined || undefined,
    'aria-invalid': refused || undefined,
    'aria-describedby': described || undefined,
    'data-invalid': refused || undefined,
    onChange: (event: ChangeEvent<Box>) => {
      setRefused(false);
      onChange(event.target.value);
    },
    // Our sentence below it instead of the browser's over it.
    onInvalid: (event: FormEvent<Box>) => {
      event.preventDefault();
      setRefused(true);
      if (event.currentTarget.form?.querySelector('input:invalid, textarea:invalid') === event.currentTarget) event.currentTarget.focus();
    },
  };

  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {help !== undefined && (
        <span id={`${id}-help`} className={styles.help}>
          {help}
        </span>
      )}
      {lines === undefined ? <input {...own} type="text" /> : <textarea {...own} rows={lines} />}
      {refused && (
        <span id={`${id}-why`} className={styles.error}>
          {required}
        </span>
      )}
    </div>
  );
}
