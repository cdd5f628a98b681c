import { startSlackSimulator } from '../simulator/start.ts';
import type { AnswerDesk } from '../src/inbound/answer-desk.ts';
import type { BoltDecoder } from '../src/inbound/bolt-decoder.ts';
import { SlackSockets } from '../src/inbound/sockets.ts';
import { SlackHealth } from '../src/slack-health.ts';
import { slackLogger } from '../src/slack-logger.ts';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const APART_MS = 150;

describe('Two sockets', () => {
  it('are not of one age for long, so that Slack does not end both at once, and one is always open', async () => {
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

    expect(Math.min(...counts)).toBe(1);
    expect(opened()).toBe(3);
    await sockets.close();
    await slack.close();
  });
});

async function until(is: () => boolean): Promise<void> {
  for (const end = Date.now() + 15_000; !is();) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
