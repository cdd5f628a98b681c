import type { UserRef } from '@musterhq/chat-port';
import { mentionedIn } from './mentioned-in.ts';

describe('Finding whom a message mentions', () => {
  const mia: UserRef = { adapter: 'slack', tenant: 'T1', user: 'U1' };

  it('finds them however deep they stand, and leaves out groups and everyone', () => {
    const content = {
      summary: '',
      blocks: [
        {
          t: 'list' as const,
          ordered: false,
          items: [[{ t: 'p' as const, c: [{ t: 'strong' as const, c: [{ t: 'mention' as const, who: mia }] }] }]],
        },
        {
          t: 'p' as const,
          c: [
            { t: 'mention' as const, who: 'everyone' as const },
            { t: 'mention' as const, who: { group: 'S1' } },
          ],
        },
      ],
    };

    expect(mentionedIn(content)).toEqual([mia]);
  });
});
