import type { ChatEvent, Content } from '@musterhq/chat-port';
import { decodeActivity } from './decode-activity.ts';

const US = { adapter: 'teams', appId: 'our-app' };
const CHANNEL = '19:ops@thread.tacv2';
const ROOM = { adapter: 'teams', tenant: 'contoso', room: CHANNEL };
const MIA = { adapter: 'teams', tenant: 'contoso', user: '29:mia' };

const ACTIVITY = {
  type: 'message',
  id: '1772445600001',
  timestamp: '2026-03-02T10:00:00.001Z',
  from: { id: '29:mia', name: 'Mia' },
  conversation: { id: `${CHANNEL};messageid=1772445600000`, conversationType: 'channel', tenantId: 'contoso' },
  text: 'hello',
  channelData: { tenant: { id: 'contoso' }, channel: { id: CHANNEL } },
};

const eventsOf = (activity: object): ChatEvent[] => decodeActivity(US, { ...ACTIVITY, ...activity }, 0).map(({ event }) => event);

function contentOf(html: string): Content {
  const [event] = eventsOf({ attachments: [{ contentType: 'text/html', content: html }] });
  if (event?.type !== 'message.created') throw new Error('This is a message');
  return event.message.content;
}

describe('What Teams tells', () => {
  it('is a message in its thread', () => {
    expect(decodeActivity(US, ACTIVITY, 0)).toMatchObject([
      {
        id: `${CHANNEL}:1772445600001`,
        lane: CHANNEL,
        event: {
          type: 'message.created',
          message: { ref: { room: ROOM, id: '1772445600001', thread: '1772445600000' }, author: MIA, origin: 'human', mentionsMe: false },
        },
      },
    ]);
  });

  it('is a message without a thread, when it begins one', () => {
    const [event] = eventsOf({ id: '1772445600000' });

    expect(event?.type === 'message.created' && event.message.ref).toEqual({ room: ROOM, id: '1772445600000' });
  });

  it('says that something came with it which only Teams shows, also where there are no words', () => {
    const said = (html: string, ...beside: string[]): string | undefined => {
      const attachments = [{ contentType: 'text/html', content: html }, ...beside.map((contentType) => ({ contentType }))];
      const [event] = eventsOf({ attachments });
      return event?.type === 'message.created' ? event.message.content.summary : undefined;
    };

    expect(said('<attachment id="1"></attachment>')).toBe('With an attachment, to be seen in Teams.');
    expect(said('<p>The graph: <img src="https://here.test/1" alt="image"></p>', 'image/png')).toBe(
      'The graph: With an attachment, to be seen in Teams.',
    );
    expect(said('<p>Both</p><attachment id="1"></attachment><attachment id="2"></attachment>')).toBe(
      'Both With 2 attachments, to be seen in Teams.',
    );
    expect(said('', 'application/vnd.microsoft.teams.file.download.info')).toBe('With an attachment, to be seen in Teams.');
    expect(said('<p>Only words</p>', 'application/vnd.microsoft.card.thumbnail')).toBe('Only words');
  });

  it('has the characters of which Teams makes pictures', () => {
    const emoji = '<img itemscope itemtype="http://schema.skype.com/Emoji" alt="👍" src="https://here.test/yes.png">';

    expect(contentOf(`<p>Done ${emoji}</p>`).summary).toBe('Done 👍');
    expect(contentOf('<p><emoji id="yes" alt="👍" title="Yes"></emoji></p>').summary).toBe('👍');
  });

  it('says whether it is for us, whatever its words say', () => {
    const mention = (id: string): object => ({
      text: '<at>Muster</at> hello',
      entities: [{ type: 'mention', mentioned: { id }, text: '<at>Muster</at>' }],
    });
    const isForUs = (activity: object): unknown => eventsOf(activity).map((e) => e.type === 'message.created' && e.message.mentionsMe)[0];

    expect(isForUs(mention('28:our-app'))).toBe(true);
    expect(isForUs(mention('29:ben'))).toBe(false);
    expect(isForUs({ text: '<at>Muster</at> hello' })).toBe(false);
  });

  it('is a command too where it begins with our name, and with ours alone', () => {
    const called = (text: string, id = '28:our-app'): object => ({
      text,
      entities: [{ type: 'mention', mentioned: { id, name: 'Muster' }, text: '<at>Muster</at>' }],
      attachments: [{ contentType: 'text/html', content: `<p>${text.replace(/<at>(.*)<.at>/, '<span itemid="0">$1</span>&nbsp;')}</p>` }],
    });

    expect(eventsOf(called('<at>Muster</at> declare Checkout &lt; 5 %'))).toMatchObject([
      { type: 'message.created' },
      {
        type: 'command',
        name: 'Muster',
        prefix: '@Muster ',
        text: 'declare Checkout < 5 %',
        via: { user: MIA, room: ROOM, on: { id: '1772445600001', thread: '1772445600000' } },
      },
    ]);
    expect(eventsOf(called('thanks to <at>Muster</at> we knew'))).toMatchObject([{ type: 'message.created' }]);
    expect(eventsOf(called('<at>Muster</at> declare', '29:ben'))).toMatchObject([{ type: 'message.created' }]);
    expect(eventsOf({ ...called('<at>Muster</at> declare'), from: { id: '28:our-app' } })).toMatchObject([{ type: 'message.created' }]);
  });

  it('says of a command who else is called by name in it', () => {
    const text = '<at>Muster</at> lead <at>Bo &amp; Co</at>';
    const entities = [
      { type: 'mention', mentioned: { id: '28:our-app', name: 'Muster' }, text: '<at>Muster</at>' },
      { type: 'mention', mentioned: { id: '29:bo', name: 'Bo & Co' }, text: '<at>Bo & Co</at>' },
    ];
    const html = '<p><span itemid="0">Muster</span>&nbsp;lead <span itemid="1">Bo &amp; Co</span></p>';

    expect(eventsOf({ text, entities, attachments: [{ contentType: 'text/html', content: html }] })).toMatchObject([
      { type: 'message.created' },
      { type: 'command', text: 'lead Bo & Co', mentions: [{ text: 'Bo & Co', who: { ...MIA, user: '29:bo' } }] },
    ]);
  });

  it('is an edit with a revision of its own, a deletion, and what is put back', () => {
    const edit = {
      type: 'messageUpdate',
      timestamp: '2026-03-02T10:05:00Z',
      channelData: { ...ACTIVITY.channelData, eventType: 'editMessage' },
    };

    expect(decodeActivity(US, { ...ACTIVITY, ...edit }, 0)).toMatchObject([
      { id: `${CHANNEL}:1772445600001:1772445900000`, lane: CHANNEL, event: { type: 'message.edited', message: { at: 1772445600001 } } },
    ]);
    const back = { ...edit, channelData: { ...edit.channelData, eventType: 'undeleteMessage' } };
    expect(decodeActivity(US, { ...ACTIVITY, ...back }, 0)).toMatchObject([
      {
        id: `${CHANNEL}:1772445600001:restored:1772445900000`,
        event: { type: 'message.created', message: { at: 1772445600001, restored: true } },
      },
    ]);
    expect(eventsOf({ type: 'messageDelete' })).toMatchObject([{ type: 'message.deleted', target: { room: ROOM, id: '1772445600001' } }]);
  });

  it.each<[object, object[]]>([
    [
      { membersAdded: [{ id: '29:ben' }, { id: '29:eve' }] },
      [
        { user: { user: '29:ben' }, change: 'joined' },
        { user: { user: '29:eve' }, change: 'joined' },
      ],
    ],
    [{ membersRemoved: [{ id: '28:our-app' }] }, [{ type: 'room', room: ROOM, change: 'left' }]],
    [{ membersAdded: [{ id: '28:our-app' }] }, [{ type: 'room', room: ROOM, change: 'entered', by: MIA }]],
    [{ membersRemoved: [{ id: '29:ben' }] }, [{ user: { user: '29:ben' }, change: 'left' }]],
    [
      { channelData: { ...ACTIVITY.channelData, eventType: 'channelRenamed', channel: { id: '19:other@thread.tacv2', name: 'Other' } } },
      [{ type: 'room', room: { room: '19:other@thread.tacv2' }, change: 'renamed', value: 'Other' }],
    ],
    [{ channelData: { ...ACTIVITY.channelData, eventType: 'teamArchived' } }, [{ type: 'room', room: ROOM, change: 'archived' }]],
    [
      { channelData: { ...ACTIVITY.channelData, eventType: 'teamHologram' } },
      [{ type: 'unknown', name: 'conversationUpdate teamHologram' }],
    ],
  ])('is what happened to a room and the people in it: %j', (update, events) => {
    expect(eventsOf({ type: 'conversationUpdate', ...update })).toMatchObject(events);
  });

  it('is how somebody reacts, and takes it back, each an event of its own', () => {
    const reaction = { type: 'messageReaction', id: 'f:1', replyToId: '1772445600000' };
    const marked = (o: object): unknown[] => eventsOf({ ...reaction, ...o });
    const mark = (emoji: string, added: boolean): object => ({
      type: 'reaction',
      target: { room: ROOM, id: '1772445600000' },
      user: MIA,
      emoji,
      added,
    });

    expect(marked({ reactionsAdded: [{ type: 'like' }, { type: '1f440_eyes' }], reactionsRemoved: [{ type: 'heart' }] })).toEqual([
      mark('+1', true),
      mark('eyes', true),
      mark('heart', false),
    ]);
    expect(marked({ reactionsAdded: [{ type: 'contoso_cat' }] })).toEqual([mark('contoso_cat', true)]);
    expect(marked({ reactionsAdded: [{ type: 'like' }], from: { id: '28:our-app' } })).toEqual([
      { type: 'unknown', name: 'messageReaction' },
    ]);
    expect(
      new Set(
        decodeActivity(US, { ...ACTIVITY, ...reaction, reactionsAdded: [{ type: 'like' }, { type: 'heart' }] }, 0).map(({ id }) => id),
      ).size,
    ).toBe(2);
  });

  it('is said to us where nobody else reads it, with our name or without', () => {
    const alone = { conversation: { id: 'a:1abc', conversationType: 'personal', tenantId: 'contoso' } };
    const named = {
      text: '<at>Muster</at> find x',
      entities: [{ type: 'mention', mentioned: { id: '28:our-app', name: 'Muster' }, text: '<at>Muster</at>' }],
    };

    for (const words of [{ text: 'find x' }, named])
      expect(eventsOf({ ...alone, ...words })).toMatchObject([
        { type: 'message.created', message: { toMe: { text: 'find x', alone: true, prefix: '' } } },
      ]);
    expect(eventsOf({ text: 'find x' })[0]).not.toHaveProperty(['message', 'toMe']);
  });

  it('is told as unknown when nobody knows it, with one id however often it comes', () => {
    const hologram = { type: 'hologram', id: undefined };
    const [once] = decodeActivity(US, { ...ACTIVITY, ...hologram }, 1);
    const [again] = decodeActivity(US, { ...ACTIVITY, ...hologram }, 2);

    expect(once?.event).toEqual({ type: 'unknown', name: 'hologram' });
    expect(again?.id).toBe(once?.id);
    expect(decodeActivity(US, { type: 'message' }, 0)).toMatchObject([{ event: { type: 'unknown' } }]);
  });
});

describe('Who is meant in a message in Teams', () => {
  const BEN = { type: 'mention', mentioned: { id: '29:ben', name: 'Ben' }, text: '<at>Ben</at>' };
  const OTHER = { ...BEN, mentioned: { id: '29:other', name: 'Ben' } };
  const span = (nth: number, name: string): string => `<span itemtype="http://schema.skype.com/Mention" itemid="${nth}">${name}</span>`;
  const meant = (activity: object): unknown =>
    eventsOf(activity).map(
      (e) => e.type === 'message.created' && e.message.content.blocks.flatMap((block) => (block.t === 'p' ? block.c : [])),
    )[0];
  const html = (content: string, ...entities: object[]): object => ({ entities, attachments: [{ contentType: 'text/html', content }] });
  const mention = (user: string): object => ({ t: 'mention', who: { ...MIA, user }, name: 'Ben' });

  it('is whoever Teams says, also of two with one name', () => {
    expect(meant(html(`<p>${span(1, 'Ben')}</p>`, BEN, OTHER))).toEqual([mention('29:other')]);
    expect(meant(html('<p><at id="0">Ben</at> looks</p>', BEN))).toEqual([mention('29:ben'), { t: 'text', v: ' looks' }]);
  });

  it('is said by the text alone, where no HTML comes with it', () => {
    expect(meant({ text: 'ask <at>Ben</at> or <at>Eve</at>', entities: [BEN] })).toEqual([
      { t: 'text', v: 'ask ' },
      mention('29:ben'),
      { t: 'text', v: ' or <at>Eve</at>' },
    ]);
  });

  it('is nobody by words alone, and no app', () => {
    const app = { type: 'mention', mentioned: { id: '28:other-app', name: 'App' }, text: '<at>App</at>' };

    expect(meant(html(`<p>${span(0, 'Eve')}</p>`, BEN))).toEqual([{ t: 'text', v: 'Eve' }]);
    expect(meant(html(`<p>${span(0, 'App')}</p>`, app))).toEqual([{ t: 'text', v: 'App' }]);
  });
});

describe('The words of a message in Teams', () => {
  it('keep their emphasis, code and links, and only links that a browser may follow', () => {
    const html =
      '<p><strong>down</strong> <em>since</em> <code>10:00</code>, see <a href="https://example.test/a?b=1&amp;c=2">this</a> or <a href="javascript:x">that</a></p>';

    expect(contentOf(html).blocks).toEqual([
      {
        t: 'p',
        c: [
          { t: 'strong', c: [{ t: 'text', v: 'down' }] },
          { t: 'text', v: ' ' },
          { t: 'em', c: [{ t: 'text', v: 'since' }] },
          { t: 'text', v: ' ' },
          { t: 'code', v: '10:00' },
          { t: 'text', v: ', see ' },
          { t: 'link', href: 'https://example.test/a?b=1&c=2', c: [{ t: 'text', v: 'this' }] },
          { t: 'text', v: ' or ' },
          { t: 'text', v: 'that' },
        ],
      },
    ]);
  });

  it('are in paragraphs, and lines of a list are lines', () => {
    const { blocks } = contentOf('<div>one<br>two</div>\r\n<ul>\n<li>three</li><li>four</li></ul>');

    expect(blocks.map((block) => (block.t === 'p' ? block.c : block))).toEqual([
      [{ t: 'text', v: 'one\ntwo' }],
      [{ t: 'text', v: 'three' }],
      [{ t: 'text', v: 'four' }],
    ]);
  });

  it('are not nested deeper than anybody means it', () => {
    const nested = JSON.stringify(contentOf(`${'<b>'.repeat(10_000)}deep${'</b>'.repeat(10_000)}`).blocks);

    expect(nested).toContain('deep');
    expect(nested.match(/strong/g)?.length).toBeLessThan(33);
  });

  it('are all that is taken from markup that makes no sense', () => {
    expect(JSON.stringify(contentOf('<p><b>one</i> two<script>alert(1)</script></div><unknown>three').blocks)).not.toContain('alert');
    expect(contentOf('<<<').summary).toContain('<');
  });
});
