import { useState, type FormEvent } from 'react';
import { reactions } from '#libs/war-room-protocol/reactions';
import { limits } from '#libs/war-room-protocol/vocabulary';
import { Button } from '../../ui/button.tsx';
import styles from './acts.module.css';

/** The usual signs, one press each, and a box for any other short name. */
export function ReactForm({ onReact, onClose }: { readonly onReact: (emoji: string) => void; readonly onClose: () => void }) {
  const [name, setName] = useState('');

  function send(event: FormEvent): void {
    event.preventDefault();
    if (name.trim() !== '') onReact(name.trim());
  }

  return (
    <form className={styles.menu} aria-label="React" onSubmit={send} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      {reactions.map((reaction, index) => (
        <button
          key={reaction.name}
          type="button"
          className={styles.reaction}
          autoFocus={index === 0}
          aria-label={reaction.says}
          title={reaction.says}
          onClick={() => onReact(reaction.name)}
        >
          {reaction.sign}
        </button>
      ))}
      <label className={styles.short}>
        Another, by its short name
        <input type="text" maxLength={limits.emojiChars} value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      <Button type="submit" disabled={name.trim() === ''}>
        React
      </Button>
      <Button onClick={onClose}>Cancel</Button>
    </form>
  );
}
