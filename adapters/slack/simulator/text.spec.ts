import { typedToRichText } from './rich-text.ts';
import { sign } from './signing.ts';
import { normaliseAppText, typedToCommandText, typedToText } from './text.ts';

const names = {
  userByName: (name: string) => (name === 'ann' || name === 'U012AB' ? { id: 'U012AB', name: 'ann' } : undefined),
  channelByName: (name: string) => (name === 'ops' || name === 'C012AB' ? { id: 'C012AB', name: 'ops' } : undefined),
};

describe('Writing text as Slack does', () => {
  it.each([
    ['a < b > c & d', 'a &lt; b &gt; c &amp; d'],
    ['<@U012AB> <!channel>', '&lt;@U012AB&gt; &lt;!channel&gt;'],
    ['@ann look at #ops', '<@U012AB> look at <#C012AB|>'],
    ['@nobody and a@ann.example', '@nobody and a@ann.example'],
    ['@here see https://example.com/a?b=1&c=2.', '<!here> see <https://example.com/a?b=1&amp;c=2>.'],
    [':eyes: at 12:30:45', ':eyes: at 12:30:45'],
    ['', ''],
  ])('turns what a person typed, %j, into %j', (typed, text) => {
    expect(typedToText(typed, names)).toBe(text);
  });

  it('gives the text of a command its mentions with names', () => {
    expect(typedToCommandText('assign @ann <now> in #ops', names)).toBe('assign <@U012AB|ann> &lt;now&gt; in <#C012AB|ops>');
  });

  it.each([
    ['<@U012AB> & <!here>', '<@U012AB> &amp; <!here>'],
    ['<!channel|x> <#C012AB> <mailto:a@b.c|a@b.c>', '<!channel|x> <#C012AB> <mailto:a@b.c|a@b.c>'],
    ['<b>bold</b> <javascript:alert(1)|x>', '&lt;b&gt;bold&lt;/b&gt; &lt;javascript:alert(1)|x&gt;'],
    ['&lt;!channel&gt;', '&lt;!channel&gt;'],
    ['see https://example.com/a&b', 'see <https://example.com/a&amp;b>'],
    ['1 \u00000\u0000 2', '1 0 2'],
  ])('keeps of what an app sent, %j: %j', (sent, kept) => {
    expect(normaliseAppText(sent)).toBe(kept);
  });

  it('sends rich text beside a person’s words, as Slack’s clients do', () => {
    const block = typedToRichText('*so* `<b>` @ann :eyes:\n- one\n- two\n> said\n```x\ny```', names, 'b1');

    expect(block).toEqual({
      type: 'rich_text',
      block_id: 'b1',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'so', style: { bold: true } },
            { type: 'text', text: ' ' },
            { type: 'text', text: '<b>', style: { code: true } },
            { type: 'text', text: ' ' },
            { type: 'user', user_id: 'U012AB' },
            { type: 'text', text: ' ' },
            { type: 'emoji', name: 'eyes' },
          ],
        },
        {
          type: 'rich_text_list',
          style: 'bullet',
          indent: 0,
          border: 0,
          elements: [
            { type: 'rich_text_section', elements: [{ type: 'text', text: 'one' }] },
            { type: 'rich_text_section', elements: [{ type: 'text', text: 'two' }] },
          ],
        },
        { type: 'rich_text_quote', elements: [{ type: 'text', text: 'said' }] },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'x\ny' }], border: 0 },
      ],
    });
  });
});

describe('Signing a request', () => {
  it('gives the signature of the example in Slack’s documentation', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';

    expect(sign('8f742231b10e8888abcd99yyyzzz85a5', 1531420618, body)).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    );
  });
});
