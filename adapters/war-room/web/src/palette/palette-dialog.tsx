import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { useLocation } from 'wouter';
import { api } from '../api/api.ts';
import type { Change } from '../room/changes/changes.tsx';
import { type OpenDialog, useDialogs } from '../shell/dialogs.ts';
import { mayHere } from '../store/may-here.ts';
import { beginHere } from '../ui/begin-here.ts';
import { Modal } from '../ui/modal.tsx';
import { times } from '../ui/preference.ts';
import { useLoaded } from '../ui/use-loaded.ts';
import { groupsFor } from './entries.ts';
import type { Around, Entry } from './entries.types.ts';
import { PaletteList } from './palette-list.tsx';
import styles from './palette.module.css';

const GOING_ON_EVERY_MS = 15_000;
const loadAround = async () => {
  const [me, { incidents }] = await Promise.all([api.me(), api.goingOn()]);
  return { me, incidents };
};

export interface PaletteDialogProps {
  readonly onOpen: (dialog: OpenDialog) => void;
  readonly onClose: () => void;
}

/**
 * Everything that can be done here, by its name: what is written narrows it down, the arrows choose, Enter takes. It teaches the
 * shorter ways: each entry shows its key, and how the same is written in the room and in every chat.
 */
export function PaletteDialog({ onOpen, onClose }: PaletteDialogProps) {
  const list = useId();
  const [, go] = useLocation();
  const { room: current } = useDialogs();
  const [here] = useState(() => current.current);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const [loaded] = useLoaded(loadAround, GOING_ON_EVERY_MS);
  const [now] = useState(Date.now);
  const groups = useMemo(() => {
    const { room, me } = here?.store.view() ?? { room: null, me: null };
    const known = loaded.name === 'here' ? loaded.value : null;
    const may = (me ?? known?.me)?.may ?? [];
    const around: Around = {
      room,
      may: (action) => room !== null && me !== null && mayHere(me, room.incident, action),
      open: known?.incidents ?? [],
      mayDeclare: may.includes('incident.declare'),
    };
    return groupsFor(query, around, now);
  }, [here, loaded, query, now]);
  const entries = groups.flatMap((group) => group.entries);
  const active = Math.min(chosen, entries.length - 1);

  function write(words: string): void {
    setQuery(words);
    setChosen(0);
  }

  function take({ act }: Entry): void {
    if (act.is === 'write') return write(act.words);
    // First it has to be gone: only what is not behind a modal box takes the focus.
    flushSync(onClose);
    if (act.is === 'change') here?.change(act.change as Change);
    else if (act.is === 'send') here?.store.send({ type: 'command', body: { text: act.text } });
    else if (act.is === 'open') onOpen(act.dialog);
    else if (act.is === 'leave') location.assign(act.to);
    else if (act.is === 'go') goTo(act.to, go);
    else if (act.is === 'times') times.choose(times.read() === 'utc' ? 'local' : 'utc');
    else focusOn(act.is === 'message-box' ? 'textarea[aria-label=Message]' : '[role=log] [data-row][tabindex="0"]');
  }

  function typed(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const isAsked = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
    if (event.key === 'ArrowDown') setChosen((active + 1) % entries.length);
    else if (event.key === 'ArrowUp') setChosen((active + entries.length - 1) % entries.length);
    else if (event.key === 'Enter' && entries[active]) take(entries[active]);
    else if (isAsked) onClose();
    else return;
    event.preventDefault();
  }

  useEffect(() => setChosen(0), [loaded.name]);

  return (
    <Modal label="Commands and search" onClose={onClose}>
      <input
        ref={beginHere}
        className={styles.box}
        role="combobox"
        aria-label="What to do, an incident, or words that were said"
        aria-autocomplete="list"
        aria-expanded={entries.length > 0}
        aria-controls={list}
        aria-activedescendant={entries.length > 0 ? `${list}-${active}` : undefined}
        placeholder={here === null ? 'What to do, or an incident' : 'What to do, an incident, or words said here. / for commands'}
        autoComplete="off"
        spellCheck={false}
        maxLength={2_000}
        value={query}
        onChange={(event) => write(event.target.value)}
        onKeyDown={typed}
      />
      <PaletteList id={list} groups={groups} active={active} onTake={take} />
      <p role="status" className={styles.none}>
        {entries.length === 0 && 'There is nothing like that. Try another word, or fewer.'}
      </p>
    </Modal>
  );
}

function goTo(to: string, go: (to: string) => void): void {
  if (to.startsWith('#')) location.hash = to;
  else go(to);
}

const focusOn = (selector: string): void => document.querySelector<HTMLElement>(selector)?.focus();
