import type { Block, Content, RoomRef } from '@musterhq/chat-port';
import fc from 'fast-check';
import { render, type SlackBody } from './render.ts';

const room: RoomRef = { adapter: 'slack', tenant: 'T1', room: 'C1' };
const text = (v: string): Block => ({ t: 'p', c: [{ t: 'text', v }] });
const bodies = (content: Content): SlackBody[] => render(content, room).parts.map(({ body }) => body as SlackBody);
const blocksOf = (...blocks: Block[]): SlackBody['blocks'] => bodies({ blocks, summary: 's' })[0]?.blocks ?? [];

describe('Showing content in Slack', () => {
  it('draws the card of an incident', () => {
    const card: Content = {
      summary: 'INC-247 Checkout is failing: SEV1, being investigated',
      blocks: [
        { t: 'h', level: 1, c: [{ t: 'text', v: 'INC-247 Checkout is failing' }] },
        {
          t: 'facts',
          rows: [
            { label: 'Severity', c: [{ t: 'text', v: 'SEV1' }] },
            { label: 'Lead', c: [{ t: 'mention', who: { adapter: 'slack', tenant: 'T1', user: 'U1' } }] },
            { label: 'Since', c: [{ t: 'time', at: 1_700_000_000_000, style: 'clock' }] },
          ],
        },
        { t: 'rule' },
        {
          t: 'actions',
          items: [
            { t: 'button', id: 'lead', label: 'Take the lead', tone: 'primary' },
            { t: 'button', id: 'resolve', label: 'Resolve', tone: 'danger', confirm: 'Is it over?' },
            { t: 'open', label: 'War room', href: 'https://muster.example.test/INC-247' },
          ],
        },
      ],
    };

    expect(render(card, room)).toMatchSnapshot();
  });

  it('says text in fields that nothing is read into', () => {
    expect(blocksOf(text('*not bold* <!channel> & :boom:'))).toEqual([
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '*not bold* <!channel> & :boom:' }] }],
      },
    ]);
  });

  it('escapes the notification', () => {
    expect(bodies({ blocks: [text('x')], summary: '<!channel> a & b' })[0]?.text).toBe('&lt;!channel&gt; a &amp; b');
  });

  it('shows facts as lines where a field would change them', () => {
    expect(blocksOf({ t: 'facts', rows: [{ label: 'Host', c: [{ t: 'text', v: 'db_eu_1' }] }] })).toEqual([
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'Host', style: { bold: true } },
              { type: 'text', text: ': ' },
              { type: 'text', text: 'db_eu_1' },
            ],
          },
        ],
      },
    ]);
  });

  it('says whose words they are, and where they were written', () => {
    const author = { name: 'Ana\u202e Ruiz', avatar: 'https://muster.example.test/ana.png', via: 'war room' };
    expect(bodies({ blocks: [text('x')], summary: 'x', author })[0]).toMatchObject({
      username: 'Ana Ruiz (war room)',
      icon_url: 'https://muster.example.test/ana.png',
    });
  });

  it('keeps buttons with one id and several values apart', () => {
    const items = ['a', 'b'].map((value) => ({ t: 'button' as const, id: 'take', label: value, value }));
    expect(blocksOf({ t: 'actions', items })).toMatchObject([{ elements: [{ action_id: 'take' }, { action_id: 'take~2' }] }]);
  });

  it('makes no link of an address a browser would run', () => {
    const rendering = render(
      { blocks: [{ t: 'p', c: [{ t: 'link', href: 'javascript:alert(1)', c: [{ t: 'text', v: 'x' }] }] }], summary: 's' },
      room,
    );
    expect(JSON.stringify(rendering.parts)).not.toContain('javascript');
    expect(rendering.losses).toHaveLength(1);
  });

  it('counts on in a numbered list that goes on in the next message', () => {
    const items = Array.from({ length: 5 }, (_, i): Block[] => [text(`${i} ${'x'.repeat(4_000)}`)]);
    const lists = bodies({ blocks: [{ t: 'list', ordered: true, items }], summary: 's' }).map(({ blocks }) => blocks);
    expect(lists).toMatchObject([
      [{ elements: [{ style: 'ordered' }] }],
      [{ elements: [{ style: 'ordered', offset: 2 }] }],
      [{ elements: [{ offset: 4 }] }],
    ]);
  });

  it('leaves a long paragraph whole as far as a message goes', () => {
    expect(bodies({ blocks: [text('x'.repeat(12_000))], summary: 's' })).toMatchObject([{ blocks: [{ type: 'rich_text' }] }]);
  });

  it('splits what is too long into parts, in order, with nothing lost and no character torn', () => {
    const family = '👩‍👩‍👧‍👦';
    const words = fc
      .array(fc.constantFrom(family, 'é', '🇩🇪', 'word ', '\n'), { minLength: 1, maxLength: 30 })
      .map((parts) => parts.join('').repeat(80));
    fc.assert(
      fc.property(words, (long) => {
        const { parts, losses } = render({ blocks: [text(long), text(long)], summary: 's' }, room);
        const shown = parts.flatMap(({ body }) => textsOf((body as SlackBody).blocks));

        expect(shown.join('')).toBe(long + long);
        expect(losses).toEqual([]);
        for (const piece of shown) expect(piece).not.toMatch(/^\u200d|\u200d$|^[\udc00-\udfff]/);
        for (const { body, chars } of parts) {
          expect((body as SlackBody).blocks.length).toBeLessThanOrEqual(50);
          expect(chars).toBeLessThanOrEqual(12_000);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('begins a new message at the fifty-first block', () => {
    const parts = bodies({ blocks: Array.from({ length: 51 }, (_, i) => text(String(i))), summary: 's' });
    expect(parts.map(({ blocks }) => blocks.length)).toEqual([50, 1]);
  });
});

function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  const { text: own, elements } = value as { text?: unknown; elements?: unknown };
  return typeof own === 'string' ? [own] : textsOf(elements);
}
