import type { JsonObject, SlackBlock } from './objects.ts';
import { takeApart, type Directory, type TypedPiece } from './text.ts';

const INLINE = /`([^`\n]+)`|(?<![\w*])\*([^*\n]+)\*(?![\w*])|(?<![\w_])_([^_\n]+)_(?![\w_])|(?<![\w~])~([^~\n]+)~(?![\w~])/g;
const STYLES = ['code', 'bold', 'italic', 'strike'] as const;

/** The rich_text block that Slack's clients send beside the text of a person's message. */
export function typedToRichText(typed: string, names: Directory, blockId: string): SlackBlock {
  return { type: 'rich_text', block_id: blockId, elements: paragraphs(typed).map((p) => element(p, names)) };
}

interface Paragraph {
  readonly kind: 'section' | 'preformatted' | 'quote' | 'list';
  readonly lines: readonly string[];
}

function paragraphs(typed: string): Paragraph[] {
  const out: { kind: Paragraph['kind']; lines: string[] }[] = [];
  const add = (kind: Paragraph['kind'], line: string): void => {
    const last = out.at(-1);
    if (last?.kind === kind && kind !== 'preformatted') last.lines.push(line);
    else out.push({ kind, lines: [line] });
  };
  // Two fences enclose a part; a fence that is never closed is text.
  const parts = typed.split(/\n?(```[^]+?```)\n?/);
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1) add('preformatted', part.slice(3, -3).replace(/^\n|\n$/g, ''));
    else if (part !== '' || parts.length === 1) for (const line of part.split('\n')) addLine(line, add);
  }
  return out;
}

function addLine(line: string, add: (kind: Paragraph['kind'], line: string) => void): void {
  if (line.startsWith('> ')) return add('quote', line.slice(2));
  if (/^[-•*] \S/.test(line)) return add('list', line.slice(2));
  add('section', line);
}

function element({ kind, lines }: Paragraph, names: Directory): JsonObject {
  const text = lines.join('\n');
  if (kind === 'preformatted') return { type: 'rich_text_preformatted', elements: [{ type: 'text', text }], border: 0 };
  if (kind === 'quote') return { type: 'rich_text_quote', elements: inline(text, names) };
  if (kind === 'section') return { type: 'rich_text_section', elements: inline(text, names) };
  const items = lines.map((line) => ({ type: 'rich_text_section', elements: inline(line, names) }));
  return { type: 'rich_text_list', style: 'bullet', indent: 0, border: 0, elements: items };
}

function inline(text: string, names: Directory): JsonObject[] {
  const out: JsonObject[] = [];
  const add = (raw: string, style?: JsonObject): void => {
    const pieces: TypedPiece[] = style?.['code'] ? [{ type: 'text', text: raw }] : takeApart(raw, names);
    for (const piece of pieces) if (piece.type !== 'text' || piece.text !== '') out.push(style ? { ...piece, style } : { ...piece });
  };
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > from) add(text.slice(from, match.index));
    const which = STYLES.findIndex((_, i) => match[i + 1] !== undefined);
    const style = STYLES[which] ?? 'bold';
    add(match[which + 1] ?? '', { [style]: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) add(text.slice(from));
  return out;
}
