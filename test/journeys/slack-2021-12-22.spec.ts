import { useBadDay } from './slack-bad-day.ts';

/** Slack said of messages that it has them, and lost them for ever: `ok: true` is not delivery. */
describe('22 December 2021: Slack acknowledges what apps say, and loses it', () => {
  const day = useBadDay('22 December 2021');

  it('finds out by looking what was lost, and says it again, each once', async () => {
    day.breaks({ kind: 'vanish', on: ['chat.postMessage'], channel: day.channel, times: 3 });
    await day.speaks(5);

    await day.isThere(6);
    expect(day.slack.calls().filter(({ outcome }) => outcome === 'vanish')).toHaveLength(3);
    expect([...day.heardThere()].sort()).toEqual([...new Set(day.heardThere())].sort());
  }, 120_000);
});
