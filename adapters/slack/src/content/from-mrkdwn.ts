import type { Inline } from '@musterhq/chat-port';
import { roomRef, userRef, type Whose } from '../slack-names.ts';
import { unescapeText } from './escape.ts';

/**
 * Text as apps and old clients send it. Only what stands in angle brackets has meaning; marks such as asterisks stay
 * as they are, since nobody can tell a bold word from a multiplication.
 */
export function fromMrkdwn(text: string, whose: Whose): Inline[] {
  const inlines: Inline[] = [];
  let at = 0;
  for (const match of text.matchAll(/<([^<>]+)>/g)) {
    push(inlines, text.slice(at, match.index));
    inlines.push(entity(match[1] ?? '', whose));
    at = match.index + match[0].length;
  }
  push(inlines, text.slice(at));
  return inlines;
}

function push(inlines: Inline[], text: string): void {
  if (text !== '') inlines.push({ t: 'text', v: unescapeText(text) });
}

function entity(inside: string, whose: Whose): Inline {
  const [target = '', label] = inside.split('|', 2);
  const shown = label === undefined ? undefined : unescapeText(label);
  if (/^@[UWB]/.test(target)) return { t: 'mention', who: userRef(whose, target.slice(1)) };
  if (/^#[CGD]/.test(target) && shown) return { t: 'text', v: `#${shown}` };
  if (/^#[CGD]/.test(target)) return { t: 'room', ref: roomRef(whose, target.slice(1)) };
  if (/^!(channel|here|everyone)$/.test(target)) return { t: 'mention', who: 'everyone' };
  if (target.startsWith('!subteam^') && shown) return { t: 'text', v: `@${shown.replace(/^@/, '')}` };
  if (target.startsWith('!subteam^')) return { t: 'mention', who: { group: target.slice('!subteam^'.length) } };
  if (target.startsWith('!date^')) {
    const seconds = Number(target.split('^')[1]);
    if (Number.isFinite(seconds)) return { t: 'time', at: seconds * 1000, style: 'date' };
  }
  if (target.startsWith('!')) return { t: 'text', v: shown ?? target };
  const href = unescapeText(target);
  return { t: 'link', href, c: [{ t: 'text', v: shown ?? href }] };
}
