import type { Inline, Rendering } from '@musterhq/chat-port';
import { atomText } from '#libs/rich-text/inline/atom-text';
import type { Calls } from './calls.ts';
import type { Run, RunsElement } from './card.ts';

export type Losses = Rendering['losses'];

/** What rendering leaves beside the elements. */
export interface Notes {
  readonly losses: Losses;
  readonly calls: Calls;
}
type Style = Omit<Run, 'type' | 'text'>;

const SAFE = /^(https?:\/\/|mailto:|tel:)\S+$/i;

export const run = (text: string, style: Style = {}): Run => ({ type: 'TextRun', text, ...style });

export function runsOf(inlines: readonly Inline[], notes: Notes, style: Style = {}): Run[] {
  return inlines.flatMap((inline) => {
    switch (inline.t) {
      case 'text':
        return [run(inline.v, style)];
      case 'code':
        return [run(inline.v, { ...style, fontType: 'Monospace' })];
      case 'strong':
        return runsOf(inline.c, notes, { ...style, weight: 'Bolder' });
      case 'em':
        return runsOf(inline.c, notes, { ...style, italic: true });
      case 'strike':
        return runsOf(inline.c, notes, { ...style, strikethrough: true });
      case 'link':
        return runsOf(inline.c, notes, linked(inline.href, notes.losses, style));
      case 'mention':
        if (!notes.calls.add(inline))
          notes.losses.push({ feature: inline.who === 'everyone' ? 'mention.everyone' : 'mention.user', note: 'named, and not notified' });
        return [run(atomText(inline), style)];
      default:
        return [run(atomText(inline), style)];
    }
  });
}

function linked(href: string, losses: Losses, style: Style): Style {
  if (SAFE.test(href)) return { ...style, selectAction: { type: 'Action.OpenUrl', url: href } };
  losses.push({ feature: 'text', note: 'an address that is not for browsers is not a link' });
  return style;
}

/**
 * `{{DATE(…)}}` and `{{TIME(…)}}` are the only words that a run does not show as they are, and there is no way to escape them:
 * so no run holds two braces beside each other.
 */
const unbraced = ({ text, ...style }: Run): Run[] => text.split(/(?<=\{)(?=\{)/).map((part) => ({ ...style, text: part }));

/** A run holds one line; what has several is several elements with nothing between them. */
export function linesOf(runs: readonly Run[]): RunsElement[] {
  const lines: Run[][] = [[]];
  for (const { text, ...style } of runs.flatMap(unbraced)) {
    const [first = '', ...rest] = text.split(/\r\n?|\n/);
    if (first !== '') lines.at(-1)!.push({ ...style, text: first });
    for (const line of rest) lines.push(line === '' ? [] : [{ ...style, text: line }]);
  }
  return lines.map((inlines, n) => ({
    type: 'RichTextBlock',
    inlines: inlines.length > 0 ? inlines : [run('')],
    ...(n > 0 && { spacing: 'None' }),
  }));
}
