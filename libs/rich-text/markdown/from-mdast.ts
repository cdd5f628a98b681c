import type { Block, Inline } from '@musterhq/chat-port';
import type { List, PhrasingContent, RootContent, Table } from 'mdast';
import { blockLines } from '../block-lines.ts';
import { isSafeHref } from '../safe-href.ts';

const MAX_DEPTH = 40; // normalise ends lists at 32; this only keeps the walk itself short

/** remark's tree as blocks of ours. What our tree has no word for keeps its text. */
export function fromMdast(nodes: readonly RootContent[], source: string, depth = 0): Block[] {
  return nodes.flatMap((node) => fromNode(node, source, depth));
}

function fromNode(node: RootContent, source: string, depth: number): Block[] {
  if (depth > MAX_DEPTH) return [asText(sourceOf(node, source))];
  switch (node.type) {
    case 'paragraph':
      return [{ t: 'p', c: inlines(node.children, source) }];
    case 'heading':
      return [{ t: 'h', level: level(node.depth), c: inlines(node.children, source) }];
    case 'blockquote':
      return [{ t: 'quote', c: quoted(fromMdast(node.children, source, depth + 1)) }];
    case 'list':
      return fromList(node, source, depth);
    case 'code':
      return [{ t: 'pre', ...(node.lang && { lang: node.lang }), v: node.value }];
    case 'thematicBreak':
      return [{ t: 'rule' }];
    case 'table':
      return [fromTable(node, source)];
    default:
      return [asText(sourceOf(node, source))];
  }
}

/** A list that starts elsewhere than at 1 is a reference to something ("3. is the one"): its numbers are words. */
function fromList(list: List, source: string, depth: number): Block[] {
  const items = list.children.map((item) => fromMdast(item.children, source, depth + 1));
  if (!list.ordered || list.start === 1) return [{ t: 'list', ordered: list.ordered === true, items }];

  return items.flatMap((item, index) => {
    const number: Inline = { t: 'text', v: `${(list.start ?? 1) + index}. ` };
    const [first, ...rest] = item;
    return first?.t === 'p' ? [{ t: 'p', c: [number, ...first.c] }, ...rest] : [{ t: 'p', c: [number] }, ...item];
  });
}

function fromTable({ children: [head, ...rows] }: Table, source: string): Block {
  return {
    t: 'table',
    head: (head?.children ?? []).map((cell) => blockLines({ t: 'p', c: inlines(cell.children, source) }, { links: 'label' }).join(' ')),
    rows: rows.map((row) => row.children.map((cell) => inlines(cell.children, source))),
  };
}

/** Our quotes hold lines, not blocks: what was quoted stays inside, as lines. */
function quoted(blocks: readonly Block[]): Inline[] {
  return blocks.flatMap((block): Inline[] => {
    if (block.t === 'p' || block.t === 'h' || block.t === 'quote') return [...block.c, { t: 'text', v: '\n' }];
    return blockLines(block, { links: 'address' }).flatMap((line): Inline[] => [
      { t: block.t === 'pre' ? 'code' : 'text', v: line },
      { t: 'text', v: '\n' },
    ]);
  });
}

function inlines(nodes: readonly PhrasingContent[], source: string): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    switch (node.type) {
      case 'text':
        return [{ t: 'text', v: node.value }];
      case 'inlineCode':
        return [{ t: 'code', v: node.value }];
      case 'break':
        return [{ t: 'text', v: '\n' }];
      case 'strong':
        return [{ t: 'strong', c: inlines(node.children, source) }];
      case 'emphasis':
        return [{ t: 'em', c: inlines(node.children, source) }];
      case 'delete':
        return [{ t: 'strike', c: inlines(node.children, source) }];
      case 'link':
        return isSafeHref(node.url)
          ? [{ t: 'link', href: node.url, c: inlines(node.children, source) }]
          : typed(node, inlines(node.children, source), node.url, source);
      case 'image': // a picture from elsewhere would tell its server who reads the room
        return isSafeHref(node.url)
          ? [{ t: 'link', href: node.url, c: [{ t: 'text', v: node.alt || node.url }] }]
          : typed(node, [{ t: 'text', v: node.alt ?? '' }], node.url, source);
      default:
        return [{ t: 'text', v: sourceOf(node, source) }];
    }
  });
}

/** A link we refuse stays as it was typed, so that its reader sees what somebody tried. */
function typed(node: PhrasingContent, label: Inline[], url: string, source: string): Inline[] {
  const written = sourceOf(node, source);
  return written.includes('\n') ? [...label, { t: 'text', v: ` (${url})` }] : [{ t: 'text', v: written }];
}

function sourceOf({ position }: RootContent | PhrasingContent, source: string): string {
  return source.slice(position?.start.offset ?? 0, position?.end.offset ?? 0);
}

function asText(v: string): Block {
  return { t: 'p', c: [{ t: 'text', v }] };
}

function level(depth: number): 1 | 2 | 3 {
  return depth === 1 ? 1 : depth === 2 ? 2 : 3;
}
