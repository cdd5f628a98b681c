import { asTyped } from './as-typed.ts';

describe('Reading a command’s text', () => {
  it.each([
    ['lead <@U1|mia>', 'lead @mia'],
    ['lead <@U1>', 'lead @U1'],
    ['see <#C1|general> and <https://a.test?x=1&amp;y=2>', 'see #general and https://a.test?x=1&y=2'],
    ['<http://status.test|status.test> is down', 'status.test is down'],
    ['p99 &gt; 1s &amp; rising', 'p99 > 1s & rising'],
    ['tell <!here>', 'tell @here'],
    ['&lt;@U1&gt; stays text', '<@U1> stays text'],
  ])('%s was typed as %s', (sent, typed) => {
    expect(asTyped(sent).text).toBe(typed);
  });

  it('knows whom the person picked, in the order of the text', () => {
    expect(asTyped('add <@U1|mia.k> and <@W2>, not <#C1|U3> or &lt;@U4&gt;').mentioned).toEqual([
      { text: '@mia.k', user: 'U1' },
      { text: '@W2', user: 'W2' },
    ]);
  });
});
