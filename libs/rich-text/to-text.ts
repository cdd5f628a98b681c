import type { Content } from '@musterhq/chat-port';
import { blockLines } from './block-lines.ts';
import type { Names } from './names.ts';

/** Everything the content says, as plain text: for terminals, mail's text part and search. Addresses of links are written out. */
export function toText(content: Content, names?: Names): string {
  const options = { links: 'address', ...(names && { names }) } as const;
  return content.blocks.map((block) => blockLines(block, options).join('\n')).join('\n\n');
}
