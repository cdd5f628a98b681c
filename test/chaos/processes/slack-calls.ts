import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { startSlackSimulator } from '#adapters/slack/simulator/start';
import type { SlackSimulator } from '#adapters/slack/simulator/types';
import type { Post } from '#test/processes/kill/history';
import { NOT_TOLD } from '#test/processes/kill/not-told';
import { seeded } from '#test/processes/kill/random';
import { write } from '#test/processes/kill/writers';
import { freePort } from '#test/support/free-port';
import { OneProcess } from '#test/processes/several/one-process';
import { until } from '#test/support/until';
import { faultyCalls } from './slack-faults.ts';
import { Tally } from './slack-tally.ts';
import { saidInSlack } from '#test/processes/slack-shows';
import { MANIFEST } from '#test/support/slack-manifest';

const TOKEN = 'a-token-for-the-faulty-calls-only';
const TALLY_MS = 1_000;
/** What a chat has lost so many times is for a person to decide. */
const LOST_TOO_OFTEN = 3;

export interface Plan {
  readonly databaseUrl: string;
  readonly seed: number;
  readonly rooms: number;
  readonly postsARoom: number;
  /** In which they are posted. */
  readonly seconds: number;
  /** Waits and budgets are divided by this. */
  readonly pace: number;
  /** Of all calls, so many go wrong. */
  readonly share: number;
}

/** What came of it, in numbers; a list where whoever reads it will ask which. */
export interface Found {
  readonly posts: number;
  readonly calls: Readonly<Record<string, number>>;
  /** The chat did it more than once, whatever was taken away afterwards. */
  readonly twiceBefore: readonly string[];
  readonly twiceAfter: readonly string[];
  /** The chat said at least once that it had it, and had not. */
  readonly lostBefore: number;
  readonly missingAfter: readonly string[];
  /** But for what the chat lost so often that a person has to be asked: one post in 40,000, where it loses one in 35. */
  readonly leftToAPerson: number;
  readonly outOfOrder: readonly string[];
  /** From being acknowledged to being seen in the chat, 99 of 100, in rooms that Slack does not slow down. */
  readonly calmP99Ms: number;
  readonly besideALimitedRoomP99Ms: number;
  /** In the room that it does, by the time that the others had everything. */
  readonly saidWhileLimited: number;
}

interface Room {
  readonly reference: string;
  readonly channel: string;
}

/**
 * The real product, a web process and two workers, speaks to a pretend Slack of whose calls so many go wrong. There is no clock: it
 * would rightly call such a chat down, and then nothing would be said. Judged by the log and by what people see in the chat.
 */
export async function withFaultyCalls(plan: Plan): Promise<Found> {
  const run = new Run(plan);
  try {
    await run.start();
    return await run.measure();
  } finally {
    await run.end();
  }
}

class Run {
  private readonly random: () => number;
  private readonly database: pg.Pool;
  private slack!: SlackSimulator;
  private tally!: Tally;
  private port = 0;
  private processes: OneProcess[] = [];
  private tallying: NodeJS.Timeout | undefined;

  constructor(private readonly plan: Plan) {
    this.random = seeded(plan.seed);
    this.database = new pg.Pool({ connectionString: plan.databaseUrl, max: 2 });
  }

  async start(): Promise<void> {
    const { seed, databaseUrl, pace } = this.plan;
    this.slack = await startSlackSimulator({ manifest: MANIFEST, seed, timing: { retryDelaysMs: [0, 1_000, 3_000] } });
    this.tally = new Tally(this.slack);
    this.port = await freePort();
    const env = {
      DATABASE_URL: databaseUrl,
      PORT: String(this.port),
      MUSTER_BOOTSTRAP_TOKEN: TOKEN,
      CHAT_ADAPTERS: 'slack',
      SLACK_BOT_TOKEN: this.slack.app.botToken,
      SLACK_SIGNING_SECRET: this.slack.app.signingSecret,
      SLACK_API_URL: this.slack.apiUrl,
      LOG_LEVEL: 'error',
    };
    this.processes = [
      new OneProcess('web', { roles: ['web', 'ingest'], env }),
      ...[0, 1].map((n) => new OneProcess(`worker ${n}`, { roles: ['worker'], env })),
    ];
    for (const one of this.processes) one.start();
    await until('the web serves', () => this.isReady(), 40_000);
    await this.slack.setRequestUrl(`http://127.0.0.1:${this.port}/hooks/slack`);
    await until('Slack is joined', async () => (await this.ask('select count(*)::int from chat_tenant')) === 1, 20_000);
    await this.ask(`update chat_instance set pace = ${pace}`);
    await this.ask(`select pg_notify('muster', 'test chats:slack')`);
    this.tallying = setInterval(() => this.tally.take(), TALLY_MS);
  }

  async measure(): Promise<Found> {
    const { rooms: many, share, postsARoom, seconds } = this.plan;
    const rooms = await this.openRooms(many);
    const calm = await this.delays(rooms);
    this.slack.setFault({ kind: 'rate-limited', channel: rooms[0]?.channel ?? '', retryAfter: 1 });
    const beside = await this.delays(rooms);
    this.slack.setFault(faultyCalls(share));
    const before = this.tally.outcomes.size === 0 ? new Map<string, number>() : new Map(this.tally.outcomes);

    const each = Array.from({ length: postsARoom }, (_, n) => n);
    await this.post(rooms, each, (seconds * 1_000) / postsARoom);
    await this.told();
    this.slack.clearFaults();
    await until('everything was looked for twice', async () => (await this.left()) === 0, 600_000);
    await this.slack.idle();
    this.tally.take();

    const calls = [...this.tally.outcomes].map(([outcome, n]) => [outcome, n - (before.get(outcome) ?? 0)] as const);
    return {
      ...(await this.judge(rooms)),
      calls: Object.fromEntries(calls),
      calmP99Ms: calm.p99Ms,
      besideALimitedRoomP99Ms: beside.p99Ms,
      saidWhileLimited: beside.inTheFirst,
    };
  }

  async end(): Promise<void> {
    clearInterval(this.tallying);
    await Promise.all(this.processes.map((one) => one.end('SIGTERM')));
    await this.slack?.close();
    await this.database.end();
  }

  private async openRooms(many: number): Promise<Room[]> {
    for (let n = 0; n < many; n++) await this.declare(`Room ${n}`);
    await this.told();
    const { rows } = await this.database.query<Room>(
      'select i.reference, m.room as channel from mirror m join incident i on i.id = m.incident_id where m.room is not null order by i.declared_at, i.id',
    );
    if (rows.length !== many) throw new Error(`${rows.length} of ${many} rooms were opened`);
    return rows;
  }

  private async declare(title: string): Promise<void> {
    const response = await fetch(`http://127.0.0.1:${this.port}/api/v1/incidents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': uuidv7() },
      body: JSON.stringify({ title }),
    });
    if (response.status !== 201) throw new Error(`declaring answered ${response.status}: ${await response.text()}`);
  }

  private async post(rooms: readonly Room[], numbers: readonly number[], everyMs: number, of = 'post'): Promise<Post[]> {
    const posts: Post[] = [];
    const texts = (room: Room): string[] => numbers.map((n) => `${of} ${n} of ${room.reference}`);
    const pause = (): number => this.random() * 2 * everyMs;
    const address = (room: Room): string => `http://127.0.0.1:${this.port}/api/v1/incidents/${room.reference}/commands`;
    await Promise.all(rooms.map((room) => write(address(room), TOKEN, room.reference, texts(room), pause, posts)));
    return posts;
  }

  /** In every room but the first, which may have troubles of its own. */
  private async delays(rooms: readonly Room[]): Promise<{ p99Ms: number; inTheFirst: number }> {
    const of = `before ${uuidv7()},`;
    const posts = await this.post(rooms, [0, 1, 2, 3, 4], 200, of);
    const others = posts.filter(({ author }) => author !== rooms[0]?.reference);
    const seenAt = (): Map<string, number> =>
      new Map(rooms.flatMap(({ channel }) => this.shown(channel).map(({ text, ts }) => [text, Number(ts) * 1_000] as const)));
    await until('the other rooms have it', () => others.every(({ text }) => seenAt().has(text)), 30_000);
    const seen = seenAt();
    this.slack.clearFaults();
    await this.told();
    const waits = others.map(({ text, acknowledgedAt }) => Math.max(0, (seen.get(text) ?? 0) - (acknowledgedAt ?? 0)));
    return { p99Ms: percentile(waits, 99), inTheFirst: posts.filter((post) => !others.includes(post) && seen.has(post.text)).length };
  }

  private async told(): Promise<void> {
    await until('everything is told', async () => (await this.ask(NOT_TOLD)) === 0, 600_000);
  }

  /** What is to be said, or looked for, or waits for a person to say so. */
  private async left(): Promise<number> {
    return Number(await this.ask(NOT_TOLD)) + Number(await this.ask('select count(*)::int from unswept'));
  }

  private async judge(
    rooms: readonly Room[],
  ): Promise<Omit<Found, 'calls' | 'calmP99Ms' | 'besideALimitedRoomP99Ms' | 'saidWhileLimited'>> {
    const { rows: log } = await this.database.query<{ reference: string; text: string; key: string; status: string; lost: number }>(
      `select i.reference, e.data ->> 'text' as text, d.id || '.0' as key, coalesce(g.status, d.status) as status, greatest(d.lost, g.lost) as lost from event e join incident i on i.id = e.stream_id
         join delivery d on d.message_id = e.id and d.operation = 'send' left join delivery g on g.id = d.digest_id where e.type = 'message.posted' order by e.stream_id, e.seq`,
    );
    const keys = new Map(log.map(({ key, text }) => [key, text]));
    const said = [...this.tally.said].flatMap(([key, one]) => (keys.has(key) ? [{ ...one, text: keys.get(key) ?? '' }] : []));
    const lost = new Set(said.filter((one) => one.lost > 0).map(({ text }) => text));
    // What nobody could look for in time was said again after what came behind it, as what was lost; of a digest, all that it told.
    const late = new Set([...lost, ...log.filter((one) => one.lost > 0).map(({ text }) => text)]);
    const found = rooms.map(({ reference, channel }) => {
      const wanted = log.filter((one) => one.reference === reference);
      const shown = this.shown(channel).map(({ text }) => text);
      return { wanted, shown };
    });
    return {
      posts: log.length,
      twiceBefore: said.filter(({ applied }) => applied > 1).map(({ text }) => text),
      twiceAfter: found.flatMap(({ shown }) => shown.filter((text, n) => shown.indexOf(text) !== n)),
      lostBefore: lost.size,
      missingAfter: found.flatMap(({ wanted, shown }) =>
        wanted.filter((one) => !shown.includes(one.text) && !isForAPerson(one)).map(({ text }) => text),
      ),
      leftToAPerson: log.filter((one) => isForAPerson(one) && one.lost < LOST_TOO_OFTEN).length,
      outOfOrder: found.flatMap(({ wanted, shown }) =>
        misplaced(
          wanted.map(({ text }) => text),
          shown.filter((text) => !late.has(text)),
        ),
      ),
    };
  }

  private shown(channel: string): ReturnType<typeof saidInSlack> {
    return saidInSlack(this.slack, channel, /(?:post|before [^ ]+,) \d+ of INC-\d+/g);
  }

  private isReady(): Promise<boolean> {
    return fetch(`http://127.0.0.1:${this.port}/health/ready`).then(
      ({ status }) => status === 200,
      () => false,
    );
  }

  private async ask(sql: string): Promise<unknown> {
    const { rows } = await this.database.query<unknown[]>({ text: sql, rowMode: 'array' });
    return rows[0]?.[0];
  }
}

/** A person sees it in the room and decides: it is late, and not forgotten. */
const isForAPerson = ({ status }: { readonly status: string }): boolean => status === 'needs-a-person';

/** Each that stands after one that was said later. */
function misplaced(wanted: readonly string[], shown: readonly string[]): string[] {
  const place = new Map(wanted.map((text, n) => [text, n]));
  let last = -1;
  return shown.filter((text) => {
    const at = place.get(text) ?? -1;
    const isLate = at < last;
    last = Math.max(last, at);
    return isLate;
  });
}

function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor((p / 100) * sorted.length))] ?? 0);
}
