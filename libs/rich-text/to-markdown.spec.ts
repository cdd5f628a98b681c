import type { Block, Content } from '@musterhq/chat-port';
import fc from 'fast-check';
import { fromMarkdown } from './from-markdown.ts';
import { normalise } from './normalise.ts';
import { blocks, inlines } from './test/any-content.ts';
import { toMarkdown } from './to-markdown.ts';

const said = (given: Block[]): Content => ({ blocks: given, summary: '' });

describe('Writing content as Markdown', () => {
  it('reads back as what was meant, for every text in a paragraph', () => {
    fc.assert(
      fc.property(inlines, (c) => {
        const content = said([{ t: 'p', c }]);
        expect(fromMarkdown(toMarkdown(content))).toEqual(normalise(content));
      }),
    );
  });

  it('reads back as what was meant, for every content', () => {
    fc.assert(
      fc.property(blocks, (given) => {
        expect(fromMarkdown(toMarkdown(said(given)))).toEqual(normalise(said(given)));
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
