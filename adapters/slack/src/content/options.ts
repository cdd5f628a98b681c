import type { types } from '@slack/bolt';
import type { Choice } from '@musterhq/chat-port';
import { shorten } from './graphemes.ts';
import { OPTION_LABEL, OPTIONS, OPTION_VALUE } from './limits.ts';

export function optionsOf(choices: readonly Choice[]): types.PlainTextOption[] {
  return choices.slice(0, OPTIONS).map(({ label, value }) => ({
    text: { type: 'plain_text', text: shorten(label || value, OPTION_LABEL), emoji: false },
    value: value.slice(0, OPTION_VALUE),
  }));
}
