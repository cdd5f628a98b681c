import type { Block } from '@musterhq/chat-port';
import { blockLines } from './block-lines.ts';

const GRAPHEMES = 140;
const ENOUGH = 4_000; // a grapheme has no longest form; nobody writes one of more than 28 characters in good faith
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The beginning of what was said, on one line: for notifications and screen readers. Never cuts a grapheme. */
export function summarise(blocks: readonly Block[]): string {
  let text = '';
  for (const block of blocks) {
    const words = blockLines(block, { links: 'label' }).join(' ').replaceAll('\n', ' ').trim();
    if (words !== '') text += text === '' ? words : ` ${words}`;
    if (text.length >= ENOUGH) break;
  }
  return firstGraphemes(text.slice(0, ENOUGH));
}

function firstGraphemes(text: string): string {
  if (text.length <= GRAPHEMES) return text;

  let count = 0;
  for (const { index } of segmenter.segment(text)) {
    if (count === GRAPHEMES) return text.slice(0, index);
    count++;
  }
  return text;
}
