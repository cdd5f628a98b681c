import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { uuidv7 } from 'uuidv7';
import { startSlackSimulator } from '#adapters/slack/simulator/start';
import type { SlackSimulator } from '#adapters/slack/simulator/types';
import { MailServer } from '#test/notifications/mail-server';
import { RunningMuster } from '#test/processes/running-muster';
import { freePort } from '#test/support/free-port';
import { MANIFEST } from '#test/support/slack-manifest';
import { until } from '#test/support/until';
import { HttpSink, type Taken } from './http-sink.ts';
import type { Asked, Figure, Figures } from './figure.types.ts';

const TOKEN = 'a-token-for-who-is-told-only';
const PASSWORD = 'the password of the mail server';
const PEOPLE = { whole: 500, small: 50 };
/** Somewhere else: each answer takes a while, a mail longer, and more than three connections at once are turned away, as Microsoft 365 does. */
const AWAY = { answerMs: 15, mailMs: 150 };
const MOST_CONNECTIONS = 3;
const MOST_FIRST_MS = 10_000;
const MOST_ALL_MS = 60_000;
/** Longer, and it is missed by far. */
const PATIENCE_MS = 180_000;

/** Everybody writes in the channel of one incident; then Slack is gone, and they are told by mail, the pager and another system. */
class Run {
  private readonly folder = mkdtempSync(join(tmpdir(), 'muster-told-'));
  private readonly mail = new MailServer();
  private readonly pager = new HttpSink(AWAY.mailMs);
  private readonly board = new HttpSink(AWAY.mailMs);
  private slack!: SlackSimulator;
  private muster!: RunningMuster;
  private secret = '';

  async start(people: number): Promise<void> {
    await Promise.all([this.mail.start(), this.pager.start(), this.board.start()]);
    this.mail.slow = AWAY;
    this.mail.mostConnections = MOST_CONNECTIONS;
    this.slack = await startSlackSimulator({ manifest: MANIFEST });
    this.muster = new RunningMuster({
      port: await freePort(),
      dataDir: this.folder,
      env: {
        MUSTER_BOOTSTRAP_TOKEN: TOKEN,
        MUSTER_WEBHOOK_NETWORKS: 'loopback',
        CHAT_ADAPTERS: 'slack',
        SLACK_BOT_TOKEN: this.slack.app.botToken,
        SLACK_SIGNING_SECRET: this.slack.app.signingSecret,
        SLACK_API_URL: this.slack.apiUrl,
      },
    });
    await this.muster.ready();
    await this.slack.setRequestUrl(`http://127.0.0.1:${this.muster.port}/hooks/slack`);
    await this.count('Slack is joined', 'chat_tenant', 1);
    await this.ways();
    const { number } = await this.api<{ number: string }>('/api/v1/incidents', { title: 'Checkout is failing' });
    await this.everybodyWrites(people, number);
  }

  /** From the moment of `down` on, in milliseconds: when each way was first used, and when everybody had been told. */
  async fall(people: number): Promise<{ first: Record<string, number>; all: number; told: number }> {
    this.slack.setFault({ kind: 'all' });
    const at = await until('Slack is called down', () => this.downAt(), PATIENCE_MS);
    const end = Date.now() + PATIENCE_MS;
    await until('everybody is told', () => this.told() === people || Date.now() > end, 2 * PATIENCE_MS);
    const mails = this.mail.mails.map((mail) => mail.at - at);
    return {
      first: {
        mail: Math.min(...mails),
        pager: (this.pager.taken.find(isPaged)?.at ?? Infinity) - at,
        webhook: (this.board.taken.find((taken) => this.isSigned(taken))?.at ?? Infinity) - at,
      },
      all: Math.max(...mails),
      told: this.told(),
    };
  }

  async end(): Promise<void> {
    await this.muster?.pressCtrlC();
    await Promise.all([this.slack?.close(), this.mail.stop(), this.pager.stop(), this.board.stop()]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async ways(): Promise<void> {
    const mail = { host: '127.0.0.1', port: this.mail.port, security: 'none', user: 'muster', from: 'muster@example.com' };
    await this.api('/api/v1/notices/ways', { kind: 'smtp', name: 'Mail', settings: mail, secret: PASSWORD });
    await this.api('/api/v1/notices/ways', { kind: 'pagerduty', name: 'Pager', settings: { url: this.pager.origin }, secret: 'a-key' });
    const board = { kind: 'webhook', name: 'Board', settings: { url: `${this.board.origin}/hook` } };
    this.secret = (await this.api<{ secret: string }>('/api/v1/notices/ways', board)).secret;
    await this.count('every way answers', `notice_way where answered_at is not null`, 3);
  }

  /** Who they are, and where they get mail, is what Slack says of them. */
  private async everybodyWrites(people: number, incident: string): Promise<void> {
    const room = await until(
      'the room in Slack',
      () => this.slack.channels().find(({ name }) => name.startsWith(`${incident.toLowerCase()}-`)),
      60_000,
    );
    for (let n = 0; n < people; n++) {
      const { id } = this.slack.addUser({ name: `person-${n}`, realName: `Person ${n}`, email: mailOf(n) });
      await this.slack.as(id).join(room.id);
      await this.slack.as(id).say(room.id, `I am here (${n})`);
    }
    await this.count(
      'all take part, at addresses that Slack vouches for',
      `participant p join account a using (person_id) join account_evidence e using (instance, tenant, native_user) where e.verified`,
      people,
    );
  }

  private told(): number {
    return new Set(this.mail.mails.map(({ to }) => to)).size;
  }

  private isSigned({ text, headers, type }: Taken): boolean {
    if (type !== 'notice.begun') return false;
    new Webhook(this.secret).verify(text, headers);
    return true;
  }

  private async downAt(): Promise<number | null> {
    const at = await this.muster.ask(`select extract(epoch from at)::float8 * 1000 from event where type = 'surface.down' limit 1`);
    return typeof at === 'number' ? at : null;
  }

  private count(what: string, of: string, most: number): Promise<unknown> {
    return until(what, async () => Number(await this.muster.ask(`select count(*) from ${of}`)) >= most, 2 * PATIENCE_MS);
  }

  private async api<T>(path: string, body: object): Promise<T> {
    const answer = await fetch(`http://127.0.0.1:${this.muster.port}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': uuidv7() },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}

async function told({ isSmall }: Asked): Promise<Figure> {
  const people = isSmall ? PEOPLE.small : PEOPLE.whole;
  const run = new Run();
  try {
    await run.start(people);
    const { first, all, told: reached } = await run.fall(people);
    const inTime = Object.values(first).filter((ms) => ms <= MOST_FIRST_MS).length;
    return {
      goal: `at least two independent ways are used within 10 s of "down", and 500 responders are told within 60 s`,
      measured: [
        ...Object.entries(first).map(([way, ms]) => `${way} after ${seconds(ms)}`),
        `${reached} of ${people} told, the last one after ${seconds(all)}, over ${MOST_CONNECTIONS} connections to a mail server that takes ${AWAY.mailMs} ms for a mail`,
      ].join('; '),
      pass: inTime >= 2 && reached === people && all <= MOST_ALL_MS,
    };
  } finally {
    await run.end();
  }
}

const isPaged = ({ text }: Taken): boolean => text.includes('"event_action":"trigger"');
const mailOf = (n: number): string => `person-${n}@example.com`;
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

export const figures: Figures = { R8: told };
