import type { types } from '@slack/bolt';
import type { Choice } from '@musterhq/chat-port';
import { shorten } from './graphemes.ts';
import { GROUP_LABEL, OPTION_LABEL, OPTIONS, OPTION_VALUE } from './limits.ts';

/** Slack keeps no longer value, and a shortened one would come back as another choice. */
export const isTooLong = ({ value }: Choice): boolean => value.length > OPTION_VALUE;

export function optionsOf(choices: readonly Choice[]): types.PlainTextOption[] {
  return choices.map(({ label, value }) => ({ text: plain(label || value, OPTION_LABEL), value }));
}

/** What a list holds: options, and in groups by their first and last where there are more than one list takes. */
export function listOf(options: readonly types.PlainTextOption[]): Pick<types.StaticSelect, 'options' | 'option_groups'> {
  if (options.length <= OPTIONS) return { options: [...options] };
  const groups: { label: types.PlainTextElement; options: types.PlainTextOption[] }[] = [];
  for (let i = 0; i < options.length; i += OPTIONS) {
    const some = options.slice(i, i + OPTIONS);
    const half = Math.floor((GROUP_LABEL - 3) / 2);
    const [first, last] = [some[0], some.at(-1)].map((option) => shorten(option?.text.text ?? '', half));
    groups.push({ label: plain(`${first} – ${last}`, GROUP_LABEL), options: some });
  }
  return { option_groups: groups };
}

const plain = (text: string, max: number): types.PlainTextElement => ({ type: 'plain_text', text: shorten(text, max), emoji: false });
