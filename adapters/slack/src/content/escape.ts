import { graphemesIn } from './graphemes.ts';

/** Slack's three control characters. Escaped, no text can open a mention, a link or a broadcast. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** At most `max` characters once it is escaped, with an ellipsis when something is missing. */
export function escapeWithin(text: string, max: number): string {
  const whole = escapeText(text);
  if (whole.length <= max) return whole;
  let kept = '';
  for (const one of graphemesIn(text)) {
    const next = escapeText(one);
    if (kept.length + next.length >= max) break;
    kept += next;
  }
  return `${kept}…`;
}

export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
