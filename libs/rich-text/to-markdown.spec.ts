import type { Block, Content, Inline } from '@musterhq/chat-port';
import fc from 'fast-check';
import { fromMarkdown } from './from-markdown.ts';
import { normalise } from './normalise.ts';
import { blocks, inlines } from './test/any-content.ts';
import { toMarkdown } from './to-markdown.ts';

const WITHIN_BUDGET = 600; // characters, if every one of them is a sign
const said = (given: Block[]): Content => ({ blocks: given, summary: '' });

describe('Writing content as Markdown', () => {
  it('escapes no more than it must', () => {
    const markdown =
      'The **checkout** of snake_case is 3 - 1 = 2, mail [Mia](mailto:a@b.c) or see <https://a.b/c>!\n\n- one\n  - two\n\n```sh\nls\n```';
    expect(toMarkdown(fromMarkdown(markdown))).toBe(markdown);
  });

  it('pings nobody and starts nothing', () => {
    const c: Inline[] = [{ t: 'text', v: '1. <!channel> [x](javascript:y) # `a` www.b.c' }];
    expect(toMarkdown(said([{ t: 'p', c }]))).toBe('1\\. \\<!channel> \\[x\\](javascript:y) # \\`a\\` www\\.b.c');
  });

  it('reads back as what was meant, for every text in a paragraph', () => {
    fc.assert(
      fc.property(inlines, (c) => {
        const content = said([{ t: 'p', c }]);
        const markdown = toMarkdown(content);
        fc.pre(markdown.length <= WITHIN_BUDGET);
        expect(fromMarkdown(markdown)).toEqual(normalise(content));
      }),
    );
  });

  it('reads back as what was meant, for every content', () => {
    fc.assert(
      fc.property(blocks, (given) => {
        const markdown = toMarkdown(said(given));
        fc.pre(markdown.length <= WITHIN_BUDGET);
        expect(fromMarkdown(markdown)).toEqual(normalise(said(given)));
      }),
    );
  });

  it('finds nothing more to change the second time', () => {
    fc.assert(
      fc.property(blocks, (given) => {
        const once = normalise(said(given));
        expect(normalise(once)).toEqual(once);
      }),
    );
  });
});
