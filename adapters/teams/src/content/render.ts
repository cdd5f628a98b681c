import type { Block, Content, Part, Rendering, RoomRef } from '@musterhq/chat-port';
import { blockLines } from '#libs/rich-text/block-lines';
import { actionsOf } from './actions.ts';
import { Calls } from './calls.ts';
import { type CardAttachment, type CardElement, type CardMention, type RunsElement, attachmentOf, cardOf } from './card.ts';
import { fileLine } from './file-line.ts';
import { PAYLOAD_BYTES, TEXT_CHARS } from './limits.ts';
import { type Notes, linesOf, run, runsOf } from './runs.ts';

/** What is stored as a part's body: the part of the activity that does not depend on where it goes. */
export interface TeamsBody {
  readonly type: 'message';
  /** What a notification shows. Plain: Teams reads no markup in it. */
  readonly summary: string;
  readonly attachments: readonly [CardAttachment];
}

/** Pure: a card of its own for each part, in order. Always a card and never text beside it, which Teams would make two messages of. */
export function render(content: Content, room?: RoomRef): Rendering {
  const notes: Notes = { losses: [], calls: new Calls(room) };
  const elements = elementsOf(content, notes).flatMap(fitting);
  const parts = packed(elements, notes.calls).map((body) => partOf(body, content.summary, notes.calls));
  return { parts, losses: notes.losses };
}

/** The same as one card, for answers that go back in the same breath. Nobody is called by them. */
export const answerCard = (content: Content): CardAttachment =>
  attachmentOf(cardOf(elementsOf(content, { losses: [], calls: new Calls() })));

function elementsOf({ blocks, author, summary }: Content, notes: Notes): CardElement[] {
  const from = author ? linesOf([run(`${author.name} (${author.via})`, { isSubtle: true })]) : [];
  const elements = [...from, ...blocks.flatMap((block) => [...blockElements(block, notes), ...notes.calls.take()])];
  return elements.length > 0 ? elements : linesOf([run(summary || ' ')]);
}

function blockElements(block: Block, notes: Notes): CardElement[] {
  switch (block.t) {
    case 'p':
      return linesOf(runsOf(block.c, notes));
    case 'quote':
      return linesOf(runsOf(block.c, notes, { isSubtle: true, italic: true }));
    case 'h':
      return linesOf(runsOf(block.c, notes, { weight: 'Bolder', size: block.level === 1 ? 'Large' : 'Medium' }));
    case 'list':
      return block.items.flatMap((item, n) => listItem(block.ordered ? `${n + 1}. ` : '• ', item, notes));
    case 'pre':
      return linesOf([run(block.v, { fontType: 'Monospace' })]);
    case 'rule':
      return [{ type: 'RichTextBlock', inlines: [run('')], separator: true }];
    case 'facts':
      return block.rows.flatMap(({ label, c }) => linesOf([run(`${label}: `, { weight: 'Bolder' }), ...runsOf(c, notes)]));
    case 'actions':
      return actionsOf(block.items, notes.losses);
    case 'image':
    case 'file': {
      const line = fileLine(block);
      return line ? linesOf(line) : onlyWords(block, notes);
    }
    default:
      return onlyWords(block, notes);
  }
}

function onlyWords(block: Block & { t: keyof typeof LOST }, notes: Notes): CardElement[] {
  notes.losses.push({ feature: LOST[block.t], note: `only the words of it are shown: ${block.t}` });
  return linesOf([run(blockLines(block, { links: 'address' }).join('\n'))]);
}

const LOST = { table: 'table', image: 'files', file: 'files', input: 'inputs' } as const;

function listItem(mark: string, item: readonly Block[], notes: Notes): CardElement[] {
  const [first, ...rest] = item.flatMap((block) => blockElements(block, notes));
  if (first?.type !== 'RichTextBlock') return [...linesOf([run(mark)]), ...(first ? [first] : []), ...rest];
  return [{ ...first, inlines: [run(mark), ...first.inlines] }, ...rest];
}

function charsOf(element: CardElement): number {
  if (element.type === 'TextBlock') return element.text.length;
  return element.type === 'RichTextBlock' ? element.inlines.reduce((sum, { text }) => sum + text.length, 0) : 0;
}

/** UTF-16, as Teams counts. */
const bytesOf = (value: unknown): number => JSON.stringify(value).length * 2;

const fits = (element: CardElement): boolean => charsOf(element) <= TEXT_CHARS && bytesOf(element) <= PAYLOAD_BYTES / 2;

/** A line that is longer than a message is cut, between what a reader sees as characters. */
function fitting(element: CardElement): CardElement[] {
  if (element.type !== 'RichTextBlock' || fits(element)) return [element];
  const pieces: RunsElement[] = [];
  let inlines: RunsElement['inlines'] = [];
  let chars = 0;
  const end = (): void => {
    if (inlines.length > 0) pieces.push({ ...element, inlines });
    [inlines, chars] = [[], 0];
  };
  for (const { text, ...style } of element.inlines) {
    let piece = '';
    for (const { segment } of SEGMENTS.segment(text)) {
      if (chars + segment.length > PIECE_CHARS) {
        if (piece !== '') inlines = [...inlines, { ...style, text: piece }];
        end();
        piece = '';
      }
      piece += segment;
      chars += segment.length;
    }
    if (piece !== '') inlines = [...inlines, { ...style, text: piece }];
  }
  end();
  return pieces;
}

const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** A quarter of what a message holds, so that JSON's own escapes have room too: the longest are six for one. */
const PIECE_CHARS = TEXT_CHARS / 4;

function packed(elements: readonly CardElement[], calls: Calls): CardElement[][] {
  const packs: CardElement[][] = [[]];
  let [chars, bytes] = [0, 0];
  for (const element of elements) {
    const [more, weight] = [charsOf(element), bytesOf(element) + bytesOf(explaining([element], calls))];
    if (packs.at(-1)!.length > 0 && (chars + more > TEXT_CHARS || bytes + weight > PAYLOAD_BYTES - ENVELOPE_BYTES)) {
      packs.push([]);
      [chars, bytes] = [0, 0];
    }
    packs.at(-1)!.push(element);
    chars += more;
    bytes += weight;
  }
  return packs;
}

/** What stands around the elements: the card's own words, the summary and the names of the conversation. */
const ENVELOPE_BYTES = 4_000;
const SUMMARY_CHARS = 250;

const explaining = (elements: readonly CardElement[], calls: Calls): CardMention[] =>
  elements.flatMap((element) => (element.type === 'TextBlock' ? calls.explaining(element) : []));

function partOf(elements: readonly CardElement[], summary: string, calls: Calls): Part {
  const card = cardOf(elements, explaining(elements, calls));
  const body: TeamsBody = { type: 'message', summary: shortened(summary), attachments: [attachmentOf(card)] };
  return { body, chars: elements.reduce((sum, element) => sum + charsOf(element), 0), bytes: bytesOf(body) };
}

/** A notification shows a line or so; all of the words are in the card. */
function shortened(summary: string): string {
  if (summary.length <= SUMMARY_CHARS) return summary;
  let kept = '';
  for (const { segment } of SEGMENTS.segment(summary)) {
    if (kept.length + segment.length >= SUMMARY_CHARS) break;
    kept += segment;
  }
  return `${kept}…`;
}
