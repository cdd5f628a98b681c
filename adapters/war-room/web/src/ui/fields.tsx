import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
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

/**
 * `required` is the sentence shown when it was left empty. Only sending the form brings it and only typing takes it away:
 * what came or went when the field is left would move the button under the pointer that is just pressing it.
 */
export function TextField({ label, help, required, lines, maxLength, value, onChange, ...field }: TextFieldProps) {
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [refused, setRefused] = useState(false);
  const missing = required !== undefined && value.trim() === '' ? required : '';
  useEffect(() => input.current?.setCustomValidity(missing), [missing]);
  const own = { ref: input, className: styles.input!, onInvalid: () => setRefused(true) };

  function write(next: string): void {
    setRefused(false);
    onChange(next);
  }

  return (
    <AriaTextField
      {...field}
      className={styles.field!}
      value={value}
      onChange={write}
      isRequired={required !== undefined}
      isInvalid={refused}
      validationBehavior="aria"
      maxLength={maxLength}
    >
      <Label className={styles.label!}>{label}</Label>
      {help !== undefined && (
        <Text slot="description" className={styles.help!}>
          {help}
        </Text>
      )}
      {lines === undefined ? <Input {...own} /> : <TextArea {...own} rows={lines} />}
      <FieldError className={styles.error!}>{required}</FieldError>
    </AriaTextField>
  );
}

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
    <RadioGroup className={styles.field!} value={value} onChange={(chosen) => onChange(chosen as T)}>
      <Label className={styles.label!}>{label}</Label>
      <div className={styles.choices} data-side-by-side={sideBySide || undefined}>
        {choices.map((choice, index) => (
          <Radio
            key={choice.value}
            value={choice.value}
            className={styles.choice!}
            aria-describedby={choice.help === undefined ? undefined : `${id}${index}`}
            autoFocus={autoFocus && choice.value === value}
          >
            <span className={styles.dot} aria-hidden="true" />
            <span className={styles.words}>
              <span className={styles.name}>{choice.label}</span>
              {choice.help !== undefined && (
                <span id={`${id}${index}`} className={styles.help}>
                  {choice.help}
                </span>
              )}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
