import { type Merged, judge } from './history.ts';

describe('Judging a run', () => {
  const good: Merged = {
    posts: [post('w1', 'a', 1_000), post('w1', 'b', 1_200), post('w2', 'c', 1_900)],
    saidInChat: [{ author: 'ana', text: 'x' }],
    log: ['a', 'x', 'b', 'c'].map((text, n) => ({ seq: n + 1, text })),
    shown: ['a', 'x', 'b', 'c'],
    streams: [
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ],
    shownInChat: ['a', 'b', 'c'],
  };

  it('finds nothing wrong with a good one, and measures its longest gap', () => {
    expect(judge(good)).toEqual({ lost: [], twice: [], outOfOrder: [], longestGapMs: 700 });
  });

  it.each<[string, Partial<Merged>]>([
    ['a post that was acknowledged and is gone', { log: good.log.slice(0, 3) }],
    ['a message of the chat that never came', { saidInChat: [...good.saidInChat, { author: 'ana', text: 'y' }] }],
    ['a post the chat was never told', { shownInChat: ['a', 'b'] }],
    ['a stream that missed a number', { streams: [[1, 2, 4]] }],
  ])('calls lost %s', (_what, change) => {
    expect(judge({ ...good, ...change }).lost).not.toEqual([]);
  });

  it.each<[string, Partial<Merged>]>([
    ['a post the log has twice', { log: [...good.log, { seq: 5, text: 'a' }] }],
    ['a post the chat shows twice', { shownInChat: ['a', 'b', 'c', 'a'] }],
    ['a number that a stream was given twice', { streams: [[1, 2, 2, 3, 4]] }],
  ])('calls twice %s', (_what, change) => {
    expect(judge({ ...good, ...change }).twice).not.toEqual([]);
  });

  it.each<[string, Partial<Merged>]>([
    ['a log with a gap in its numbers', { log: good.log.map((event) => (event.seq === 4 ? { ...event, seq: 5 } : event)) }],
    ['posts of one author that changed places', { shown: ['b', 'x', 'a', 'c'] }],
    ['a chat that shows another order than the log', { shownInChat: ['a', 'c', 'b'] }],
    ['a stream that went back', { streams: [[1, 3, 2, 4]] }],
  ])('calls out of order %s', (_what, change) => {
    expect(judge({ ...good, ...change }).outOfOrder).not.toEqual([]);
  });

  function post(author: string, text: string, acknowledgedAt: number) {
    return { id: text, author, text, invokedAt: acknowledgedAt - 10, acknowledgedAt };
  }
});
