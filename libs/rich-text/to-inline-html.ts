import type { Block, Content } from '@musterhq/chat-port';
import { blockLines } from './block-lines.ts';
import { inlineHtml, words } from './html/inline-html.ts';

/** The content as HTML within a sentence, a line for each block. Escaped by construction, as `toHtml` is. Never throws. */
export const toInlineHtml = ({ blocks }: Content): string => blocks.map(lineHtml).join('<br>');

function lineHtml(block: Block): string {
  switch (block.t) {
    case 'p':
    case 'h':
    case 'quote':
      return inlineHtml(block.c, undefined);
    case 'pre':
      return `<code>${words(block.v)}</code>`;
    default:
      return words(blockLines(block, { links: 'label' }).join('\n'));
  }
}
