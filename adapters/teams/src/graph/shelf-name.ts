import { createHash } from 'node:crypto';

const MOST_CHARS = 100;
const FORBIDDEN = /["*:<>?/\\|#%\p{Cc}]/gu;
const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * A file's name as SharePoint takes it, with the key in it: the same file brought again takes its own place, and nobody else's. Names that
 * SharePoint keeps for itself begin with `~$` or have `_vti_` in them.
 */
export function shelfName(name: string, key: string): string {
  const plain = name
    .replace(FORBIDDEN, '_')
    .replace(/^[\s~$.]+/, '')
    .replace(/_vti_/gi, '_')
    .replace(/[\s.]+$/, '');
  const [, stem = '', ending = ''] = /^(.*?)(\.[a-z\d]{1,10})?$/is.exec(plain) ?? [];
  const mark = createHash('sha256').update(key).digest('hex').slice(0, 8);
  return `${shortened(stem) || 'file'}-${mark}${ending}`;
}

const shortened = (text: string): string =>
  text.length <= MOST_CHARS
    ? text
    : [...SEGMENTS.segment(text)].reduce((kept, { segment }) => (kept.length + segment.length > MOST_CHARS ? kept : kept + segment), '');
