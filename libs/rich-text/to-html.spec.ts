import type { Block, Content, Inline } from '@musterhq/chat-port';
import fc from 'fast-check';
import { fromMarkdown } from './from-markdown.ts';
import { blocks, text } from './test/any-content.ts';
import { markupOf } from './test/markup-of.ts';
import { textContent } from './text-content.ts';
import { toHtml } from './to-html.ts';

const ELEMENTS = new Set([
  'p',
  'blockquote',
  'h3',
  'h4',
  'h5',
  'ul',
  'ol',
  'li',
  'pre',
  'code',
  'hr',
  'dl',
  'dt',
  'dd',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'strong',
  'em',
  's',
  'a',
  'span',
  'time',
  'br',
]);
const ATTRIBUTES = new Set(['class', 'href', 'target', 'rel', 'scope', 'datetime', 'data-style']);
const INJECTIONS = [
  '<script>alert(1)</script>', '"><svg onload=alert(1)>', "' onmouseover='x", '</code></pre><script>', '<!--', ']]>', '&lt;script&gt;', '\0<script', '\u2028', '<a href="javascript:x">',
  '[x](https://a.b/"onclick="x)', '[x](https://a.b/%22>)', '```"><b>\nx\n```', '| <b> |\n|-|', '<https://a.b/"x>', '`<b>`', '# <b>', '- <b>', '> <b>', '&#60;b&#62;', '\\<b>', 'javascript:alert(1)',
]; // prettier-ignore
const said = (given: Block[]): Content => ({ blocks: given, summary: '' });

function check(html: string): void {
  for (const { element, attributes } of markupOf(html)) {
    expect(ELEMENTS).toContain(element);
    for (const [name, value] of attributes) {
      expect(ATTRIBUTES).toContain(name);
      if (name === 'href') expect(value).toMatch(/^(?:https?:\/\/|mailto:)/i);
    }
  }
}

describe('Showing content as HTML', () => {
  it('dresses words, and keeps lines', () => {
    expect(toHtml(fromMarkdown('**a**\n`b` ~~c~~'))).toBe('<p><strong>a</strong><br><code>b</code> <s>c</s></p>');
  });

  it('gives a link away to nobody', () => {
    expect(toHtml(fromMarkdown('[a](https://b.c/?d&e)'))).toBe(
      '<p><a href="https://b.c/?d&amp;e" target="_blank" rel="noopener noreferrer nofollow">a</a></p>',
    );
  });

  it('shows facts as a list of terms, mentions by their names and times as times', () => {
    const who = { adapter: 'slack', tenant: 'T1', user: 'U1' };
    const c: Inline[] = [
      { t: 'mention', who },
      { t: 'time', at: 0, style: 'clock' },
    ];
    expect(toHtml(said([{ t: 'facts', rows: [{ label: 'Lead', c }] }]), { person: () => 'Mia' })).toBe(
      '<dl><dt>Lead</dt><dd><span class="mention">@Mia</span><time datetime="1970-01-01T00:00:00.000Z" data-style="clock">00:00 UTC</time></dd></dl>',
    );
  });

  it('names what can be pressed or filled in, and leaves the doing to the page', () => {
    const html = toHtml(
      said([
        {
          t: 'actions',
          items: [
            { t: 'button', id: 'a', label: '<Acknowledge>' },
            { t: 'open', label: 'Room', href: 'https://a.b' },
          ],
        },
        { t: 'input', field: { t: 'line', id: 'x', label: 'Title' } },
      ]),
    );
    expect(html).toContain('<span class="action">[&lt;Acknowledge&gt;]</span>');
    expect(html).toContain('<p class="field">Title:</p>');
  });

  it('refuses a link that did not come through our parser', () => {
    expect(toHtml(said([{ t: 'p', c: [{ t: 'link', href: 'javascript:alert(1)', c: [{ t: 'text', v: 'x' }] }] }]))).toBe('<p>x</p>');
  });

  it('holds nothing but its own elements and attributes, for every content', () => {
    fc.assert(fc.property(blocks, (given) => check(toHtml(said(given)))));
  });

  it('holds nothing but its own elements and attributes, for everything that is typed', () => {
    const typed = fc.array(fc.oneof(fc.constantFrom(...INJECTIONS), text), { maxLength: 5 }).map((parts) => parts.join(''));
    fc.assert(fc.property(typed, (markdown) => check(toHtml(fromMarkdown(markdown)))));
  });

  it.each(INJECTIONS)('lets nobody in by %j, wherever it stands', (attack) => {
    const c: Inline[] = [
      { t: 'text', v: attack },
      { t: 'code', v: attack },
      { t: 'link', href: `https://a.b/${attack}`, c: [{ t: 'text', v: attack }] },
      { t: 'mention', who: { group: attack } },
      { t: 'emoji', name: attack },
    ];
    const file = { id: attack, name: attack, mime: attack, bytes: 1 };
    check(
      toHtml(
        said([
          { t: 'p', c },
          { t: 'h', level: 1, c },
          { t: 'pre', lang: attack, v: attack },
          { t: 'facts', rows: [{ label: attack, c }] },
          { t: 'table', head: [attack], rows: [[c]] },
          { t: 'image', file, alt: attack },
          {
            t: 'actions',
            items: [
              { t: 'open', label: attack, href: attack },
              { t: 'select', id: attack, label: attack, options: [] },
            ],
          },
        ]),
      ),
    );
    expect(toHtml(textContent(attack))).not.toContain('<script');
  });

  it('survives content nested deeper than any stack', () => {
    let inline: Inline = { t: 'text', v: 'deep' };
    for (let n = 0; n < 50_000; n++) inline = { t: 'strong', c: [inline] };
    expect(toHtml(said([{ t: 'p', c: [inline] }]))).toContain('deep');
  });
});
