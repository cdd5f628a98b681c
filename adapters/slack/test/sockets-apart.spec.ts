import { startSlackSimulator } from '../simulator/start.ts';
import type { AnswerDesk } from '../src/inbound/answer-desk.ts';
import type { BoltDecoder } from '../src/inbound/bolt-decoder.ts';
import { SlackSockets } from '../src/inbound/sockets.ts';
import { SlackHealth } from '../src/slack-health.ts';
import { slackLogger } from '../src/slack-logger.ts';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const APART_MS = 150;

describe('Two sockets', () => {
  it('are not of one age for long, so that Slack does not end both at once, and both are always open', async () => {
    const slack = await startSlackSimulator({ socketMode: true });
    const health = new SlackHealth(Date.now, true);
    const { appToken } = slack.app;
    const facts = { appToken, apiUrl: slack.apiUrl, fetch, logger: slackLogger(quiet), log: quiet, now: Date.now, heard: () => undefined };
    // Nothing is said here that anybody would decode.
    const sockets = new SlackSockets({ ...facts, apartMs: APART_MS }, {} as BoltDecoder, {} as AnswerDesk, health);
    const stop = new AbortController();
    const opened = (): number => slack.calls().filter(({ method }) => method === 'apps.connections.open').length;
    const counts: number[] = [];

    sockets.connect({ admit: () => Promise.resolve(), ask: () => Promise.resolve({ t: 'none' }) }, stop.signal);
    await until(() => slack.socketCount() === 2);
    const watch = setInterval(() => counts.push(slack.socketCount()), 1);
    await until(() => opened() === 3 && slack.socketCount() === 2);
    await new Promise((resolve) => setTimeout(resolve, 3 * APART_MS));
    clearInterval(watch);

    expect(Math.min(...counts)).toBe(2);
    expect(opened()).toBe(3);
    await sockets.close();
    await slack.close();
  });

  it('are renewed when they brought nothing for ten seconds, and once a minute at most', async () => {
    const slack = await startSlackSimulator({ socketMode: true });
    let clock = 0;
    let ups = 0;
    const renewed: unknown[] = [];
    const log = { ...quiet, info: (facts: unknown) => void renewed.push(facts) };
    const facts = { appToken: slack.app.appToken, apiUrl: slack.apiUrl, fetch, logger: slackLogger(quiet), log, heard: () => undefined };
    const health = { socketIs: (socket: unknown) => (ups += socket === 'up' ? 1 : 0) } as unknown as SlackHealth;
    const sockets = new SlackSockets({ ...facts, now: () => clock }, {} as BoltDecoder, {} as AnswerDesk, health);
    const doubtAt = (at: number): number => {
      clock = at;
      sockets.renewSilent();
      return renewed.length;
    };

    sockets.renewSilent();
    sockets.connect({ admit: () => Promise.resolve(), ask: () => Promise.resolve({ t: 'none' }) }, new AbortController().signal);
    await until(() => ups === 2);

    expect(doubtAt(9_999)).toBe(0);
    expect(doubtAt(10_000)).toBe(1);
    expect(renewed).toEqual([{ sockets: 2, of: 2 }]);
    await until(() => ups === 4);
    expect(doubtAt(69_999)).toBe(1);
    expect(doubtAt(70_000)).toBe(2);
    await sockets.close();
    await slack.close();
  });
});

async function until(is: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !is();) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
