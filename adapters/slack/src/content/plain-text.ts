import type { Block, Inline } from '@musterhq/chat-port';

export const isSafeHref = (href: string): boolean => /^(https?:\/\/|mailto:)[^\s]+$/i.test(href);

export function plainInlines(inlines: readonly Inline[]): string {
  return inlines.map(plainInline).join('');
}

function plainInline(inline: Inline): string {
  switch (inline.t) {
    case 'text':
    case 'code':
      return inline.v;
    case 'strong':
    case 'em':
    case 'strike':
      return plainInlines(inline.c);
    case 'link':
      return plainInlines(inline.c) || inline.href;
    case 'mention':
      return inline.who === 'everyone' ? '@everyone' : 'group' in inline.who ? `@${inline.who.group}` : `@${inline.who.user}`;
    case 'room':
      return `#${inline.ref.room}`;
    case 'emoji':
      return inline.unicode ?? `:${inline.name}:`;
    case 'time':
      return readableTime(inline.at);
  }
}

/** For readers whose client cannot show a time in their own zone. */
export function readableTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

export function plainBlocks(blocks: readonly Block[]): string {
  return blocks.map(plainBlock).filter(Boolean).join('\n');
}

function plainBlock(block: Block): string {
  switch (block.t) {
    case 'p':
    case 'quote':
    case 'h':
      return plainInlines(block.c);
    case 'pre':
      return block.v;
    case 'list':
      return block.items.map((item, i) => `${block.ordered ? `${i + 1}.` : '•'} ${plainBlocks(item)}`).join('\n');
    case 'facts':
      return block.rows.map(({ label, c }) => `${label}: ${plainInlines(c)}`).join('\n');
    case 'table':
      return [block.head, ...block.rows.map((row) => row.map(plainInlines))].map((row) => row.join(' | ')).join('\n');
    case 'image':
      return block.alt || block.file.name;
    case 'file':
      return block.file.name;
    case 'rule':
    case 'actions':
    case 'input':
      return '';
  }
}
