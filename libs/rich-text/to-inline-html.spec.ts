import fc from 'fast-check';
import { fromMarkdown } from './from-markdown.ts';
import { blocks } from './test/any-content.ts';
import { markupOf } from './test/markup-of.ts';
import { toInlineHtml } from './to-inline-html.ts';

const written = (text: string): string => toInlineHtml(fromMarkdown(text));
/** What may stand in a paragraph. */
const ELEMENTS = ['code', 'strong', 'em', 's', 'a', 'span', 'time', 'br'];

describe('Content within a sentence', () => {
  it('shows code, emphasis and links as a message does', () => {
    expect(written('`pool_wait` is **up**, see [the graph](https://graphs.example.com/p)')).toBe(
      '<code>pool_wait</code> is <strong>up</strong>, see <a href="https://graphs.example.com/p" target="_blank" rel="noopener noreferrer nofollow">the graph</a>',
    );
  });

  it('has a line for each paragraph, item and line of code', () => {
    expect(written('First\n\n- one\n- `two`\n\n```\na < b\nc\n```')).toBe('First<br>- one<br>- two<br><code>a &lt; b<br>c</code>');
  });

  it('shows markup as what was written', () => {
    expect(written('<img src=x onerror=alert(1)> `<b>`')).toBe('&lt;img src=x onerror=alert(1)&gt; <code>&lt;b&gt;</code>');
  });

  it('opens nothing that a paragraph cannot hold, whatever is said', () => {
    fc.assert(
      fc.property(blocks, (given) => {
        for (const { element } of markupOf(toInlineHtml({ blocks: given, summary: '' }))) expect(ELEMENTS).toContain(element);
      }),
    );
  });
});
