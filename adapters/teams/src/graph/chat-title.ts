/** What Teams takes. */
export const TITLE_CHARS = 250;
const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What Teams allows of a name as the title of a group chat, which has no colon. Two chats may have one title. */
export function chatTitle(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[:\p{C}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  let kept = '';
  for (const { segment } of SEGMENTS.segment(plain)) {
    if (kept.length + segment.length > TITLE_CHARS) break;
    kept += segment;
  }
  return kept.trimEnd() || 'room';
}
