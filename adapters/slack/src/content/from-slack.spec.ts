import { contentOf, filesOf } from './from-slack.ts';

const whose = { adapter: 'slack', tenant: 'T1', me: {} };
const read = (message: object): unknown => contentOf(message as Readonly<Record<string, unknown>>, whose).blocks;
const mia = { adapter: 'slack', tenant: 'T1', user: 'U1' };

describe('Reading what people wrote in Slack', () => {
  it('reads the blocks, not the text beside them', () => {
    const elements = [
      { type: 'text', text: 'see ', style: { bold: true, italic: true } },
      { type: 'user', user_id: 'U1' },
      { type: 'link', url: 'https://a.test', text: 'here' },
      { type: 'emoji', name: 'wave', unicode: '1f44b' },
      { type: 'broadcast', range: 'here' },
      { type: 'channel', channel_id: 'C9' },
    ];
    expect(read({ text: 'something else', blocks: [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }] })).toEqual([
      {
        t: 'p',
        c: [
          { t: 'strong', c: [{ t: 'em', c: [{ t: 'text', v: 'see ' }] }] },
          { t: 'mention', who: mia },
          { t: 'link', href: 'https://a.test', c: [{ t: 'text', v: 'here' }] },
          { t: 'emoji', name: 'wave', unicode: '👋' },
          { t: 'mention', who: 'everyone' },
          { t: 'room', ref: { adapter: 'slack', tenant: 'T1', room: 'C9' } },
        ],
      },
    ]);
  });

  it('says what another app shows that cannot stand elsewhere, after its words', () => {
    const text = (words: string): object => ({ type: 'plain_text', text: words });
    const buttons = { type: 'actions', elements: ['Acknowledge', 'Resolve'].map((label) => ({ type: 'button', text: text(label) })) };

    expect(read({ text: 'Disk is full', blocks: [buttons, { type: 'video', title: text('a replay') }] })).toEqual([
      { t: 'p', c: [{ t: 'text', v: 'Disk is full' }] },
      {
        t: 'p',
        c: [{ t: 'em', c: [{ t: 'text', v: 'In Slack with buttons: Acknowledge, Resolve, and with what is shown there alone: video' }] }],
      },
    ]);
  });

  it('leaves out files that were deleted', () => {
    const files = [
      { id: 'F1', name: 'a.png', mimetype: 'image/png', size: 7 },
      { id: 'F2', mode: 'tombstone' },
      { id: 'F3', file_access: 'check_file_info' },
    ];
    expect(filesOf({ files })).toEqual([
      { id: 'F1', name: 'a.png', mime: 'image/png', bytes: 7 },
      { id: 'F3', name: 'A file of this shared channel', mime: 'application/octet-stream', bytes: 0, untold: true },
    ]);
  });

  it('puts indented lists under the item above them', () => {
    const item = (text: string): object => ({ type: 'rich_text_section', elements: [{ type: 'text', text }] });
    const list = (indent: number, ...items: object[]): object => ({ type: 'rich_text_list', style: 'bullet', indent, elements: items });
    const p = (v: string): object => ({ t: 'p', c: [{ t: 'text', v }] });

    expect(read({ blocks: [{ type: 'rich_text', elements: [list(0, item('a')), list(1, item('b')), list(0, item('c'))] }] })).toEqual([
      { t: 'list', ordered: false, items: [[p('a'), { t: 'list', ordered: false, items: [[p('b')]] }], [p('c')]] },
    ]);
  });

  it('reads the entities of a text without blocks, and leaves its marks alone', () => {
    expect(read({ text: '*big* &lt;b&gt; <@U1> <https://a.test?x=1&amp;y=2|the page> <!subteam^S1|@oncall>' })).toEqual([
      {
        t: 'p',
        c: [
          { t: 'text', v: '*big* <b> ' },
          { t: 'mention', who: mia },
          { t: 'text', v: ' ' },
          { t: 'link', href: 'https://a.test?x=1&y=2', c: [{ t: 'text', v: 'the page' }] },
          { t: 'text', v: ' ' },
          { t: 'text', v: '@oncall' },
        ],
      },
    ]);
  });

  it('reads an alert that another app put into an attachment', () => {
    expect(read({ text: '', attachments: [{ title: 'p99 is high', text: '4.2 s &gt; 1 s', fallback: 'x' }] })).toEqual([
      { t: 'quote', c: [{ t: 'text', v: 'p99 is high\n4.2 s > 1 s' }] },
    ]);
  });

  it('does not say an unfurled link twice', () => {
    const message = { text: '<https://a.test>', attachments: [{ from_url: 'https://a.test', title: 'A page' }] };
    expect(read(message)).toEqual([{ t: 'p', c: [{ t: 'link', href: 'https://a.test', c: [{ t: 'text', v: 'https://a.test' }] }] }]);
  });

  it('survives blocks that make no sense, and says what it does not know', () => {
    expect(read({ text: 'hello', blocks: [null, 7, { type: 'hologram' }, { type: 'rich_text', elements: 'no' }] })).toEqual([
      { t: 'p', c: [{ t: 'text', v: 'hello' }] },
      { t: 'p', c: [{ t: 'em', c: [{ t: 'text', v: 'In Slack with what is shown there alone: hologram' }] }] },
    ]);
  });
});
