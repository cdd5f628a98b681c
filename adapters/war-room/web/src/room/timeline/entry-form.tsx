import { useState, type FormEvent } from 'react';
import { limits } from '#libs/war-room-protocol/vocabulary';
import { Button } from '../../ui/button.tsx';
import { useZone } from '../../ui/preference.ts';
import styles from './timeline.module.css';

export interface EntryFormProps {
  readonly verb: string;
  readonly text?: string;
  /** ISO 8601. */
  readonly at?: string;
  readonly onSave: (entry: { readonly text: string; readonly at: string }) => void;
}

/** What happened, and when; in the zone that the page's times are in. */
export function EntryForm({ verb, text: was = '', at, onSave }: EntryFormProps) {
  const utc = useZone() === 'UTC';
  const [text, setText] = useState(was);
  const [when, setWhen] = useState(() => inputOf(at ?? new Date().toISOString(), utc));

  function save(event: FormEvent): void {
    event.preventDefault();
    const moment = new Date(utc ? `${when}Z` : when);
    if (text.trim() === '' || Number.isNaN(moment.getTime())) return;
    onSave({ text: text.trim(), at: moment.toISOString() });
    if (was === '') setText('');
  }

  return (
    <form className={styles.form} onSubmit={save}>
      <label>
        When ({utc ? 'UTC' : 'local time'})
        <input type="datetime-local" required value={when} onChange={(event) => setWhen(event.target.value)} />
      </label>
      <label>
        What happened
        <input type="text" required maxLength={limits.entryChars} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <Button type="submit">{verb}</Button>
    </form>
  );
}

/** As the box wants it: without a zone, to the minute. */
function inputOf(iso: string, utc: boolean): string {
  const date = new Date(iso);
  const shifted = utc ? date : new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
