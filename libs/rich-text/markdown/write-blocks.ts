import type { Block, Inline } from '@musterhq/chat-port';
import { writeInlines } from './write-inlines.ts';

/** Normal blocks as Markdown; only what `normalise` leaves can occur. */
export function writeBlocks(blocks: readonly Block[]): string {
  return blocks.map(writeBlock).join('\n\n');
}

function writeBlock(block: Block): string {
  switch (block.t) {
    case 'p':
      return writeInlines(block.c);
    case 'quote':
      return indent(writeInlines(block.c), '> ');
    case 'h': // signs at the end would be taken for the closing ones
      return `${'#'.repeat(block.level)} ${writeInlines(block.c).replace(/(^|[ \t])(#+)$/, '$1\\$2')}`;
    case 'list':
      return block.items.map((item, index) => writeItem(item, block.ordered ? `${index + 1}. ` : '- ')).join('\n');
    case 'pre':
      return writePre(block.v, block.lang);
    case 'rule':
      return '***'; // not dashes: "- ---" is a rule, not an item with one
    case 'table':
      return [
        row(block.head.map((v) => (v === '' ? [] : [{ t: 'text', v }]))),
        rule(block.head.length),
        ...block.rows.map((cells) => row(cells)),
      ].join('\n');
    default:
      return '';
  }
}

/** A list under its paragraph needs no blank line, and reads better without. */
function writeItem(blocks: readonly Block[], marker: string): string {
  const text = blocks.reduce((above, block, index) => {
    if (index === 0) return writeBlock(block);
    const isUnder = block.t === 'list' && blocks[index - 1]?.t === 'p';
    return above + (isUnder ? '\n' : '\n\n') + writeBlock(block);
  }, '');
  return marker + indent(text, ' '.repeat(marker.length)).slice(marker.length);
}

function indent(text: string, by: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? by.trimEnd() : by + line))
    .join('\n');
}

function writePre(value: string, lang = ''): string {
  const longest = Math.max(2, ...(value.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${lang}\n${value}${value === '' ? '' : '\n'}${fence}`;
}

function row(cells: readonly (readonly Inline[])[]): string {
  return `| ${cells.map((cell) => writeInlines(cell, { bars: true })).join(' | ')} |`;
}

function rule(width: number): string {
  return `|${' --- |'.repeat(width)}`;
}
