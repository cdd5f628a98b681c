import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startSlackSimulator } from '#adapters/slack/simulator/start';
import type { SlackSimulator } from '#adapters/slack/simulator/types';
import type { Role } from '#src/platform/config/config.schema';
import { type EmbeddedDatabase, startEmbedded } from '#src/platform/database/embedded/launcher';
import { migrate } from '#src/platform/database/migrate';
import { OneProcess } from '#test/processes/several/one-process';
import { freePort } from '#test/support/free-port';
import { MANIFEST } from '#test/support/slack-manifest';
import { until } from '#test/support/until';
import type { ChaosChat } from './chaos-chat.ts';
import { FaultProxy } from './fault-proxy.ts';
import { SlackOfFleet } from './slack-chaos-chat.ts';
import { TeamsOfFleet } from './teams-chaos-chat.ts';

export const TOKEN = 'a-token-for-the-fleet-of-the-tests-only';
/** What is committed outlives a process, and no machine is switched off here. */
const FLAGS = ['fsync=off', 'full_page_writes=off', 'max_connections=200'];
const KEEPER_MS = 50;
const WRONG_CLOCK = './test/chaos/processes/wrong-clock.mjs';

export interface FleetOptions {
  readonly seed: number;
  /** Waits and budgets are divided by this. */
  readonly pace: number;
  readonly processes: Readonly<Record<string, readonly Role[]>>;
}

interface Member {
  readonly one: OneProcess;
  readonly env: Record<string, string>;
  /** The port that it serves at itself, where it serves. */
  readonly port: number | null;
  /** We ended it, or it has not been started. */
  isEnded: boolean;
  /** Whoever ends it waits for the one before. */
  ending: Promise<void>;
  /** Of its latest life. */
  pid: number;
}

/**
 * Muster as somebody runs it on several machines: processes with one database, a pretend Slack and a pretend Teams, a fault proxy in every
 * line between them. Whoever ends is started again at once, as a supervisor would.
 */
export class Fleet {
  /** By the two ends of a line. */
  readonly lines = new Map<string, FaultProxy>();
  /** The most memory of each process, in MiB. */
  readonly memory = new Map<string, number>();
  readonly database: pg.Pool;
  /** Those that people write in, and that are looked at in the end. */
  chats: readonly ChaosChat[] = [];
  teams!: TeamsOfFleet;
  private readonly members = new Map<string, Member>();
  /** Processes that ended without us. */
  private dead: { readonly pid: number; readonly words: string }[] = [];
  private keeper: NodeJS.Timeout | undefined;
  /** Nothing of it outlives whoever started it. */
  private readonly atExit = (): void => {
    for (const { one } of this.members.values()) if (one.pid !== null) process.kill(one.pid, 'SIGKILL');
    process.kill(this.postgres.pid, 'SIGQUIT');
  };

  private constructor(
    readonly slack: SlackSimulator,
    private readonly dataDir: string,
    private postgres: EmbeddedDatabase,
  ) {
    this.database = new pg.Pool({ connectionString: postgres.url, max: 4 }).on('error', () => undefined);
    process.once('exit', this.atExit);
  }

  static async start({ seed, pace, processes }: FleetOptions): Promise<Fleet> {
    const dataDir = mkdtempSync(join(tmpdir(), 'muster-fleet-'));
    const postgres = await startEmbedded({ dataDir, flags: FLAGS });
    await migrate(postgres.url);
    // Slack's own retries come at once, after one and after five minutes; here the same three come sooner.
    const slack = await startSlackSimulator({ manifest: MANIFEST, seed, timing: { retryDelaysMs: [0, 1_000, 5_000] } });
    const fleet = new Fleet(slack, dataDir, postgres);
    try {
      await fleet.join(processes, seed, pace);
      return fleet;
    } catch (error) {
      await fleet.end();
      throw error;
    }
  }

  get databaseUrl(): string {
    return this.postgres.url;
  }

  /** Where people meet this web, or one after the other. */
  address(web: string): string {
    return `http://127.0.0.1:${this.line(`people and ${web}`).port}`;
  }

  line(name: string): FaultProxy {
    const line = this.lines.get(name);
    if (!line) throw new Error(`There is no line "${name}", but ${[...this.lines.keys()].join(', ')}.`);
    return line;
  }

  /** Of those that run now. */
  pids(): number[] {
    return [...this.members.values()].flatMap(({ one }) => one.pid ?? []);
  }

  webs(): string[] {
    return [...this.members].filter(([, { port }]) => port !== null).map(([name]) => name);
  }

  /** `kill -9`; the keeper starts it again, with a clock that is so wrong. */
  async kill(name: string, clockOffMs = 0): Promise<void> {
    const member = this.member(name);
    // Two troubles may want it at once: each ends the life that the one before began, or two of it would be started.
    member.ending = member.ending.then(async () => {
      member.isEnded = true;
      await member.one.end('SIGKILL');
      this.begin(member, clockOffMs);
    });
    await member.ending;
  }

  signal(name: string, signal: 'SIGSTOP' | 'SIGCONT'): void {
    const { pid } = this.member(name).one;
    if (pid !== null) process.kill(pid, signal);
  }

  /** Its postmaster with `kill -9`, and started again so much later. */
  async killDatabase(downMs: number): Promise<void> {
    const { pid, port, gone } = this.postgres;
    process.kill(pid, 'SIGKILL');
    await gone;
    await new Promise((resolve) => setTimeout(resolve, downMs));
    this.postgres = await startEmbedded({ dataDir: this.dataDir, port, flags: FLAGS });
  }

  async isReady(name: string): Promise<boolean> {
    const { port } = this.member(name);
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    return answer?.status === 200;
  }

  /** What each process said last, for whoever asks what it is about. */
  lastWords(): string {
    const words = [...this.members].map(([name, { one, isEnded }]) => {
      const state = isEnded ? 'ended by us' : one.isRunning ? `runs as ${one.pid}` : 'ended';
      return `${name} ${state}: ${one.output.trim().split('\n').slice(-3).join(' | ')}`;
    });
    return words.join('\n');
  }

  /** Who ended without us since the last time, and had begun to work: one that starts while its database is away ends, and is started again. */
  async deaths(): Promise<string[]> {
    const dead = this.dead.splice(0);
    const began = await this.rows<{ pid: number }>('select pid from process_seen where pid = any($1::int[])', [dead.map(({ pid }) => pid)]);
    return dead.filter(({ pid }) => began.some((one) => one.pid === pid)).map(({ words }) => words);
  }

  /** What every process is asked of the database, past all proxies. */
  async ask(query: string, values: readonly unknown[] = []): Promise<unknown> {
    const { rows } = await this.database.query<unknown[]>({ text: query, values: [...values], rowMode: 'array' });
    return rows[0]?.[0];
  }

  async rows<Row extends object>(query: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.database.query<Row>(query, [...values])).rows;
  }

  async end(): Promise<void> {
    clearInterval(this.keeper);
    for (const [name, member] of this.members) {
      member.isEnded = true;
      this.signal(name, 'SIGCONT');
    }
    await Promise.all([...this.members.values()].map(({ one }) => one.end('SIGKILL')));
    await this.slack.close();
    await this.teams?.close();
    await Promise.all([...this.lines.values()].map((line) => line.close()));
    await this.database.end();
    await this.postgres.stop();
    process.off('exit', this.atExit);
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private async join(processes: FleetOptions['processes'], seed: number, pace: number): Promise<void> {
    const { slack } = this;
    this.teams = await TeamsOfFleet.open(seed, (name, url) => this.through(name, url));
    this.chats = [new SlackOfFleet(slack), this.teams];
    const env = {
      MUSTER_BOOTSTRAP_TOKEN: TOKEN,
      CHAT_ADAPTERS: 'slack',
      SLACK_BOT_TOKEN: slack.app.botToken,
      SLACK_SIGNING_SECRET: slack.app.signingSecret,
      SLACK_API_URL: await this.through('all and the Web API', slack.apiUrl),
      ...this.teams.beside.environment,
      LOG_LEVEL: 'warn',
    };
    const served: number[] = [];
    for (const [name, roles] of Object.entries(processes)) {
      const port = roles.includes('web') ? await freePort() : null;
      const own = {
        ...env,
        DATABASE_URL: await this.through(`${name} and the database`, this.postgres.url),
        ...(port && { PORT: String(port) }),
      };
      if (port !== null) {
        served.push(port);
        this.lines.set(`people and ${name}`, await FaultProxy.before([port]));
      }
      const member: Member = {
        one: new OneProcess(name, { roles, env: own }),
        env: own,
        port,
        isEnded: true,
        ending: Promise.resolve(),
        pid: 0,
      };
      this.members.set(name, member);
      this.begin(member, 0);
    }
    for (const chat of ['Slack', 'Teams']) this.lines.set(`${chat} and the webs`, await FaultProxy.before(served));
    this.keeper = setInterval(() => this.keep(), KEEPER_MS);
    await until(
      'every web serves',
      () => Promise.all(this.webs().map((web) => this.isReady(web))).then((all) => all.every(Boolean)),
      90_000,
    );
    await slack.setRequestUrl(`http://127.0.0.1:${this.line('Slack and the webs').port}/hooks/slack`);
    this.teams.hearAt(`http://127.0.0.1:${this.line('Teams and the webs').port}/hooks/teams`);
    await until('both chats are joined', async () => (await this.ask('select count(*)::int from chat_tenant')) === 2, 60_000);
    await until('Teams is heard', () => this.teams.isHeard(), 60_000);
    await this.ask(`update chat_instance set pace = ${pace}`);
    for (const { id } of this.chats) await this.ask(`select pg_notify('muster', 'test chats:${id}')`);
  }

  /** The same address, behind a proxy. */
  private async through(name: string, url: string): Promise<string> {
    const there = new URL(url);
    const proxy = await FaultProxy.before([Number(there.port)]);
    this.lines.set(name, proxy);
    there.hostname = '127.0.0.1';
    there.port = String(proxy.port);
    return there.href;
  }

  private begin(member: Member, clockOffMs: number): void {
    member.isEnded = false;
    member.one.start(clockOffMs === 0 ? {} : { args: ['--import', WRONG_CLOCK], env: { CLOCK_OFF_MS: String(clockOffMs) } });
    member.pid = member.one.pid ?? 0;
  }

  private keep(): void {
    for (const [name, member] of this.members) {
      if (member.isEnded) continue;
      if (member.one.isRunning) this.weigh(name, member.one.pid);
      else {
        this.dead.push({ pid: member.pid, words: `${name}: ${member.one.output.trim().split('\n').at(-1)}` });
        this.begin(member, 0);
      }
    }
  }

  private weigh(name: string, pid: number | null): void {
    try {
      const [, kib = '0'] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      this.memory.set(name, Math.max(this.memory.get(name) ?? 0, Math.round(Number(kib) / 1_024)));
    } catch {
      // It has just ended, or this system does not tell.
    }
  }

  private member(name: string): Member {
    const member = this.members.get(name);
    if (!member) throw new Error(`There is no process "${name}".`);
    return member;
  }
}
