import type { Block, Inline } from '@musterhq/chat-port';
import type { BlockContent, PhrasingContent, TableCell, TableRow } from 'mdast';

/** Normal blocks as remark's tree; only what `normalise` leaves can occur. */
export function toMdast(blocks: readonly Block[]): BlockContent[] {
  return blocks.flatMap((block): BlockContent[] => {
    switch (block.t) {
      case 'p':
        return [{ type: 'paragraph', children: phrasing(block.c) }];
      case 'h':
        return [{ type: 'heading', depth: block.level, children: phrasing(block.c) }];
      case 'quote':
        return [{ type: 'blockquote', children: [{ type: 'paragraph', children: phrasing(block.c) }] }];
      case 'list':
        return [{ type: 'list', ordered: block.ordered, spread: false, children: block.items.map((item) => ({ type: 'listItem', spread: false, children: toMdast(item) })) }];
      case 'pre':
        return [{ type: 'code', lang: block.lang ?? null, value: block.v }];
      case 'rule':
        return [{ type: 'thematicBreak' }];
      case 'table':
        return [{ type: 'table', children: [row(block.head.map((v) => (v === '' ? [] : [{ t: 'text', v }]))), ...block.rows.map(row)] }];
      default:
        return [];
    }
  });
}

function row(cells: readonly Inline[][]): TableRow {
  return { type: 'tableRow', children: cells.map((cell): TableCell => ({ type: 'tableCell', children: phrasing(cell) })) };
}

function phrasing(inlines: readonly Inline[]): PhrasingContent[] {
  return inlines.flatMap((inline): PhrasingContent[] => {
    switch (inline.t) {
      case 'text':
        return [{ type: 'text', value: inline.v }];
      case 'code':
        return [{ type: 'inlineCode', value: inline.v }];
      case 'strong':
        return [{ type: 'strong', children: phrasing(inline.c) }];
      case 'em':
        return [{ type: 'emphasis', children: phrasing(inline.c) }];
      case 'strike':
        return [{ type: 'delete', children: phrasing(inline.c) }];
      case 'link':
        return [{ type: 'link', url: inline.href, children: phrasing(inline.c) }];
      default:
        return [];
    }
  });
}
