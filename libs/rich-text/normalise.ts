import type { Block, Content, Inline } from '@musterhq/chat-port';
import { actionText, blockLines, fieldText, fileText, imageText } from './block-lines.ts';
import { fromRuns } from './inline/from-runs.ts';
import { normaliseInlines } from './inline/normalise-inlines.ts';
import { plain } from './inline/plain.ts';
import { toRuns } from './inline/runs.ts';
import { LANGUAGE } from './language.ts';
import type { Names } from './names.ts';
import { summarise } from './summarise.ts';
import { tidy } from './tidy.ts';

const MAX_DEPTH = 32;

/**
 * The content as Markdown can say it: mentions, times, facts, files and buttons become words, and what can be
 * written in two ways is written in one. Doing it again changes nothing, and
 * `fromMarkdown(toMarkdown(c))` equals `normalise(c)` for every content.
 */
export function normalise(content: Content, names?: Names): Content {
  const blocks = normaliseBlocks(content.blocks, names);
  return { blocks, summary: summarise(blocks) };
}

export function normaliseBlocks(blocks: readonly Block[], names?: Names, depth = 0): Block[] {
  const normal: Block[] = [];
  for (const block of blocks.flatMap((given) => normaliseBlock(given, names, depth))) {
    const before = normal.at(-1);
    const joins = block.t === 'list' && before?.t === 'list' && before.ordered === block.ordered;
    if (joins) before.items.push(...block.items);
    else normal.push(block);
  }
  return normal;
}

function normaliseBlock(block: Block, names: Names | undefined, depth: number): Block[] {
  const lines = (c: readonly Inline[]): Inline[] => normaliseInlines(c, 'many', names);
  const line = (c: readonly Inline[]): Inline[] => normaliseInlines(c, 'one', names);
  const cell = (c: readonly Inline[]): Inline[] => line(withoutBarCode(c, names));

  switch (block.t) {
    case 'p':
    case 'quote':
      return filled({ t: block.t, c: lines(block.c) });
    case 'h':
      return filled({ t: 'h', level: block.level, c: line(block.c) });
    case 'list': {
      if (depth >= MAX_DEPTH) return filled({ t: 'p', c: lines([text(blockLines(block, { links: 'label' }).join('\n'))]) });
      const items = block.items.map((item) => normaliseBlocks(item, names, depth + 1)).filter((item) => item.length > 0);
      return items.length === 0 ? [] : [{ t: 'list', ordered: block.ordered, items }];
    }
    case 'pre':
      return [{ t: 'pre', ...(block.lang && LANGUAGE.test(block.lang) && { lang: block.lang }), v: tidy(block.v) }];
    case 'rule':
      return [{ t: 'rule' }];
    case 'table':
      return normaliseTable(block, cell);
    case 'facts':
      return filled({
        t: 'p',
        c: lines(block.rows.flatMap(({ label, c }) => [{ t: 'strong', c: [text(label)] }, text(': '), ...c, text('\n')])),
      });
    case 'image':
      return words(imageText(block));
    case 'file':
      return words(fileText(block.file));
    case 'input':
      return words(fieldText(block.field));
    case 'actions':
      return filled({
        t: 'p',
        c: lines(
          block.items.flatMap((item): Inline[] => [
            item.t === 'open' ? { t: 'link', href: item.href, c: [text(item.label)] } : text(actionText(item)),
            text('\n'),
          ]),
        ),
      });
  }
}

/** Rows as wide as the widest one: a cell beyond the head would be lost. */
function normaliseTable({ head, rows }: Extract<Block, { t: 'table' }>, cell: (c: readonly Inline[]) => Inline[]): Block[] {
  const width = Math.max(head.length, ...rows.map((row) => row.length));
  if (width === 0) return [];
  const columns = Array.from({ length: width }, (_, index) => index);
  return [
    {
      t: 'table',
      head: columns.map((index) => plain(cell([text(head[index] ?? '')]))),
      rows: rows.map((row) => columns.map((index) => cell(row[index] ?? []))),
    },
  ];
}

/** A backslash before a bar cannot be written as code in a table's cell, in no dialect: there it is text. */
function withoutBarCode(c: readonly Inline[], names?: Names): Inline[] {
  return fromRuns(toRuns(c, names).map((run) => (run.t === 'code' && run.v.includes('\\|') ? { ...run, t: 'text' } : run)));
}

function filled(block: Extract<Block, { t: 'p' | 'quote' | 'h' }>): Block[] {
  return block.c.length === 0 ? [] : [block];
}

function words(value: string): Block[] {
  return filled({ t: 'p', c: normaliseInlines([text(value)], 'many') });
}

function text(v: string): Inline {
  return { t: 'text', v };
}
