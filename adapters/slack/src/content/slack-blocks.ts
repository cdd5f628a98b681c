import type { Block, Inline } from '@musterhq/chat-port';
import { actionPieces } from './actions.ts';
import { factsPieces } from './facts.ts';
import { fieldBlock } from './field-block.ts';
import { HEADER_CHARS } from './limits.ts';
import { isSafeHref, plainInlines } from './plain-text.ts';
import { type Piece, richList, richParagraphs, richPre } from './rich-blocks.ts';
import { type Journey, richInlines } from './rich-inlines.ts';
import { tablePieces } from './table.ts';

export function piecesOf(blocks: readonly Block[], to: Journey): Piece[] {
  return blocks.flatMap((block) => pieces(block, to));
}

function pieces(block: Block, to: Journey): Piece[] {
  switch (block.t) {
    case 'p':
      return richParagraphs('rich_text_section', richInlines(block.c, to));
    case 'quote':
      return richParagraphs('rich_text_quote', richInlines(block.c, to));
    case 'h':
      return heading(block.level, block.c, to);
    case 'list':
      return richList(block, to);
    case 'pre':
      return richPre(block.v);
    case 'rule':
      return [{ block: { type: 'divider' }, chars: 0 }];
    case 'facts':
      return factsPieces(block, to);
    case 'table':
      return tablePieces(block, to);
    case 'image':
    case 'file':
      return filePieces(block, to);
    case 'actions':
      return actionPieces(block.items, to);
    case 'input':
      return [{ block: fieldBlock(block.field), chars: block.field.label.length + (block.field.hint?.length ?? 0) }];
  }
}

/** A header block holds plain text alone; with anything else in it, or too long, the heading is a bold line. */
function heading(level: 1 | 2 | 3, c: readonly Inline[], to: Journey): Piece[] {
  const text = plainInlines(c);
  const isBare = c.every(({ t }) => t === 'text') && !/[&<>\r\n]/.test(text) && text.trim() !== '';
  if (level === 1 && isBare && text.length <= HEADER_CHARS) {
    return [{ block: { type: 'header', text: { type: 'plain_text', text, emoji: false } }, chars: text.length }];
  }
  return richParagraphs('rich_text_section', richInlines([{ t: 'strong', c: [...c] }], to));
}

function filePieces(block: Extract<Block, { t: 'image' | 'file' }>, to: Journey): Piece[] {
  if (isUploaded(block.file.id)) {
    to.files.push({ id: block.file.id, title: block.file.name });
    return [];
  }
  to.losses.push({ feature: 'files', note: `The file "${block.file.name}" is named, not shown.` });
  const name = block.t === 'image' && block.alt ? `${block.file.name} (${block.alt})` : block.file.name;
  const c: Inline[] = isSafeHref(block.file.id)
    ? [{ t: 'link', href: block.file.id, c: [{ t: 'text', v: name }] }]
    : [{ t: 'text', v: name }];
  return richParagraphs('rich_text_section', richInlines(c, to));
}

/** As Slack calls what was brought to it (`files.put`); other ids are of somewhere else. */
const isUploaded = (id: string): boolean => /^F[A-Z0-9]{6,}$/.test(id);
