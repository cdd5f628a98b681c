import { createHash } from 'node:crypto';

export const CHANNEL_NAME_CHARS = 50;
/** Teams takes more than these, but each channel has a folder too, and those take less. As the inside of a class. */
export const ALLOWED_IN_NAMES = '\\p{L}\\p{M}\\p{N} .,=@!()_-';

const NOT_ALLOWED = new RegExp(`[^${ALLOWED_IN_NAMES}]+`, 'gu');
const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' });
const MARK_CHARS = 6;

/** What Teams allows of a name, and something where it allows nothing of it. */
export function channelName(name: string, chars = CHANNEL_NAME_CHARS): string {
  const plain = name
    .normalize('NFC')
    .replace(NOT_ALLOWED, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[ ._]+|[ .]+$/g, '');
  let kept = '';
  for (const { segment } of SEGMENTS.segment(plain)) {
    if (kept.length + segment.length > chars) break;
    kept += segment;
  }
  return kept.replace(/[ .]+$/, '') || 'room';
}

/** Where somebody else's channel has that name: with an end that only this key gives. */
export function channelNameOf(name: string, key: string): string {
  const mark = createHash('sha256').update(key).digest('hex').slice(0, MARK_CHARS);
  return `${channelName(name, CHANNEL_NAME_CHARS - MARK_CHARS - 1)} ${mark}`;
}
