import type { Block } from '@musterhq/chat-port';
import { plainInlines } from './plain-text.ts';
import { type Piece, richPre } from './rich-blocks.ts';
import type { Journey } from './rich-inlines.ts';

/** Aligned columns in fixed width: Slack's own table block may stand in a message only once, and below everything else. */
export function tablePieces(table: Extract<Block, { t: 'table' }>, to: Journey): Piece[] {
  const rows = [table.head, ...table.rows.map((row) => row.map((cell) => plainInlines(cell).replace(/[\r\n\t]+/g, ' ')))];
  const widths = table.head.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  to.losses.push({ feature: 'table', note: 'The table is shown as aligned text; links and mentions in it are plain.' });
  return richPre(lines.join('\n'));
}
