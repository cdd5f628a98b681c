import { useEffect } from 'react';
import { tinykeys } from 'tinykeys';
import { unlessTyping } from '../../shell/use-page-keys.ts';
import { singleKeys, usePreference } from '../../ui/preference.ts';

const firstOf = (selector: string): HTMLElement | null => document.querySelector<HTMLElement>(selector);

/** `m` goes to the message box, `j` and `k` to the messages. */
export function useWriteKey(): void {
  const enabled = usePreference(singleKeys);
  useEffect(() => {
    if (!enabled) return;
    const toMessages = (event: KeyboardEvent): void => {
      if (event.target instanceof Element && event.target.closest('[role=log]')) return;
      unlessTyping(event, () => firstOf('[role=log] [data-row][tabindex="0"]')?.focus());
    };
    return tinykeys(window, {
      m: (event) => unlessTyping(event, () => firstOf('textarea[aria-label=Message]')?.focus()),
      j: toMessages,
      k: toMessages,
    });
  }, [enabled]);
}
