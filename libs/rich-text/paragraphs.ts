import type { Block } from '@musterhq/chat-port';
import { trimGap } from './gap.ts';

const BLANK = /^[ \t]*$/;

/**
 * The paragraphs of tidy text: a blank line starts the next one, a single line end stays a line break,
 * because that is what people mean in a chat. Spaces at the ends of lines mean nothing.
 */
export function paragraphs(text: string): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  const end = (): void => {
    if (lines.length > 0) blocks.push({ t: 'p', c: [{ t: 'text', v: lines.join('\n') }] });
    lines = [];
  };

  for (const line of text.split('\n')) {
    const words = trimGap(line);
    if (words !== '') lines.push(words);
    else if (BLANK.test(line)) end();
  }
  end();
  return blocks;
}
