import pg from 'pg';
import type { SlackSimulator } from '#adapters/slack/simulator/types';
import { startSlackSimulator } from '#adapters/slack/simulator/start';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import { freshDatabase } from '#test/support/database';
import { until } from '#test/support/until';
import { type Post, type Verdict, judge } from '../kill/history.ts';
import { NOT_TOLD } from '../kill/not-told.ts';
import { seeded } from '../kill/random.ts';
import { Watcher } from '../kill/watchers.ts';
import { write } from '../kill/writers.ts';
import { freePort } from '#test/support/free-port';
import { Balancer } from './balancer.ts';
import { OneProcess } from './one-process.ts';
import { saidInSlack } from '../slack-shows.ts';

const TOKEN = 'a-token-for-the-tests-of-several-only';
const ROOM = '/api/v1/incidents/INC-1';
const PAGES = 12;
const POSTS_A_PAGE = 15;
const FROM_SLACK = 60;
const SECONDS = 15;

/**
 * Two web processes, two workers and two clocks against one database, as somebody runs them on several machines. Each is
 * killed in turn in the middle of a busy incident and started again. Judged like the other kills, by the merged history.
 */
describe('Several processes against one database', () => {
  const seed = Number(process.env['MUSTER_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const random = seeded(seed);
  const ports: number[] = [];
  const sql = { url: '', drop: async (): Promise<void> => undefined };
  let database: pg.Pool;
  let slack: SlackSimulator;
  let balancer: Balancer;
  let processes: OneProcess[] = [];
  let verdict: Verdict;
  let shownBy: (readonly RoomEvent[])[];
  /** Who judged the chat, one clock after the other. */
  const judgedBy: string[] = [];
  let looking: NodeJS.Timeout;

  beforeAll(async () => {
    Object.assign(sql, await freshDatabase());
    database = new pg.Pool({ connectionString: sql.url, max: 3 });
    slack = await startSlackSimulator({ seed, timing: { retryDelaysMs: [0, 1_000, 3_000] } });
    ports.push(await freePort(), await freePort());
    const front = await freePort();
    balancer = await Balancer.before(ports, front);
    const env = {
      DATABASE_URL: sql.url,
      MUSTER_BOOTSTRAP_TOKEN: TOKEN,
      CHAT_ADAPTERS: 'slack',
      SLACK_BOT_TOKEN: slack.app.botToken,
      SLACK_SIGNING_SECRET: slack.app.signingSecret,
      SLACK_API_URL: slack.apiUrl,
    };
    processes = [
      ...ports.map((port, n) => new OneProcess(`web ${n}`, { roles: ['web', 'ingest'], env: { ...env, PORT: String(port) } })),
      ...[0, 1].map((n) => new OneProcess(`worker ${n}`, { roles: ['worker'], env })),
      ...[0, 1].map((n) => new OneProcess(`clock ${n}`, { roles: ['clock'], env })),
    ];
    for (const one of processes) one.start();
    await until('both webs serve', () => Promise.all(ports.map(isReady)).then((both) => both.every(Boolean)), 40_000);
    await slack.setRequestUrl(`http://127.0.0.1:${front}/hooks/slack`);
    await until('Slack is joined', async () => (await ask('select count(*)::int from chat_tenant')) === 1, 20_000);
    await ask('update chat_instance set pace = 50');
    await ask(`select pg_notify('muster', 'test chats:slack')`);
    looking = setInterval(() => void watchTheClock().catch(() => undefined), 100);
    verdict = await run();
    const count = (found: readonly string[]): string => (found.length === 0 ? '0' : `${found.length} (${found.slice(0, 5).join('; ')})`);
    console.info(
      `each of ${processes.length} processes killed in turn, seed ${seed}: longest gap ${verdict.longestGapMs} ms, ` +
        `lost ${count(verdict.lost)}, twice ${count(verdict.twice)}, out of order ${count(verdict.outOfOrder)}, ${judgedBy.length} clocks after each other`,
    );
  }, 120_000);

  afterAll(async () => {
    clearInterval(looking);
    await Promise.all(processes.map((one) => one.end('SIGTERM')));
    await balancer?.close();
    await slack?.close();
    await database?.end();
    await sql.drop();
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

  it('shows the same room on both webs', () => {
    expect(shownBy[0]?.length).toBeGreaterThan(PAGES * POSTS_A_PAGE);
    expect(shownBy[1]).toEqual(shownBy[0]);
  });

  it('has one clock act at a time, and another when that one is killed', () => {
    expect(judgedBy.length).toBeGreaterThan(1);
    // Two at once would be seen to take turns.
    expect(new Set(judgedBy).size).toBe(judgedBy.length);
  });

  async function run(): Promise<Verdict> {
    const ana = slack.addUser({ name: 'ana', realName: 'Ana Ruiz' }).id;
    const bo = slack.addUser({ name: 'bo', realName: 'Bo Lindqvist' }).id;
    const general = slack.addChannel({ name: 'general', members: [ana, bo, slack.app.botUserId] }).id;
    await until('the incident', async () => {
      if (await ask('select count(*)::int from incident')) return true;
      await slack.as(ana).command('/incident', 'Checkout is failing', general);
      return false;
    });
    const channel = (await until('the channel', () => slack.channels().find(({ name }) => name.startsWith('inc-1')), 30_000)).id;
    for (const person of [ana, bo]) await slack.as(person).join(channel);

    const watchers = Array.from({ length: PAGES }, (_, n) => new Watcher(portOf(n), `${ROOM}/stream`, TOKEN));
    for (const watcher of watchers) watcher.open();
    const posts: Post[] = [];
    const writing = watchers.map((_, n) => {
      const texts = Array.from({ length: POSTS_A_PAGE }, (_none, k) => `page ${n} says ${k}`);
      const address = `http://127.0.0.1:${portOf(n)}${ROOM}/commands`;
      return write(address, TOKEN, `page ${n}`, texts, () => random() * 2 * ((SECONDS * 1_000) / POSTS_A_PAGE), posts);
    });
    const saidInChat: { author: string; text: string }[] = [];
    const talking = [ana, bo].map(async (person, p) => {
      for (let n = 0; n < FROM_SLACK / 2; n++) {
        await after(random() * 2 * ((SECONDS * 1_000) / (FROM_SLACK / 2)));
        const text = `person ${p} says ${n} in Slack`;
        saidInChat.push({ author: `person ${p}`, text });
        await slack.as(person).say(channel, text);
      }
    });
    await Promise.all([...writing, ...talking, killEach()]);

    await until(
      'everything is told',
      async () =>
        (await ask(NOT_TOLD)) === 0 &&
        Number(await ask(`select count(*)::int from event where type = 'message.posted' and via ->> 'id' = 'slack'`)) >= saidInChat.length,
      40_000,
    ).catch(() => undefined);
    await until('another clock', () => judgedBy.length > 1).catch(() => undefined);
    shownBy = await Promise.all(ports.map(events));
    const log = shownBy[0] ?? [];
    await until('every page has it', () => watchers.every(({ seen }) => seen.at(-1) === log.at(-1)?.seq)).catch(() => undefined);
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

  /** One after the other, in an order drawn; the next when the last one works again. */
  async function killEach(): Promise<void> {
    const order = [...processes].map((one) => ({ one, at: random() })).sort((a, b) => a.at - b.at);
    for (const { one } of order) {
      await after(500 + random() * 1_500);
      await one.end('SIGKILL');
      one.start();
      const web = one.name.startsWith('web') ? ports[Number(one.name.slice(4))] : undefined;
      if (web !== undefined) await until(`${one.name} serves again`, () => isReady(web), 30_000);
    }
  }

  async function watchTheClock(): Promise<void> {
    const owner = await ask(`select detector ->> 'owner' from surface_health where detector ->> 'owner' is not null`);
    if (typeof owner === 'string' && judgedBy.at(-1) !== owner) judgedBy.push(owner);
  }

  const portOf = (n: number): number => ports[n % ports.length] ?? 0;
  const after = (ms: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, ms));

  async function isReady(port: number): Promise<boolean> {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    return answer?.status === 200;
  }

  async function ask(query: string): Promise<unknown> {
    const { rows } = await database.query<unknown[]>({ text: query, rowMode: 'array' });
    return rows[0]?.[0];
  }

  async function events(port: number): Promise<RoomEvent[]> {
    const all: RoomEvent[] = [];
    for (let from = 0, more = true; more;) {
      const response = await fetch(`http://127.0.0.1:${port}${ROOM}/events?after=${from}`, {
        headers: { authorization: `Bearer ${TOKEN}` },
      });
      const page = (await response.json()) as { events: RoomEvent[]; next: number; more: boolean };
      all.push(...page.events);
      from = page.next;
      more = page.more;
    }
    return all;
  }
});
