import { html, trusted } from './html.ts';

describe('Writing a page', () => {
  it('turns everything put in into text', () => {
    expect(html`<p title="${`"><b>'&`}">${'<script>'}</p>`.markup).toBe('<p title="&quot;&gt;&lt;b&gt;&#39;&amp;">&lt;script&gt;</p>');
  });

  it('puts in markup of its own as it is, also in lists', () => {
    expect(html`<ul>${['a', '<'].map((word) => html`<li>${word}</li>`)}</ul>`.markup).toBe('<ul><li>a</li><li>&lt;</li></ul>');
    expect(html`${trusted('<hr>')}`.markup).toBe('<hr>');
  });

  it('leaves out what is not there, and keeps a zero', () => {
    expect(html`${null}${undefined}${false}${0}${''}`.markup).toBe('0');
  });

  it('refuses an attribute without quotes, and takes an equals sign in an address', () => {
    expect(() => html`<p class=${'x'}></p>`).toThrow('Quote the attribute');
    expect(html`<a href="/x?before=${1}">y</a>`.markup).toBe('<a href="/x?before=1">y</a>');
  });
});
