import type { Block, Content, Inline } from '@musterhq/chat-port';
import type { CardElement } from './card.ts';
import { type TeamsBody, render } from './render.ts';

const content = (...blocks: Block[]): Content => ({ blocks, summary: 'Checkout is failing' });
const p = (...c: Inline[]): Block => ({ t: 'p', c });
const text = (v: string): Inline => ({ t: 'text', v });

function bodyOf(said: Content): TeamsBody {
  const { parts } = render(said);
  expect(parts).toHaveLength(1);
  return parts[0]!.body as TeamsBody;
}

const elementsOf = (said: Content): readonly CardElement[] => bodyOf(said).attachments[0].content.body;
const lossesOf = (...blocks: Block[]): string[] => render(content(...blocks)).losses.map(({ feature }) => feature);

describe('What Muster says, as Teams is given it', () => {
  it('is one card, without text beside it, of which Teams would make two messages', () => {
    expect(bodyOf(content(p(text('hello'))))).toMatchObject({
      type: 'message',
      summary: 'Checkout is failing',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { type: 'AdaptiveCard', version: '1.5' } }],
    });
    expect(bodyOf(content(p(text('hello'))))).not.toHaveProperty('text');
  });

  it('has its words in runs, which know no Markdown, and no date functions in them', () => {
    expect(elementsOf(content(p({ t: 'strong', c: [text('down')] }, text(' since {{TIME(2026-03-02T10:00:00Z)}}'))))).toEqual([
      {
        type: 'RichTextBlock',
        inlines: [
          { type: 'TextRun', text: 'down', weight: 'Bolder' },
          { type: 'TextRun', text: ' since {' },
          { type: 'TextRun', text: '{TIME(2026-03-02T10:00:00Z)}}' },
        ],
      },
    ]);
  });

  it('has a line for each line, close together', () => {
    expect(elementsOf(content(p(text('one\r\n\ntwo'))))).toMatchObject([
      { inlines: [{ text: 'one' }] },
      { inlines: [{ text: '' }], spacing: 'None' },
      { inlines: [{ text: 'two' }], spacing: 'None' },
    ]);
  });

  it('has buttons that are pressed, that open a form, and that lead somewhere', () => {
    const actions: Block = {
      t: 'actions',
      items: [
        { t: 'button', id: 'take-lead', label: 'Take the lead', value: 'INC-1', tone: 'primary' },
        { t: 'button', id: 'new-update', label: 'Write an update', opensForm: true },
        { t: 'open', label: 'War room', href: 'https://muster.example.test/1' },
      ],
    };

    expect(elementsOf(content(actions))).toEqual([
      {
        type: 'ActionSet',
        actions: [
          { type: 'Action.Execute', title: 'Take the lead', style: 'positive', verb: 'take-lead', data: { value: 'INC-1' } },
          { type: 'Action.Submit', title: 'Write an update', data: { msteams: { type: 'task/fetch' }, action: 'new-update' } },
          { type: 'Action.OpenUrl', title: 'War room', url: 'https://muster.example.test/1' },
        ],
      },
    ]);
  });

  it('says whose words they are, when it carries a person’s', () => {
    const said: Content = { ...content(p(text('hello'))), author: { name: 'Mia', via: 'war room' } };

    expect(elementsOf(said)[0]).toMatchObject({ inlines: [{ text: 'Mia (war room)', isSubtle: true }] });
  });

  it('says its summary when there is nothing else to say', () => {
    expect(elementsOf(content())).toMatchObject([{ inlines: [{ text: 'Checkout is failing' }] }]);
  });

  it('shortens only what a notification shows', () => {
    const summary = '👩‍👩‍👧‍👦'.repeat(100);

    const body = bodyOf({ blocks: [p(text('hello'))], summary });

    expect(body.summary.length).toBeLessThanOrEqual(250);
    expect(body.summary.replaceAll('👩‍👩‍👧‍👦', '')).toBe('…');
  });

  it.each<[string, Block]>([
    ['selects', { t: 'actions', items: [{ t: 'select', id: 'severity', label: 'Severity', options: [] }] }],
    ['buttons', { t: 'actions', items: [{ t: 'button', id: 'close', label: 'Close', confirm: 'Really?' }] }],
    ['buttons', { t: 'actions', items: [{ t: 'open', label: 'Run', href: 'javascript:alert(1)' }] }],
    ['mention.user', p({ t: 'mention', who: { adapter: 'teams', tenant: 'contoso', user: '29:mia' } })],
    ['mention.everyone', p({ t: 'mention', who: 'everyone' })],
    ['text', p({ t: 'link', href: 'javascript:alert(1)', c: [text('here')] })],
    ['files', { t: 'file', file: { id: 'F1', name: 'log.txt', mime: 'text/plain', bytes: 10 } }],
    ['inputs', { t: 'input', field: { t: 'line', id: 'title', label: 'Title' } }],
    ['table', { t: 'list', ordered: false, items: [[{ t: 'table', head: ['who'], rows: [] }]] }],
  ])('tells what is lost of %s', (feature, block) => {
    expect(lossesOf(block)).toEqual([feature]);
  });

  it.each([
    ['words', 'Checkout is failing. '],
    ['characters that JSON writes with six', '\u0001'],
  ])('is no larger than any page of Microsoft says that a message may be, all of %s', (_what, unit) => {
    const { parts } = render(content(p(text(unit.repeat(30_000 / unit.length)))));

    expect(parts.length).toBeGreaterThan(1);
    for (const { bytes } of parts) expect(bytes).toBeLessThanOrEqual(40_000);
  });

  it('stays below what Teams takes, also when it is all line ends', () => {
    const { parts } = render(content(p(text('a\n'.repeat(6_000)))));

    expect(parts.length).toBeGreaterThan(1);
    for (const { bytes } of parts) expect(bytes).toBeLessThanOrEqual(40_000);
  });
});
