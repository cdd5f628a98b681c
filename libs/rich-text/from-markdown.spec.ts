import type { Block, Inline } from '@musterhq/chat-port';
import fc from 'fast-check';
import { fromMarkdown } from './from-markdown.ts';
import { parse } from './markdown/dialect.ts';
import { fromMdast } from './markdown/from-mdast.ts';
import { mayBeMarkup } from './markdown/may-be-markup.ts';
import { normaliseBlocks } from './normalise.ts';
import { text } from './test/any-content.ts';
import { hostileTexts } from './test/hostile-texts.ts';
import { textContent } from './text-content.ts';
import { tidy } from './tidy.ts';

const p = (...c: Inline[]): Block => ({ t: 'p', c });
const t = (v: string): Inline => ({ t: 'text', v });
/** The long way: no short cut for plain text, no cutting into pieces. */
const readWhole = (markdown: string): Block[] => normaliseBlocks(fromMdast(parse(tidy(markdown)).children, tidy(markdown)));
const read = (markdown: string): Block[] => fromMarkdown(markdown).blocks;

describe('Reading what people type', () => {
  it('keeps the lines of a message as lines, and a blank line starts a paragraph', () => {
    expect(read('one\ntwo  \r\nthree\n\n four')).toEqual([p(t('one\ntwo\nthree')), p(t('four'))]);
  });

  it('reads emphasis, strikes, code and links', () => {
    expect(read('**a** _b_ ~~c~~ `d` [e](https://f.g)')).toEqual([
      p(
        { t: 'strong', c: [t('a')] },
        t(' '),
        { t: 'em', c: [t('b')] },
        t(' '),
        { t: 'strike', c: [t('c')] },
        t(' '),
        { t: 'code', v: 'd' },
        t(' '),
        { t: 'link', href: 'https://f.g', c: [t('e')] },
      ),
    ]);
  });

  it('reads headings, lists in lists, quotes, rules, code and tables', () => {
    expect(read('# a\n\n- b\n  1. c\n- d\n\n> e\n> f\n\n---\n\n```sh\ng  h\n```\n\n| i | j |\n| - | - |\n| k | l |')).toEqual([
      { t: 'h', level: 1, c: [t('a')] },
      { t: 'list', ordered: false, items: [[p(t('b')), { t: 'list', ordered: true, items: [[p(t('c'))]] }], [p(t('d'))]] },
      { t: 'quote', c: [t('e\nf')] },
      { t: 'rule' },
      { t: 'pre', lang: 'sh', v: 'g  h' },
      { t: 'table', head: ['i', 'j'], rows: [[[t('k')], [t('l')]]] },
    ]);
  });

  it('links a bare address', () => {
    expect(read('see https://a.b/c now')).toEqual([p(t('see '), { t: 'link', href: 'https://a.b/c', c: [t('https://a.b/c')] }, t(' now'))]);
  });

  it.each([
    '<script>alert(1)</script>',
    '<b>x</b> & <!-- y -->',
    '<img src=x onerror=alert(1)>',
    '<details>\n<summary>x</summary>\n</details>',
  ])('shows HTML as the text it is: %s', (html) => {
    expect(read(html)).toEqual([p(t(html))]);
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,y)',
    '[x](/relative)',
    '[x](vbscript:y)',
    '[x](//evil.example)',
    '![x](file:///etc/passwd)',
  ])('leaves a link that leads elsewhere than to the web or a mailbox as it was typed: %s', (link) => {
    expect(read(link)).toEqual([p(t(link))]);
  });

  it('turns a picture from elsewhere into a link, so that its server does not learn who reads', () => {
    expect(read('![graph](https://a.b/c.png)')).toEqual([p({ t: 'link', href: 'https://a.b/c.png', c: [t('graph')] })]);
  });

  it.each([
    '@mia can you look?',
    '@everyone',
    '@here and @channel',
    '<!channel> and <@U123>',
    '[x] done',
    'a [1] b\n\n[1]: c',
    'Title\n===',
    '3. is the one',
    '7) no',
  ])('makes nothing of %j', (said) => {
    const [first] = read(said);
    expect(first).toEqual(p(t(said.split('\n\n')[0]!.replace('7)', '7.'))));
  });

  it('takes four spaces for spaces, because a pasted line is not code', () => {
    expect(read('    at main')).toEqual([p(t('at main'))]);
  });

  it('says in its summary how it begins, on one line and without cutting a sign in two', () => {
    expect(fromMarkdown('**a**\nb\n\n- c').summary).toBe('a b - c');
    expect(fromMarkdown('👩‍👩‍👧'.repeat(200)).summary).toBe('👩‍👩‍👧'.repeat(140));
  });

  it('reads text without markup signs the quick way to the same result', () => {
    fc.assert(
      fc.property(text, (said) => {
        fc.pre(!mayBeMarkup(said));
        expect(textContent(said).blocks).toEqual(readWhole(said));
      }),
    );
  });

  it('reads a text in pieces as it would read it whole', () => {
    const parts = fc.array(
      fc.constantFrom(
        '```',
        '```js',
        '~~~',
        ' ```',
        '- a',
        '  - b',
        '> c',
        'd *e*',
        '',
        '',
        'f',
        '1. g',
        '  ```',
        '| h |',
        '|---|',
        '    i',
        '```` `',
      ),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(parts, (lines) => {
        expect(read(lines.join('\n'))).toEqual(readWhole(lines.join('\n')));
      }),
    );
  });

  it('never throws, whatever the string', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), text), (said) => {
        expect(typeof fromMarkdown(said).summary).toBe('string');
      }),
    );
  });

  it.each(Object.entries(hostileTexts(40_000)))('reads 40,000 hostile characters before anybody notices: %s', (_name, hostile) => {
    const before = process.cpuUsage();
    const { blocks } = fromMarkdown(hostile);
    const { user, system } = process.cpuUsage(before);

    expect(Array.isArray(blocks)).toBe(true);
    expect((user + system) / 1_000).toBeLessThan(200);
  });
});
