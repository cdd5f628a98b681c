import type { Block, Inline } from '@musterhq/chat-port';
import fc from 'fast-check';

const SIGNS = [
  '*',
  '_',
  '`',
  '~',
  '[',
  ']',
  '(',
  ')',
  '<',
  '>',
  '|',
  '\\',
  '&',
  '#',
  '!',
  '-',
  '+',
  '.',
  ':',
  '/',
  '@',
  '=',
  '1',
  'a',
  'b',
  ' ',
  ' ',
  '\t',
  '\n',
  'é',
  '👩‍👩‍👧',
  '\u00a0',
  '"',
];
const nasty = fc
  .array(fc.constantFrom(...SIGNS, 'http://', 'www.', '&amp;', '1. ', '- ', '```', 'a@b.c'), { maxLength: 8 })
  .map((parts) => parts.join(''));
/** Strings as people, programs and attackers write them. */
export const text = fc.oneof(nasty, fc.string({ maxLength: 12 }), fc.string({ unit: 'grapheme', maxLength: 8 }));
const href = fc.oneof(
  fc.constantFrom('https://a.b/c', 'http://a.b/?x=(1)&y=*_2', 'mailto:a@b.c', 'javascript:alert(1)', 'https://a.b/\\)'),
  nasty.map((rest) => `https://a.b/${rest}`),
);
const user = { adapter: 'slack', tenant: 'T1', user: 'U1' };

export const { inlines, blocks } = fc.letrec<{ inline: Inline; inlines: Inline[]; block: Block; blocks: Block[] }>((tie) => ({
  inline: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({ t: fc.constant('text' as const), v: text }),
    fc.record({ t: fc.constant('code' as const), v: text }),
    fc.constantFrom<Inline>(
      { t: 'mention', who: user },
      { t: 'mention', who: 'everyone' },
      { t: 'time', at: 0, style: 'clock' },
      { t: 'emoji', name: 'fire' },
    ),
    fc.record({ t: fc.constantFrom('strong' as const, 'em' as const, 'strike' as const), c: tie('inlines') }),
    fc.record({ t: fc.constant('link' as const), href, c: tie('inlines') }),
  ),
  inlines: fc.array(tie('inline'), { maxLength: 4 }),
  block: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({ t: fc.constantFrom('p' as const, 'quote' as const), c: tie('inlines') }),
    fc.record({ t: fc.constant('h' as const), level: fc.constantFrom(1 as const, 2 as const, 3 as const), c: tie('inlines') }),
    fc.record({
      t: fc.constant('pre' as const),
      v: fc.oneof(
        text,
        nasty.map((v) => `    ${v}\n\n~~~`),
      ),
      lang: fc.constantFrom('ts', 'no such', 'c++'),
    }),
    fc.constant<Block>({ t: 'rule' }),
    fc.record({ t: fc.constant('list' as const), ordered: fc.boolean(), items: fc.array(tie('blocks'), { maxLength: 3 }) }),
    fc.record({
      t: fc.constant('table' as const),
      head: fc.array(text, { maxLength: 3 }),
      rows: fc.array(fc.array(tie('inlines'), { maxLength: 3 }), { maxLength: 2 }),
    }),
    fc.record({ t: fc.constant('facts' as const), rows: fc.array(fc.record({ label: text, c: tie('inlines') }), { maxLength: 2 }) }),
  ),
  blocks: fc.array(tie('block'), { maxLength: 4 }),
}));
