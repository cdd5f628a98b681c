import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { startSlackSimulator } from '#adapters/slack/simulator/start';
import type { SlackSimulator } from '#adapters/slack/simulator/types';
import { OneProcess } from '#test/processes/several/one-process';
import { TeamsBeside } from '#test/processes/teams-beside';
import { freePort } from '#test/support/free-port';
import { MANIFEST } from '#test/support/slack-manifest';
import { until } from '#test/support/until';
import type { Asked, Figure, Figures } from './figure.types.ts';

const TOKEN = 'a-token-for-no-way-out-only';
const PRELOAD = './test/chaos/processes/no-way-out.mjs';
/** The one request for which the web process itself calls out: who does not see that sees nothing. */
const TRIED_OUT = '/test';
const PAIRS = 5;
const WRITERS = 4;
/** Others post and read beside them, as fast as they are answered; more would measure the machine. */
const POSTS = { whole: 250, small: 25 };

/** A way out that was tried. `request`: for which one of a person's it was. */
interface Seen {
  readonly host: string;
  readonly port: number | null;
  readonly request: string | null;
  readonly cut: boolean;
}

interface Block {
  readonly acknowledged: number;
  readonly asked: number;
  readonly p99Ms: number;
}

/** Muster in three processes, each with all ways out but to its database watched, and closed for every second block of posts. */
class Run {
  private readonly folder = mkdtempSync(join(tmpdir(), 'muster-no-way-out-'));
  private readonly cut = join(this.folder, 'cut');
  private readonly seen = join(this.folder, 'seen');
  private readonly database: pg.Pool;
  private slack!: SlackSimulator;
  private teams!: TeamsBeside;
  private processes: OneProcess[] = [];
  private url = '';
  private rooms: string[] = [];

  constructor(private readonly databaseUrl: string) {
    this.database = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  }

  async start(): Promise<void> {
    writeFileSync(this.seen, '');
    this.slack = await startSlackSimulator({ manifest: MANIFEST });
    this.teams = await TeamsBeside.open();
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    const { hostname, port: databasePort } = new URL(this.databaseUrl);
    const env = {
      DATABASE_URL: this.databaseUrl,
      PORT: String(port),
      MUSTER_BOOTSTRAP_TOKEN: TOKEN,
      CHAT_ADAPTERS: 'slack',
      SLACK_BOT_TOKEN: this.slack.app.botToken,
      SLACK_SIGNING_SECRET: this.slack.app.signingSecret,
      SLACK_API_URL: this.slack.apiUrl,
      ...this.teams.environment,
      LOG_LEVEL: 'fatal',
      NO_WAY_OUT_BUT: `${hostname}:${databasePort}`,
      NO_WAY_OUT_CUT: this.cut,
      NO_WAY_OUT_SEEN: this.seen,
    };
    const args = ['--import', PRELOAD];
    this.processes = [
      new OneProcess('web', { roles: ['web', 'ingest'], env, args }),
      new OneProcess('worker', { roles: ['worker'], env, args }),
      new OneProcess('clock', { roles: ['clock'], env, args }),
    ];
    for (const one of this.processes) one.start();
    await until(
      'the web serves',
      () =>
        fetch(`${this.url}/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        ),
      60_000,
    );
    await this.slack.setRequestUrl(`${this.url}/hooks/slack`);
    await until('both chats are joined', async () => (await this.ask('select count(*)::int from chat_tenant')) === 2, 60_000);
    await this.tellOthersToo();
    for (let n = 0; n < WRITERS; n++) this.rooms.push(await this.declare(`Room ${n}`));
    await until(
      'every room is in both chats',
      async () => (await this.ask('select count(*)::int from mirror where room is not null')) === 2 * WRITERS,
      60_000,
    );
  }

  /** The ways that hang on other companies: each is tried by a worker, and none of them answers. */
  private async tellOthersToo(): Promise<void> {
    const mail = { host: 'smtp.example.com', port: 587, security: 'starttls', user: 'muster', from: 'muster@example.com' };
    const { id } = await this.api<{ id: string }>('POST', '/api/v1/webhooks', { name: 'Others', url: 'https://hooks.example.com/muster' });
    void this.send('POST', `/api/v1/webhooks/${id}${TRIED_OUT}`).catch(() => undefined);
    await this.api('POST', '/api/v1/notices/ways', { kind: 'smtp', name: 'Mail', settings: mail, secret: 'secret' });
  }

  /** Posts of several people at once, and what each of them reads after it. */
  async block(posts: number, isCut: boolean): Promise<Block> {
    if (isCut) appendFileSync(this.cut, '');
    else rmSync(this.cut, { force: true });
    const times: number[] = [];
    let acknowledged = 0;
    await Promise.all(
      this.rooms.map(async (room) => {
        for (let n = 0; n < posts; n++) {
          const body = { id: uuidv7(), type: 'message', body: { text: `${n}` } };
          const began = performance.now();
          const answer = await this.send('POST', `/api/v1/incidents/${room}/commands`, body);
          times.push(performance.now() - began);
          const { seq } = (await answer.json()) as { seq?: number };
          if (answer.status !== 200 || seq === undefined) continue;
          const read = await this.api<{ events: { id: string }[] }>('GET', `/api/v1/incidents/${room}/events?after=${seq - 1}`);
          if (read.events.some(({ id }) => id === body.id)) acknowledged += 1;
        }
      }),
    );
    return { acknowledged, asked: posts * this.rooms.length, p99Ms: percentile(times, 0.99) };
  }

  tried(): Seen[] {
    return readFileSync(this.seen, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Seen);
  }

  /** Where each chat listens. */
  chats(): number[] {
    return [Number(new URL(this.slack.apiUrl).port), this.teams.port];
  }

  async end(): Promise<void> {
    rmSync(this.cut, { force: true });
    await Promise.all(this.processes.map((one) => one.end('SIGTERM')));
    await this.slack?.close();
    await this.teams?.close();
    await this.database.end();
    if (existsSync(this.folder)) rmSync(this.folder, { recursive: true });
  }

  private async declare(title: string): Promise<string> {
    return (await this.api<{ number: string }>('POST', '/api/v1/incidents', { title })).number;
  }

  private async api<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await this.send(method, path, body);
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  private send(method: string, path: string, body?: object): Promise<Response> {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': uuidv7() };
    return fetch(`${this.url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  }

  private async ask(sql: string): Promise<unknown> {
    const { rows } = await this.database.query<unknown[]>({ text: sql, rowMode: 'array' });
    return rows[0]?.[0];
  }
}

async function withoutAnybody({ isSmall, durableDatabase }: Asked): Promise<Figure> {
  const database = await durableDatabase();
  const run = new Run(database.url);
  try {
    await run.start();
    const posts = isSmall ? POSTS.small : POSTS.whole;
    // The first posts pay for what is compiled and planned then.
    await run.block(posts, false);
    const pairs: { readonly open: Block; readonly closed: Block }[] = [];
    for (let n = 0; n < PAIRS; n++) pairs.push({ open: await run.block(posts, false), closed: await run.block(posts, true) });

    const closed = pairs.map((pair) => pair.closed);
    const [acknowledged, asked] = [sum(closed.map((block) => block.acknowledged)), sum(closed.map((block) => block.asked))];
    const ratio = median(pairs.map((pair) => pair.closed.p99Ms / pair.open.p99Ms));
    const tried = run.tried().filter(({ cut }) => cut);
    const onThePath = tried.filter(({ request }) => request?.includes('/api/v1/incidents/') ?? false);
    const others = new Set(tried.map(({ host, port }) => (port === null ? host : `${host}:${port}`))).size;
    const isChatTried = run.chats().map((chat) => tried.some(({ port }) => port === chat));
    const isWatching = run.tried().some(({ request }) => request?.endsWith(TRIED_OUT) ?? false);
    return {
      goal: 'with Slack, Teams and everything else foreign unreachable every post is acknowledged, p99 at most 1.25 times the usual (median of five pairs, in turn), and posting and reading make no call to the outside',
      measured: `${acknowledged.toLocaleString('en')} of ${asked.toLocaleString('en')} posts acknowledged and read, p99 ${ratio.toFixed(2)} times the usual (${median(closed.map(({ p99Ms }) => p99Ms)).toFixed(0)} ms), ${onThePath.length} calls on that path; workers tried ${tried.length} times meanwhile to reach ${others} places, Slack's and Teams' among them`,
      pass: acknowledged === asked && ratio <= 1.25 && onThePath.length === 0 && isWatching && isChatTried.every(Boolean),
    };
  } finally {
    await run.end();
    await database.stop();
  }
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Infinity;
const median = (values: readonly number[]): number => percentile(values, 0.5);

export const figures: Figures = { R4: withoutAnybody };
