import type { Content } from '@musterhq/chat-port';
import { writeBlocks } from './markdown/write-blocks.ts';
import type { Names } from './names.ts';
import { normaliseBlocks } from './normalise.ts';

/**
 * The content as Markdown that says the same and nothing more: every sign in a text that could be read as markup
 * is escaped, so `fromMarkdown(toMarkdown(c))` equals `normalise(c)`, as far as it is no longer than anybody reads
 * (`fromMarkdown` has a budget). Written here and not with mdast-util-to-markdown: that one loses an emphasis
 * beside a strike, a code with a bar and a bare "www" (found by the property in this file's spec).
 */
export function toMarkdown(content: Content, names?: Names): string {
  return writeBlocks(normaliseBlocks(content.blocks, names));
}
