import { useEffect } from 'react';
import { tinykeys } from 'tinykeys';
import { useLocation } from 'wouter';
import { singleKeys, times, usePreference } from '../ui/preference.ts';
import type { OpenDialog } from './dialogs.ts';

/** The keys that work on every page. None of them acts while someone types, composes, or has turned single keys off. */
export function usePageKeys(open: ((dialog: OpenDialog) => void) | undefined): void {
  const enabled = usePreference(singleKeys);
  const [, go] = useLocation();

  // With a modifier it may be pressed while somebody types: that is when a command is forgotten.
  useEffect(() => {
    if (open === undefined) return;
    return tinykeys(window, {
      '$mod+k': (event) => {
        if (event.isComposing || inDialog(event)) return;
        event.preventDefault();
        open('palette');
      },
    });
  }, [open]);

  useEffect(() => {
    if (!enabled || open === undefined) return;
    return tinykeys(window, {
      c: (event) => unlessTyping(event, () => open('declare')),
      // Where the question mark lies differs by keyboard: with Shift on most, alone on some.
      'Shift+?': (event) => unlessTyping(event, () => open('help')),
      '?': (event) => unlessTyping(event, () => open('help')),
      'g h': (event) => unlessTyping(event, () => go('/')),
      z: (event) => unlessTyping(event, () => times.choose(times.read() === 'utc' ? 'local' : 'utc')),
    });
  }, [enabled, open, go]);
}

const inDialog = ({ target }: KeyboardEvent): boolean => target instanceof Element && target.closest('dialog') !== null;

export function unlessTyping(event: KeyboardEvent, act: () => void): void {
  const target = event.target instanceof Element ? event.target : null;
  if (event.isComposing || target?.closest('input, textarea, select, [contenteditable], dialog')) return;
  event.preventDefault();
  act();
}
