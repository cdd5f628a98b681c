import type { types } from '@slack/bolt';
import type { Block } from '@musterhq/chat-port';
import { cutText } from './graphemes.ts';
import { MESSAGE_CHARS } from './limits.ts';
import { plainBlocks } from './plain-text.ts';
import { type Journey, lengthOf, richInlines } from './rich-inlines.ts';

type Element = types.RichTextElement;

/** A Slack block, and how much of a message's room its text takes. */
export interface Piece {
  readonly block: types.KnownBlock;
  readonly chars: number;
}

export function richPiece(elements: types.RichTextBlock['elements'], chars: number): Piece {
  return { block: { type: 'rich_text', elements }, chars };
}

/** A paragraph or a quote. Only one longer than a message is cut, for where it is cut a reader sees a new paragraph. */
export function richParagraphs(type: 'rich_text_section' | 'rich_text_quote', elements: readonly Element[]): Piece[] {
  return cutElements(elements).map((run) => richPiece([{ type, elements: run }], lengthOfRun(run)));
}

export function richPre(v: string): Piece[] {
  return cutText(v, MESSAGE_CHARS).map((text) =>
    richPiece([{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }], text.length),
  );
}

interface Line {
  readonly ordered: boolean;
  readonly indent: number;
  readonly number: number;
  readonly elements: Element[];
}

/** Nested lists are lists with an indent to Slack. A list too long for one piece goes on in the next, counting on. */
export function richList(list: Extract<Block, { t: 'list' }>, to: Journey): Piece[] {
  const pieces: Piece[] = [];
  let lines: Line[] = [];
  let chars = 0;
  for (const line of linesOf(list, to, 0)) {
    const length = lengthOfRun(line.elements);
    if (lines.length > 0 && chars + length > MESSAGE_CHARS) {
      pieces.push(richPiece(listsOf(lines), chars));
      lines = [];
      chars = 0;
    }
    lines.push(line);
    chars += length;
  }
  return lines.length > 0 ? [...pieces, richPiece(listsOf(lines), chars)] : pieces;
}

function linesOf(list: Extract<Block, { t: 'list' }>, to: Journey, indent: number): Line[] {
  return list.items.flatMap((item, i) => {
    const inner = item.filter((block) => block.t === 'list');
    const [head, ...more] = item.filter((block) => block.t !== 'list');
    const elements = head && 'c' in head ? richInlines(head.c, to) : head ? richInlines([{ t: 'text', v: plainBlocks([head]) }], to) : [];
    const rest = more.length > 0 ? richInlines([{ t: 'text', v: `\n${plainBlocks(more)}` }], to) : [];
    const runs = cutElements([...elements, ...rest]);
    return [
      ...(runs.length > 0 ? runs : [[]]).map((run) => ({ ordered: list.ordered, indent, number: i, elements: run })),
      ...inner.flatMap((nested) => linesOf(nested, to, Math.min(indent + 1, 8))),
    ];
  });
}

function listsOf(lines: readonly Line[]): types.RichTextBlock['elements'] {
  const lists: (types.RichTextList & { offset?: number })[] = [];
  let last: Line | undefined;
  for (const line of lines) {
    const section: types.RichTextSection = { type: 'rich_text_section', elements: line.elements };
    const open = lists.at(-1);
    if (open && last?.ordered === line.ordered && last.indent === line.indent) open.elements.push(section);
    else lists.push(listOf(line, section));
    last = line;
  }
  return lists;
}

function listOf({ ordered, indent, number }: Line, section: types.RichTextSection): types.RichTextList & { offset?: number } {
  return {
    type: 'rich_text_list',
    style: ordered ? 'ordered' : 'bullet',
    elements: [section],
    ...(indent > 0 ? { indent } : {}),
    ...(ordered && number > 0 ? { offset: number } : {}),
  };
}

/** Cuts a run of elements where it gets too long. Only text is ever cut, and only between graphemes. */
function cutElements(elements: readonly Element[]): Element[][] {
  const runs: Element[][] = [];
  let run: Element[] = [];
  let chars = 0;
  const close = (): void => {
    if (run.length > 0) runs.push(run);
    run = [];
    chars = 0;
  };
  for (const element of elements) {
    const parts = element.type === 'text' ? textParts(element, MESSAGE_CHARS - chars) : [element];
    for (const part of parts) {
      if (chars + lengthOf(part) > MESSAGE_CHARS) close();
      run.push(part);
      chars += lengthOf(part);
    }
  }
  close();
  return runs;
}

function textParts(element: types.RichTextText, room: number): types.RichTextText[] {
  if (element.text.length <= room) return [element];
  return cutText(element.text, MESSAGE_CHARS, room > 200 ? room : MESSAGE_CHARS).map((text) => ({ ...element, text }));
}

const lengthOfRun = (run: readonly Element[]): number => run.reduce((sum, element) => sum + lengthOf(element), 0);
