import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SlackSimulator } from '#adapters/slack/simulator/types';
import { startSlackSimulator } from '#adapters/slack/simulator/start';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import { until } from '#test/support/until';
import { RunningMuster, kill } from '../running-muster.ts';
import { freePort } from '#test/support/free-port';
import { MANIFEST } from '#test/support/slack-manifest';
import { type Post, type Verdict, judge } from './history.ts';
import { NOT_TOLD } from './not-told.ts';
import { seeded } from './random.ts';
import { Watcher } from './watchers.ts';
import { write } from './writers.ts';
import { incidentInSlack } from '../slack-incident.ts';
import { saidInSlack } from '../slack-shows.ts';

const TOKEN = 'a-token-for-the-kill-tests-only';
const BROWSERS = 60;
const POSTS = 600;
const FROM_SLACK = 180;
const SECONDS = 12;
const MOST_GAP_MS = 3_000;

/**
 * `kill -9` in the middle of a busy incident: 60 pages and a pretend Slack, 600 posts in all. Judged from the merged
 * history of the writers, the streams, the pretend Slack and the log. The others are killed in `test/chaos/processes`, and every one
 * of them twenty times by `npm run chaos -- R5`.
 */
describe('Killing the web process while 600 posts are written', () => {
  const seed = Number(process.env['MUSTER_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const random = seeded(seed);
  const dataDir = mkdtempSync(join(tmpdir(), 'muster-kill-'));
  let slack: SlackSimulator;
  let muster: RunningMuster;
  let verdict: Verdict;

  beforeAll(async () => {
    // Slack's own retries come at once, after one and after five minutes; here the same three come sooner.
    slack = await startSlackSimulator({ manifest: MANIFEST, seed, timing: { retryDelaysMs: [0, 1_000, 3_000] } });
    const port = await freePort();
    muster = await new RunningMuster({
      port,
      dataDir,
      env: {
        MUSTER_BOOTSTRAP_TOKEN: TOKEN,
        CHAT_ADAPTERS: 'slack',
        SLACK_BOT_TOKEN: slack.app.botToken,
        SLACK_SIGNING_SECRET: slack.app.signingSecret,
        SLACK_API_URL: slack.apiUrl,
      },
    }).ready();
    await slack.setRequestUrl(`http://127.0.0.1:${port}/hooks/slack`);
    await until('Slack is joined', async () => Number(await muster.ask('select count(*) from chat_tenant')) === 1, 20_000);
    // One post a second a channel, Slack's limit, would make this run ten minutes long: the same budget, 50 times faster.
    await muster.ask(`update chat_instance set pace = 50`);
    await muster.ask(`select pg_notify('muster', 'test chats:slack')`);
    verdict = await run();
    const count = (found: readonly string[]): string => (found.length === 0 ? '0' : `${found.length} (${found.slice(0, 5).join('; ')})`);
    console.info(
      `kill -9 of the web process, seed ${seed}: longest gap ${verdict.longestGapMs} ms, lost ${count(verdict.lost)}, twice ${count(verdict.twice)}, out of order ${count(verdict.outOfOrder)}`,
    );
  }, 240_000);

  afterAll(async () => {
    await muster.pressCtrlC();
    await slack.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('loses nothing that was acknowledged', () => {
    expect(verdict.lost).toEqual([]);
  });

  it('says nothing twice', () => {
    expect(verdict.twice).toEqual([]);
  });

  it('keeps the order', () => {
    expect(verdict.outOfOrder).toEqual([]);
  });

  it('keeps people from writing for seconds only', () => {
    expect(verdict.longestGapMs).toBeLessThanOrEqual(MOST_GAP_MS);
  });

  async function run(): Promise<Verdict> {
    const { channel, people } = await incidentInSlack(slack, ['ana', 'bo'], (query) => muster.ask(query));

    const api = `http://127.0.0.1:${muster.port}/api/v1/incidents/INC-1`;
    const watchers = Array.from({ length: BROWSERS }, () => new Watcher(muster.port, '/api/v1/incidents/INC-1/stream', TOKEN));
    for (const watcher of watchers) watcher.open();

    const posts: Post[] = [];
    const each = (POSTS - FROM_SLACK) / BROWSERS;
    const writing = watchers.map((_, n) => {
      const texts = Array.from({ length: each }, (_none, k) => `page ${n} says ${k}`);
      return write(`${api}/commands`, TOKEN, `page ${n}`, texts, () => random() * 2 * ((SECONDS * 1_000) / each), posts);
    });
    const saidInChat: { author: string; text: string }[] = [];
    const talking = people.map(async (person, p) => {
      for (let n = 0; n < FROM_SLACK / 2; n++) {
        await new Promise((resolve) => setTimeout(resolve, random() * 2 * ((SECONDS * 1_000) / (FROM_SLACK / 2))));
        const text = `person ${p} says ${n} in Slack`;
        saidInChat.push({ author: `person ${p}`, text });
        await slack.as(person).say(channel, text);
      }
    });
    const killing = new Promise((resolve) => setTimeout(resolve, (0.3 + random() * 0.4) * SECONDS * 1_000)).then(() =>
      kill(muster.pidOf('web,ingest')),
    );
    await Promise.all([...writing, ...talking, killing]);

    await until('everything is told', async () => Number(await muster.ask(NOT_TOLD)) === 0 && (await arrived(saidInChat.length)), 90_000);
    const log = await events(api);
    await until('every page has it', () => watchers.every(({ seen }) => seen.at(-1) === log.at(-1)?.seq), 20_000).catch(() => undefined);
    for (const watcher of watchers) watcher.close();
    return judge({
      posts,
      saidInChat,
      log: log.map((event) => ({ seq: event.seq, text: event.type === 'message.posted' ? event.data.text : null })),
      shown: [...log]
        .sort((a, b) => a.displayAt.localeCompare(b.displayAt) || a.seq - b.seq)
        .flatMap((event) => (event.type === 'message.posted' ? [event.data.text] : [])),
      streams: watchers.map(({ seen }) => seen),
      shownInChat: saidInSlack(slack, channel, /page \d+ says \d+/g).map(({ text }) => text),
    });
  }

  /** Slack has given up what it could not deliver, or the log has it; what then is missing is found by the judge. */
  async function arrived(said: number): Promise<boolean> {
    const found = Number(await muster.ask(`select count(*) from event where type = 'message.posted' and via ->> 'id' = 'slack'`));
    return found >= said;
  }

  async function events(api: string): Promise<RoomEvent[]> {
    const all: RoomEvent[] = [];
    for (let after = 0, more = true; more;) {
      const response = await fetch(`${api}/events?after=${after}`, { headers: { authorization: `Bearer ${TOKEN}` } });
      const page = (await response.json()) as { events: RoomEvent[]; next: number; more: boolean };
      all.push(...page.events);
      after = page.next;
      more = page.more;
    }
    return all;
  }
});
