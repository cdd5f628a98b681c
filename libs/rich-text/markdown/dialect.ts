import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified, type Processor } from 'unified';
import type { Root } from 'mdast';

// What people type in a chat is not a document. Raw HTML stays text; four spaces are no code and a line of
// dashes makes no heading of the line above; there are no footnotes, reference links and check boxes.
const OFF = [
  'htmlFlow', 'htmlText', 'codeIndented', 'setextUnderline', 'definition',
  'gfmFootnoteCall', 'gfmFootnoteDefinition', 'gfmPotentialFootnoteCall', 'tasklistCheck',
]; // prettier-ignore

/** remark with GitHub's tables, strikes and bare links, less what a chat does not mean. */
const processor = unified().use(remarkParse).use(remarkGfm).use(asChat).freeze();

function asChat(this: Processor): void {
  const data = this.data() as { micromarkExtensions?: unknown[]; fromMarkdownExtensions?: unknown[] };
  data.micromarkExtensions?.push({ disable: { null: OFF } });
  // The transforms look for bare links a second time, with patterns that are quadratic on "a.a.a.a.a".
  data.fromMarkdownExtensions = data.fromMarkdownExtensions?.flat(2).map((extension) => ({ ...(extension as object), transforms: [] }));
}

export function parse(text: string): Root {
  return processor.parse(text) as Root;
}
