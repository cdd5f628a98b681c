import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import { mirrorWords } from './mirror-words.ts';

const mirror = (facts: Partial<MirrorView>): MirrorView => ({
  id: 'm',
  surface: { id: 'slack', name: 'Slack' },
  state: 'open',
  name: '#inc-1',
  permalink: null,
  since: '2026-11-21T03:11:00.000Z',
  waiting: [],
  doubtful: [],
  refused: [],
  ...facts,
});

describe('Saying where a room is also heard', () => {
  it.each([
    [mirror({ state: 'opening', name: null }), 'Slack (its room is being made)', false],
    [mirror({}), 'Slack #inc-1 (open)', false],
    [mirror({ doubtful: ['a'] }), 'Slack #inc-1 (open). 1 message may be missing there.', true],
    [
      mirror({
        refused: [
          { messageId: 'a', why: 'That room is archived: open it again there.' },
          { messageId: 'b', why: 'That room is archived: open it again there.' },
        ],
      }),
      'Slack #inc-1 (open). 2 messages were not taken there. That room is archived: open it again there.',
      true,
    ],
    [mirror({ state: 'suspect' }), 'Slack #inc-1 may not be answering since 03:11.', true],
    [
      mirror({ state: 'parked', waiting: ['a'] }),
      'Slack #inc-1 is not answering since 03:11. Messages are copied to it when it returns. 1 message waits for it.',
      true,
    ],
    [
      mirror({ state: 'suspect', admits: { title: 'Some people cannot connect', href: 'https://slack-status.com/1' } }),
      'Slack #inc-1 may not be answering since 03:11. Slack says so too: Some people cannot connect.',
      true,
    ],
    [mirror({ state: 'catching-up', waiting: ['a', 'b'] }), 'Slack #inc-1 is back and catching up. 2 messages wait for it.', true],
    [
      mirror({ state: 'archived', waiting: ['a'] }),
      'Slack #inc-1 is archived since 03:11. Unarchive it there, invite Muster to it if it is not in it then, and what is written here is copied to it. 1 message waits for it.',
      true,
    ],
    [
      mirror({ state: 'shut-out', waiting: ['a'] }),
      'Muster is not in Slack #inc-1 since 03:11. Invite it to that room there, and what is written here is copied to it. 1 message waits for it.',
      true,
    ],
    [mirror({ state: 'failed', name: null }), 'Slack has no room for this incident.', true],
  ])('%#: %j', (view, say, trouble) => {
    expect(mirrorWords(view)).toEqual({ say, trouble });
  });
});
