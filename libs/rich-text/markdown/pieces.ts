import { trimGap } from '../gap.ts';

/** A stretch of text that means the same alone as it does in its place. */
export type Piece = { readonly t: 'markup'; readonly v: string } | { readonly t: 'pre'; readonly lang?: string; readonly v: string };

const FENCE = /^(`{3,}|~{3,})[ \t]*([^`\s]*)[^`]*$/;
const INNER_FENCE = /^[ \t>*+\-\d.)]*(?:```|~~~)/;
const FRESH = /^[\p{L}\p{Emoji_Presentation}]/u;

/**
 * Cuts Markdown where nothing can reach across: a fence at the line's start is taken out whole (a pasted log
 * costs nothing then), and a line that begins with a letter after a blank one ends every list, quote and table.
 */
export function pieces(text: string): Piece[] {
  const cut: Piece[] = [];
  const lines = text.split('\n');
  let piece: string[] = [];
  let isFresh = true; // no inner fence is open that would swallow a fence or a paragraph
  const end = (): void => {
    if (piece.length > 0) cut.push({ t: 'markup', v: piece.join('\n') });
    piece = [];
    isFresh = true;
  };

  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const fence = isFresh ? FENCE.exec(line) : null;
    if (fence) {
      end();
      const close = closing(lines, at + 1, fence[1]!);
      cut.push({ t: 'pre', ...(fence[2] && { lang: fence[2] }), v: bodyOf(lines, at + 1, close) });
      at = close;
      continue;
    }
    if (isFresh && isBlank(piece.at(-1)) && FRESH.test(line)) end();
    if (INNER_FENCE.test(line)) isFresh = false;
    piece.push(line);
  }
  end();
  return cut;
}

function bodyOf(lines: readonly string[], from: number, close: number): string {
  const body = lines.slice(from, close).join('\n');
  const isOpen = close === lines.length; // then the text's last line end is not the code's
  return isOpen && body.endsWith('\n') ? body.slice(0, -1) : body;
}

function closing(lines: readonly string[], from: number, fence: string): number {
  for (let at = from; at < lines.length; at++) if (closes(lines[at]!, fence)) return at;
  return lines.length;
}

function closes(line: string, fence: string): boolean {
  const words = trimGap(line);
  if (words.length < fence.length) return false;
  for (const sign of words) if (sign !== fence[0]) return false;
  return true;
}

function isBlank(line: string | undefined): boolean {
  return line !== undefined && /^[ \t]*$/.test(line);
}
