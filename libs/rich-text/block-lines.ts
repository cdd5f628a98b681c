import type { Action, Block, Field, FileRef } from '@musterhq/chat-port';
import { plain, type PlainOptions } from './inline/plain.ts';

const MAX_DEPTH = 32;

/** A block as lines of plain text. Buttons and fields are named, not dropped: the reader learns they exist. */
export function blockLines(block: Block, options: PlainOptions, depth = 0): string[] {
  switch (block.t) {
    case 'p':
    case 'h':
      return plain(block.c, options).split('\n');
    case 'quote':
      return plain(block.c, options)
        .split('\n')
        .map((line) => `> ${line}`);
    case 'list':
      return depth >= MAX_DEPTH ? ['…'] : listLines(block, options, depth);
    case 'pre':
      return block.v.split('\n');
    case 'rule':
      return ['---'];
    case 'facts':
      return block.rows.map(({ label, c }) => `${label}: ${plain(c, options)}`);
    case 'table':
      return [block.head, ...block.rows.map((row) => row.map((cell) => plain(cell, options)))].map((row) => row.join(' | '));
    case 'image':
      return [imageText(block)];
    case 'file':
      return [fileText(block.file)];
    case 'actions':
      return block.items.map(actionText);
    case 'input':
      return [fieldText(block.field)];
  }
}

function listLines({ ordered, items }: Extract<Block, { t: 'list' }>, options: PlainOptions, depth: number): string[] {
  return items.flatMap((item, index) => {
    const marker = ordered ? `${index + 1}. ` : '- ';
    const lines = item.flatMap((block) => blockLines(block, options, depth + 1));
    return (lines.length === 0 ? [''] : lines).map((line, at) => (at === 0 ? marker : ' '.repeat(marker.length)) + line);
  });
}

export function imageText({ file, alt }: Extract<Block, { t: 'image' }>): string {
  return alt === '' || alt === file.name ? `Image: ${file.name}` : `Image: ${alt} (${file.name})`;
}

export function fileText({ name, bytes }: FileRef): string {
  return `File: ${name} (${bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`})`;
}

export function actionText(action: Action): string {
  return action.t === 'open' ? `${action.label}: ${action.href}` : `[${action.label}]`;
}

export function fieldText(field: Field): string {
  const value = 'value' in field ? field.value : undefined;
  const given = Array.isArray(value) ? value.join(', ') : value;
  return given ? `${field.label}: ${given}` : `${field.label}:`;
}
