import type { Found } from './slack-calls.ts';

export interface Goal {
  readonly name: string;
  readonly goal: string;
  readonly value: number;
  readonly met: boolean;
  /** The machine's haste decides, too: on one that does other things as well, it says little. */
  readonly byTheClock?: true;
}

/** One post in so many may be said twice until it is swept. */
const ONE_IN = 10_000;
/** What a busy machine adds to one in a hundred posts by itself. */
const NOISE_MS = 250;

/** What was promised, beside what came of it. */
export function goalsOf(found: Found): Goal[] {
  const { posts, twiceBefore, twiceAfter, missingAfter, leftToAPerson, outOfOrder, calmP99Ms, besideALimitedRoomP99Ms, saidWhileLimited } =
    found;
  const none = (name: string, value: number): Goal => ({ name, goal: '0', value, met: value === 0 });
  const mostTwice = Math.max(1, Math.floor(posts / ONE_IN));
  const patience = Math.round(Math.max(calmP99Ms + NOISE_MS, calmP99Ms * 1.5));
  return [
    {
      name: 'said twice, before the sweeper',
      goal: `<= ${mostTwice}`,
      value: twiceBefore.length,
      met: twiceBefore.length <= mostTwice,
      byTheClock: true,
    },
    none('said twice, after the sweeper', twiceAfter.length),
    none('missing, after the sweeper', missingAfter.length),
    none('left to a person, but for what the chat lost three times', leftToAPerson),
    none('said in a room that Slack slows down, when the others have heard everything', saidWhileLimited),
    none('out of order in its room, but for what the chat had lost, or nobody could look for', outOfOrder.length),
    {
      name: 'posted and seen, p99 in ms, in other rooms than the one that Slack slows down',
      goal: `<= ${patience}`,
      value: besideALimitedRoomP99Ms,
      met: besideALimitedRoomP99Ms <= patience,
      byTheClock: true,
    },
  ];
}
