import type { Content } from '@musterhq/chat-port';
import { toMarkdown as write, type Options } from 'mdast-util-to-markdown';
import { writers } from './markdown/dialect.ts';
import { toMdast } from './markdown/to-mdast.ts';
import type { Names } from './names.ts';
import { normalise } from './normalise.ts';

const options: Options = {
  bullet: '-',
  emphasis: '_',
  rule: '-',
  fences: true,
  listItemIndent: 'one',
  join: [(_left, _right, parent) => (parent.type === 'list' ? 0 : 1)],
  extensions: writers as Options[],
};

/**
 * The content as Markdown that says the same and nothing more: every sign in a text that could be read as markup
 * is escaped, so `fromMarkdown(toMarkdown(c))` equals `normalise(c)`. Without the last line's end.
 */
export function toMarkdown(content: Content, names?: Names): string {
  const { blocks } = normalise(content, names);
  return write({ type: 'root', children: toMdast(blocks) }, options).replace(/\n$/, '');
}
