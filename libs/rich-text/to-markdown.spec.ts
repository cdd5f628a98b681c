import type { Block, Content, Inline } from '@musterhq/chat-port';
import fc from 'fast-check';
import { fromMarkdown } from './from-markdown.ts';
import { normalise } from './normalise.ts';
import { toMarkdown } from './to-markdown.ts';

const SIGNS = ['*', '_', '`', '~', '[', ']', '(', ')', '<', '>', '|', '\\', '&', '#', '!', '-', '+', '.', ':', '/', '@', '=', '1', 'a', 'b', ' ', ' ', '\t', '\n', 'é', '👩‍👩‍👧', '\u00a0', '"'];
const nasty = fc.array(fc.constantFrom(...SIGNS, 'http://', 'www.', '&amp;', '1. ', '- ', '```', 'a@b.c'), { maxLength: 8 }).map((parts) => parts.join(''));
const text = fc.oneof(nasty, fc.string({ maxLength: 12 }), fc.string({ unit: 'grapheme', maxLength: 8 }));
const href = fc.oneof(fc.constantFrom('https://a.b/c', 'http://a.b/?x=(1)&y=*_2', 'mailto:a@b.c', 'javascript:alert(1)', 'https://a.b/\\)'), nasty.map((rest) => `https://a.b/${rest}`));
const user = { adapter: 'slack', tenant: 'T1', user: 'U1' };

const { inlines, blocks } = fc.letrec<{ inline: Inline; inlines: Inline[]; block: Block; blocks: Block[] }>((tie) => ({
  inline: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({ t: fc.constant('text' as const), v: text }),
    fc.record({ t: fc.constant('code' as const), v: text }),
    fc.constantFrom<Inline>({ t: 'mention', who: user }, { t: 'mention', who: 'everyone' }, { t: 'time', at: 0, style: 'clock' }, { t: 'emoji', name: 'fire' }),
    fc.record({ t: fc.constantFrom('strong' as const, 'em' as const, 'strike' as const), c: tie('inlines') }),
    fc.record({ t: fc.constant('link' as const), href, c: tie('inlines') }),
  ),
  inlines: fc.array(tie('inline'), { maxLength: 4 }),
  block: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({ t: fc.constantFrom('p' as const, 'quote' as const), c: tie('inlines') }),
    fc.record({ t: fc.constant('h' as const), level: fc.constantFrom(1 as const, 2 as const, 3 as const), c: tie('inlines') }),
    fc.record({ t: fc.constant('pre' as const), v: fc.oneof(text, nasty.map((v) => `    ${v}\n\n~~~`)), lang: fc.constantFrom('ts', 'no such', 'c++') }),
    fc.constant<Block>({ t: 'rule' }),
    fc.record({ t: fc.constant('list' as const), ordered: fc.boolean(), items: fc.array(tie('blocks'), { maxLength: 3 }) }),
    fc.record({ t: fc.constant('table' as const), head: fc.array(text, { maxLength: 3 }), rows: fc.array(fc.array(tie('inlines'), { maxLength: 3 }), { maxLength: 2 }) }),
    fc.record({ t: fc.constant('facts' as const), rows: fc.array(fc.record({ label: text, c: tie('inlines') }), { maxLength: 2 }) }),
  ),
  blocks: fc.array(tie('block'), { maxLength: 4 }),
}));
const said = (given: Block[]): Content => ({ blocks: given, summary: '' });

describe('Writing content as Markdown', () => {
  it('reads back as what was meant, for every text in a paragraph', () => {
    fc.assert(
      fc.property(inlines, (c) => {
        const content = said([{ t: 'p', c }]);
        expect(fromMarkdown(toMarkdown(content))).toEqual(normalise(content));
      }),
      { numRuns: Number(process.env['RUNS'] ?? 500) },
    );
  });

  it('reads back as what was meant, for every content', () => {
    fc.assert(
      fc.property(blocks, (given) => {
        expect(fromMarkdown(toMarkdown(said(given)))).toEqual(normalise(said(given)));
      }),
      { numRuns: Number(process.env['RUNS'] ?? 500) },
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
