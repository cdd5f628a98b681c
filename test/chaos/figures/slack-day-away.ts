import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { startSlackSimulator } from '#adapters/slack/simulator/start';
import type { SlackSimulator } from '#adapters/slack/simulator/types';
import { RunningMuster } from '#test/processes/running-muster';
import { freePort } from '#test/support/free-port';
import { MANIFEST } from '#test/support/slack-manifest';
import type { Asked, Figure, Figures } from './figure.types.ts';

const TOKEN = 'a-token-for-a-day-away-only';
const PEOPLE = 20;
/** Of 2,000 messages of a room so many were written in Muster: more than are said one by one, so they become digests. */
const WHOLE = { rooms: 100, there: 1_950, here: 50 };
const SMALL = { rooms: 5, there: 1_950, here: 50 };
const MOST_MS = 15 * 60_000;
const MOST_LIMITED = 0.01;
/** Longer, and it is missed by far. */
const PATIENCE_MS = 40 * 60_000;
/** A hundred rooms are opened as fast as they can be; only then do Slack's limits apply, and ours with them. */
const OPENING_PACE = 10_000;
const WRITERS = 8;

interface Plan {
  readonly rooms: number;
  readonly there: number;
  readonly here: number;
}

interface Room {
  readonly number: string;
  readonly channel: string;
}

/** What `npm start` runs, and a pretend Slack that is away while people go on in both. */
class Run {
  private readonly folder = mkdtempSync(join(tmpdir(), 'muster-day-away-'));
  private slack!: SlackSimulator;
  private muster!: RunningMuster;
  private port = 0;
  private people: string[] = [];
  private rooms: Room[] = [];

  constructor(private readonly plan: Plan) {}

  async start(): Promise<void> {
    this.slack = await startSlackSimulator({ manifest: MANIFEST });
    this.port = await freePort();
    await this.startMuster();
    await this.slack.setRequestUrl(`http://127.0.0.1:${this.port}/hooks/slack`);
    await this.untilCount('Slack is joined', 'chat_tenant', 1);
    await this.pace(OPENING_PACE);
    await this.openRooms();
    await this.introducePeople();
    await this.calm();

    await this.pace(1);
    await this.muster.pressCtrlC();
    this.slack.setRateLimits(true);
    await this.startMuster();
    await this.untilCount(
      'Slack is watched',
      `surface_health where state = 'ok' and (detector ->> 'provenAt')::float8 > extract(epoch from clock_timestamp()) * 1000 - 20000`,
      1,
    );
    await this.calm();
  }

  /** Slack is gone; everybody goes on writing, there and here. */
  async away(): Promise<void> {
    this.slack.setFault({ kind: 'all' });
    await this.untilCount('every room is parked', `mirror where state = 'parked'`, this.plan.rooms);
    // In turn: of what is said in one room, little is said in the same millisecond.
    for (let n = 0; n < this.plan.there; n++)
      for (const { channel } of this.rooms) await this.slack.as(this.people[n % PEOPLE] ?? '').say(channel, `There, ${n}`);
    const posts = this.rooms.flatMap(({ number }) => Array.from({ length: this.plan.here }, (_, n) => ({ number, text: `Here, ${n}.` })));
    const writer = async (): Promise<void> => {
      for (let post = posts.shift(); post; post = posts.shift())
        await this.api(`/api/v1/incidents/${post.number}/commands`, { id: uuidv7(), type: 'message', body: { text: post.text } });
    };
    await Promise.all(Array.from({ length: WRITERS }, writer));
  }

  /** From the moment on that Slack answers again. */
  async returns(): Promise<{ tookMs: number; merged: number; posted: number; calls: number; limited: number; which: string }> {
    const at = Date.now();
    this.slack.clearFaults();
    await this.untilCount('every room has caught up', `mirror where state = 'open'`, this.plan.rooms).catch(console.error);
    const tookMs = Date.now() - at;
    const calls = this.slack.calls().filter((call) => call.at >= at);
    const refused = calls.filter(({ outcome }) => outcome === 'ratelimited').map(({ method }) => method);
    return {
      tookMs,
      merged: await this.count(`event where type = 'message.posted' and data ->> 'gapId' is not null`),
      posted: this.rooms.reduce((sum, room) => sum + this.saidIn(room), 0),
      calls: calls.length,
      limited: refused.length,
      which: [...new Set(refused)].map((method) => `${method} ${refused.filter((one) => one === method).length}`).join(', '),
    };
  }

  async end(): Promise<void> {
    await this.muster?.pressCtrlC();
    await this.slack?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async startMuster(): Promise<void> {
    const { slack } = this;
    const env = {
      MUSTER_BOOTSTRAP_TOKEN: TOKEN,
      CHAT_ADAPTERS: 'slack',
      SLACK_BOT_TOKEN: slack.app.botToken,
      SLACK_SIGNING_SECRET: slack.app.signingSecret,
      SLACK_API_URL: slack.apiUrl,
    };
    this.muster = await new RunningMuster({ port: this.port, dataDir: this.folder, env }).ready();
  }

  private async pace(pace: number): Promise<void> {
    await this.muster.ask(`update chat_instance set pace = ${pace} where id = 'slack'`);
    await this.muster.ask(`select pg_notify('muster', 'figure chats:slack')`);
  }

  private async openRooms(): Promise<void> {
    const { rooms } = this.plan;
    const numbers: string[] = [];
    for (let n = 0; n < rooms; n++) numbers.push((await this.api<{ number: string }>('/api/v1/incidents', { title: `Room ${n}` })).number);
    await this.untilCount('every room is in Slack', `mirror where state = 'open' and room is not null`, rooms);
    const channels = this.slack.channels();
    this.rooms = numbers.map((number) => {
      const channel = channels.find(({ name }) => name.startsWith(`${number.toLowerCase()}-`))?.id;
      if (channel === undefined) throw new Error(`${number} has no channel.`);
      return { number, channel };
    });
  }

  /** Everybody is in every room, and Muster has met them. */
  private async introducePeople(): Promise<void> {
    this.people = Array.from({ length: PEOPLE }, (_, n) => this.slack.addUser({ name: `person-${n}`, realName: `Person ${n}` }).id);
    for (const [n, person] of this.people.entries()) {
      for (const { channel } of this.rooms) await this.slack.as(person).join(channel);
      await this.slack.as(person).say(this.rooms[n % this.rooms.length]?.channel ?? '', 'I am here');
    }
    await this.untilCount('everybody is known', 'account where profile_at is not null', PEOPLE);
  }

  /** Nothing waits to be said, heard or read. */
  private async calm(): Promise<void> {
    await this.slack.idle();
    await everySecond('nothing is left to do', async () => {
      const waiting = [
        `delivery where status in ('pending', 'sending', 'unknown')`,
        `inbox where status = 'waiting'`,
        `gap where state <> 'closed'`,
      ];
      return (await Promise.all(waiting.map((what) => this.count(what)))).every((left) => left === 0);
    });
  }

  /** How many of what was written in Muster stand in Slack, alone or in a digest, once each. */
  private saidIn({ channel }: Room): number {
    const ours = this.slack.messages(channel).filter(({ bot_id }) => bot_id !== undefined);
    const text = JSON.stringify(ours.map(({ blocks }) => blocks));
    return Array.from({ length: this.plan.here }, (_, n) => text.split(`Here, ${n}.`).length - 1).filter((times) => times === 1).length;
  }

  private async untilCount(what: string, of: string, most: number): Promise<void> {
    await everySecond(what, async () => (await this.count(of)) >= most);
  }

  private async count(of: string): Promise<number> {
    return Number(await this.muster.ask(`select count(*) from ${of}`));
  }

  private async api<T>(path: string, body: object): Promise<T> {
    const answer = await fetch(`http://127.0.0.1:${this.port}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': uuidv7() },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}

async function aDayAway({ isSmall }: Asked): Promise<Figure> {
  const plan = isSmall ? SMALL : WHOLE;
  const run = new Run(plan);
  try {
    await run.start();
    await run.away();
    const { tookMs, merged, posted, calls, limited, which } = await run.returns();
    const [there, here] = [plan.rooms * plan.there, plan.rooms * plan.here];
    const share = limited / calls;
    return {
      goal: 'after a day without Slack, 100 rooms of 2,000 messages: what was said there is merged and what was said here is posted within 15 minutes, at most 1 % of the calls answered 429',
      measured: `${number(merged)} of ${number(there)} merged and ${number(posted)} of ${number(here)} posted after ${(tookMs / 60_000).toFixed(1)} minutes; ${limited} of ${number(calls)} calls answered 429 (${(share * 100).toFixed(1)} %${which && `: ${which}`})`,
      pass: merged === there && posted === here && tookMs <= MOST_MS && share <= MOST_LIMITED,
    };
  } finally {
    await run.end();
  }
}

/** Looking more often would be felt by what is measured. */
async function everySecond(what: string, is: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await is()); await new Promise((resolve) => setTimeout(resolve, 1_000)))
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
}

const number = (value: number): string => value.toLocaleString('en');

export const figures: Figures = { R6: aDayAway };
