import type { Block } from '@musterhq/chat-port';

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
    const words = trimmed(line);
    if (words === '') end();
    else lines.push(words);
  }
  end();
  return blocks;
}

// Walked by hand: a pattern such as /[ \t]+$/ is quadratic on a long run of spaces inside a line.
function trimmed(line: string): string {
  let from = 0;
  let to = line.length;
  while (from < to && isSpace(line.charCodeAt(from))) from++;
  while (to > from && isSpace(line.charCodeAt(to - 1))) to--;
  return line.slice(from, to);
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9;
}
