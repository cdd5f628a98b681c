import type { Block, Inline } from '@musterhq/chat-port';
import { fromMarkdown } from './from-markdown.ts';
import { textContent } from './text-content.ts';
import { toText } from './to-text.ts';

const t = (v: string): Inline => ({ t: 'text', v });
const say = (...blocks: Block[]): string => toText({ blocks, summary: '' });

describe('Showing content as plain text', () => {
  it('says where a link leads, once', () => {
    expect(toText(fromMarkdown('[the graph](https://a.b) and https://c.d'))).toBe('the graph (https://a.b) and https://c.d');
  });

  it('keeps the shape of lists, quotes and tables', () => {
    expect(toText(fromMarkdown('1. a\n   - b\n2. c\n\n> d\n> e\n\n|f|g|\n|-|-|\n|h|i|'))).toBe(
      '1. a\n   - b\n2. c\n\n> d\n> e\n\nf | g\nh | i',
    );
  });

  it('writes facts, times and mentions in words', () => {
    const who = { adapter: 'slack', tenant: 'T1', user: 'U1' };
    expect(
      say({
        t: 'facts',
        rows: [
          { label: 'Lead', c: [{ t: 'mention', who }] },
          { label: 'Since', c: [{ t: 'time', at: 0, style: 'relative' }] },
        ],
      }),
    ).toBe('Lead: @U1\nSince: 1970-01-01 00:00 UTC');
    expect(toText({ blocks: [{ t: 'p', c: [{ t: 'mention', who }] }], summary: '' }, { person: () => 'Mia' })).toBe('@Mia');
  });

  it('names buttons, fields and files, so that nothing is dropped unseen', () => {
    expect(
      say(
        {
          t: 'actions',
          items: [
            { t: 'button', id: 'ack', label: 'Acknowledge' },
            { t: 'open', label: 'Room', href: 'https://a.b' },
          ],
        },
        { t: 'input', field: { t: 'line', id: 'x', label: 'Title', value: 'y' } },
        { t: 'image', file: { id: '1', name: 'a.png', mime: 'image/png', bytes: 1 }, alt: 'Errors' },
        { t: 'file', file: { id: '2', name: 'b.log', mime: 'text/plain', bytes: 2_500_000 } },
      ),
    ).toBe('[Acknowledge]\nRoom: https://a.b\n\nTitle: y\n\nImage: Errors (a.png)\n\nFile: b.log (2.5 MB)');
  });

  it('survives a time that is no time', () => {
    expect(say({ t: 'p', c: [{ t: 'time', at: Number.NaN, style: 'clock' }] })).toBe('NaN');
  });
});

describe('Taking text as it is', () => {
  it('makes no markup of anything', () => {
    expect(textContent('**not bold** <b>\n- x\n\ny').blocks).toEqual([
      { t: 'p', c: [t('**not bold** <b>\n- x')] },
      { t: 'p', c: [t('y')] },
    ]);
  });

  it('has nothing to say about nothing', () => {
    expect(textContent(' \n\n ')).toEqual({ blocks: [], summary: '' });
  });

  it('shows a control character as one, so that no terminal obeys it', () => {
    expect(toText(textContent('a\u001b[2Jb'))).toBe('a\uFFFD[2Jb');
  });
});
