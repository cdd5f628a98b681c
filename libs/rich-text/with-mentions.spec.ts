import type { Content, Inline } from '@musterhq/chat-port';
import { fromMarkdown } from './from-markdown.ts';
import { withMentions } from './with-mentions.ts';

const ana = { id: 'p1', name: 'Ana' };
const anaRuiz = { id: 'p2', name: 'Ana Ruiz' };
const accounts: Record<string, string> = { p1: 'U1', p2: 'U2' };
const accountOf = (id: string) => (accounts[id] ? { adapter: 'fake', tenant: 'T', user: accounts[id] } : undefined);

const said = (markdown: string, ...mentions: { id: string; name: string }[]): string =>
  flat(withMentions(fromMarkdown(markdown), mentions, accountOf));

function flat({ blocks }: Content): string {
  const of = (inlines: readonly Inline[]): string =>
    inlines
      .map((one) =>
        one.t === 'text' || one.t === 'code'
          ? one.v
          : one.t === 'mention'
            ? `<${(one.who as { user: string }).user}>`
            : 'c' in one
              ? of(one.c)
              : '',
      )
      .join('');
  return blocks.map((block) => ('c' in block ? of(block.c) : '')).join('\n');
}

describe('Mentioning somebody in a chat', () => {
  it('calls the account of whoever is meant, wherever the name stands', () => {
    expect(said('@Ana can you **ask @Ana Ruiz**? @ana.', ana, anaRuiz)).toBe('<U1> can you ask <U2>? <U1>.');
  });

  it('calls nobody for an address, a longer word or code', () => {
    expect(said('mail x@ana.example, @Anastasia, `@Ana`', ana)).toBe('mail x@ana.example, @Anastasia, @Ana');
  });

  it('takes any name as it is', () => {
    expect(said('@Jean-Luc (ops)+ and @Ana', { id: 'p1', name: 'Jean-Luc (ops)+' })).toBe('<U1> and @Ana');
  });

  it('leaves the name of somebody without an account there as it was written', () => {
    expect(said('@Bo and @Ana', { id: 'p3', name: 'Bo' }, ana)).toBe('@Bo and <U1>');
  });
});
