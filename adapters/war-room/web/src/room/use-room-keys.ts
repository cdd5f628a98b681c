import { useEffect } from 'react';
import { tinykeys } from 'tinykeys';
import { unlessTyping } from '../shell/use-page-keys.ts';
import { singleKeys, usePreference } from '../ui/preference.ts';

const firstOf = (selector: string): HTMLElement | null => document.querySelector<HTMLElement>(selector);

/** `m` goes to the message box, `j` and `k` to the messages; `s` and `u` open what is changed most often. */
export function useRoomKeys(change: (change: 'severity' | 'update') => void): void {
  const enabled = usePreference(singleKeys);
  useEffect(() => {
    if (!enabled) return;
    const toMessages = (event: KeyboardEvent): void => {
      if (event.target instanceof Element && event.target.closest('[role=log]')) return;
      unlessTyping(event, () => firstOf('[role=log] [data-row][tabindex="0"]')?.focus());
    };
    return tinykeys(window, {
      m: (event) => unlessTyping(event, () => firstOf('textarea[aria-label=Message]')?.focus()),
      s: (event) => unlessTyping(event, () => change('severity')),
      u: (event) => unlessTyping(event, () => change('update')),
      j: toMessages,
      k: toMessages,
    });
  }, [enabled, change]);
}
