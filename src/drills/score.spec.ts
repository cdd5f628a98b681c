import type { DrillLine } from './drills.types.ts';
import type { Evidence } from './evidence.types.ts';
import { score } from './score.ts';

const MINUTE = 60_000;

describe('The report of a drill', () => {
  /** All went as it should. */
  const evidence = (facts: Partial<Evidence> = {}): Evidence => ({
    chat: 'Slack',
    fault: 'silent',
    pace: 1,
    cut: null,
    brokenAt: 0,
    healedAt: 5 * MINUTE,
    suspectAt: 25_000,
    downAt: 55_000,
    tells: false,
    notices: [],
    ways: [
      { name: 'Mail', kind: 'smtp', state: 'proven' },
      { name: 'Pager', kind: 'pagerduty', state: 'proven' },
    ],
    enough: true,
    advice: 'People are told by 2 ways that are known to work.',
    people: 6,
    reachable: 6,
    came: 6,
    unheard: 4,
    gestures: 0,
    exchanged: { closedAt: 6 * MINUTE, inbound: 4, outbound: 2, unread: false },
    waited: 2,
    unsaid: 0,
    isMerged: true,
    ...facts,
  });
  const of = (facts: Partial<Evidence>, about: string): DrillLine | undefined =>
    score(evidence(facts)).lines.find(({ what }) => what.includes(about));

  it('keeps every goal where all went as it should, and has nothing to improve', () => {
    const { kept, of: measured, lines } = score(evidence());

    expect([kept, measured]).toEqual([8, 8]);
    expect(lines.flatMap(({ improve }) => improve ?? [])).toEqual([]);
  });

  it.each([
    [{ suspectAt: 31_000 }, 'doubts', 'after 31 seconds', 'Look at /operations'],
    [{ downAt: null }, 'is down', 'it did not', '/incident chat-down'],
    [{ enough: false, ways: [], advice: 'Nobody is told when a chat is down.' }, 'Ways to tell', 'none', 'Nobody is told'],
    [{ came: 2 }, 'go on in the war room', '2 of 6', '4 of 6 did not open the war room while Slack was away'],
    [{ reachable: 5 }, 'reached without the chat', '5 of 6', '/settings/mail'],
    [{ isMerged: false }, 'gap is closed', 'not by the end of the drill', 'Look at the room'],
    [
      { exchanged: { closedAt: 8 * MINUTE, inbound: 4, outbound: 2, unread: false } },
      'gap is closed',
      'after 180 seconds',
      'Look at the room',
    ],
    [{ unsaid: 1 }, 'written here', '1 of 2', '/operations'],
  ])('with %o says what was missed, and what to do', (facts, about, came, improve) => {
    expect(of(facts, about)).toMatchObject({ is: 'missed', came, improve: expect.stringContaining(improve) });
  });

  it('blames nobody for what a drill that was stopped early did not come to', () => {
    expect(of({ downAt: null, healedAt: 40_000 }, 'is down')).toMatchObject({ is: 'unmeasured', came: 'it was over after 40 seconds' });
  });

  it('says of buttons and commands that they are lost, as in any outage, and counts it against nobody', () => {
    expect(of({ gestures: 2, unheard: 6 }, 'Buttons')).toMatchObject({
      is: 'unmeasured',
      came: '2 did not reach Muster, as in any outage',
    });
  });

  it('measures who was told where people were, by when the second way was through and when the last one was', () => {
    const notices = [
      { way: 'Mail', toldAt: 57_000 },
      { way: 'Mail', toldAt: 90_000 },
      { way: 'Pager', toldAt: 60_000 },
    ];

    expect(of({ tells: true, notices }, 'two ways')).toMatchObject({ is: 'kept', came: 'after 5 seconds: Mail, Pager' });
    expect(of({ tells: true, notices }, 'Everybody')).toMatchObject({ is: 'kept', came: '3 of 3, the last after 35 seconds' });
    expect(of({ tells: true, notices: notices.slice(0, 1) }, 'two ways')).toMatchObject({ is: 'missed', came: 'by Mail' });
  });

  it('has no lines where nothing was broken', () => {
    expect(score(evidence({ brokenAt: null, cut: 'not-opened' }))).toEqual({ kept: 0, of: 0, lines: [] });
  });
});
