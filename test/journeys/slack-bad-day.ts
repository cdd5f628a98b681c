import type { Fault, SlackSimulator } from '#adapters/slack/simulator/types';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import { TestApp } from '#test/support/app';
import { joinSlack, shown, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';

/** Slack's minute takes two and a half seconds: the detector's shortest waits are not met yet. */
const PACE = 24;
const MINUTE_MS = 60_000 / PACE;
const LOOK_EVERY_MS = 200;

/** What the room says of Slack from these events on. */
const WORDS: Readonly<Record<string, MirrorView['state']>> = {
  'mirror.opened': 'open',
  'mirror.parked': 'parked',
  'mirror.catching-up': 'catching-up',
  'mirror.resumed': 'open',
};

/** What somebody who looks sees: in the war room of Slack, and on each side of what the other wrote. */
interface Seen {
  readonly minute: number;
  readonly state: MirrorView['state'];
  readonly here: string;
  readonly there: string;
}

/**
 * A day on which Slack failed, in little: an incident with a channel, somebody who writes on each side, and a record of what people see,
 * kept whenever it changes, by Slack's own minutes since it broke.
 */
export class BadDay {
  slack!: SlackSimulator;
  channel!: string;
  private ana!: string;
  private readonly saidHere: string[] = [];
  private readonly saidThere: string[] = [];
  private readonly record: Seen[] = [];
  private brokeAt = 0;
  private watching: Promise<void> | null = null;
  private isOver = false;

  constructor(
    readonly app: TestApp,
    private readonly date: string,
  ) {}

  /** All is well: declared in Slack, and something was said on each side that the other has. */
  async begin(): Promise<void> {
    this.slack = await joinSlack(this.app, 'http', PACE);
    this.ana = this.slack.addUser({ name: 'ana', realName: 'Ana Ruiz' }).id;
    const general = this.slack.addChannel({ name: 'general', members: [this.ana, this.slack.app.botUserId] }).id;
    await this.slack.as(this.ana).command('/incident', 'Checkout is failing', general);
    this.channel = (await until('the channel', () => this.slack.channelByName('inc-1-checkout-is-failing'))).id;
    await this.slack.as(this.ana).join(this.channel);
    await this.saysThere('before, in Slack');
    await this.saysHere('before, in the war room');
    await this.allIsWell();
  }

  async end(): Promise<void> {
    this.isOver = true;
    await this.watching;
    await this.slack.close();
    if (this.record.length > 0) console.info(`${this.date}, as people saw it:\n${this.record.map(inWords).join('\n')}`);
  }

  /** From here on it is written down what people see. */
  breaks(fault: Fault): void {
    this.slack.setFault(fault);
    if (this.watching) return;
    this.brokeAt = Date.now();
    this.watching = this.watch();
  }

  heals(): void {
    this.slack.clearFaults();
  }

  async saysHere(text: string): Promise<void> {
    await this.app.says('INC-1', text);
    this.saidHere.push(text);
  }

  async saysThere(text: string): Promise<void> {
    await this.slack.as(this.ana).say(this.channel, text);
    this.saidThere.push(text);
  }

  async speaks(n: number): Promise<void> {
    for (let i = 1; i <= n; i++) {
      await this.saysThere(`in Slack ${this.saidThere.length}`);
      await this.saysHere(`in the war room ${this.saidHere.length}`);
    }
  }

  /** Everything that was said is on both sides, once and in order, and the room says nothing of Slack but that it is there. */
  async allIsWell(withinMs = 90_000): Promise<void> {
    await until('both sides agree', async () => (await this.state()) === 'open' && (await this.missing()) === 0, withinMs);
    if ((await this.heardHere()).join() !== this.saidThere.join()) throw new Error(`heard: ${(await this.heardHere()).join()}`);
    if (this.heardThere().join() !== this.saidHere.join()) throw new Error(`told: ${this.heardThere().join()}`);
    await this.isWritten('open');
  }

  private async isWritten(state: MirrorView['state']): Promise<void> {
    if (this.watching) await until('it is seen', () => this.record.at(-1)?.state === state);
  }

  async state(): Promise<MirrorView['state'] | undefined> {
    const { body } = await this.app.api('GET', '/api/v1/incidents/INC-1/snapshot');
    return (body as { mirrors: MirrorView[] }).mirrors[0]?.state;
  }

  isSeen(state: MirrorView['state'], withinMs = 60_000): Promise<unknown> {
    return until(`that the room says: ${state}`, () => this.record.some((seen) => seen.state === state), withinMs);
  }

  /** So many of what was said in Slack are in the room. */
  async hasHeard(n: number): Promise<void> {
    await until(`${n} from Slack`, async () => (await this.heardHere()).length === n, 60_000);
  }

  /** So many of what was said in the war room are in the channel. */
  async isThere(n: number): Promise<void> {
    await until(`${n} in Slack`, () => this.heardThere().length === n, 90_000);
  }

  /** The words the room had for Slack, one after the other, by its log: who looks now and then may miss one. A doubt that comes and goes says nothing. */
  async states(): Promise<MirrorView['state'][]> {
    const sure = (await this.app.events('INC-1')).flatMap(({ type }) => WORDS[type] ?? []);
    return sure.filter((state, n) => state !== sure[n - 1]);
  }

  /** The minute in which it was first seen. */
  minuteOf(state: MirrorView['state']): number {
    return this.record.find((seen) => seen.state === state)?.minute ?? Infinity;
  }

  gaps(): Promise<RoomEventOf<'gap.closed'>[]> {
    return this.app.events('INC-1', 'gap.closed') as Promise<RoomEventOf<'gap.closed'>[]>;
  }

  /** What was said in Slack, as the war room tells it, by its own time. */
  async heardHere(): Promise<string[]> {
    const posted = (await this.app.events('INC-1', 'message.posted')) as RoomEventOf<'message.posted'>[];
    return posted
      .filter(({ data }) => this.saidThere.includes(data.text))
      .sort((a, b) => a.displayAt.localeCompare(b.displayAt) || a.seq - b.seq)
      .map(({ data }) => data.text);
  }

  /** What was said in the war room, as the channel shows it. */
  heardThere(): string[] {
    return shown(this.slack, this.channel).flatMap(({ text }) => this.saidHere.filter((said) => text === said));
  }

  private async missing(): Promise<number> {
    return this.saidThere.length - (await this.heardHere()).length + this.saidHere.length - this.heardThere().length;
  }

  private async watch(): Promise<void> {
    while (!this.isOver) {
      const state = (await this.state()) ?? 'opening';
      const here = `${(await this.heardHere()).length} of ${this.saidThere.length}`;
      const there = `${this.heardThere().length} of ${this.saidHere.length}`;
      const last = this.record.at(-1);
      if (last?.state !== state || last.here !== here || last.there !== there)
        this.record.push({ minute: (Date.now() - this.brokeAt) / MINUTE_MS, state, here, there });
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }
}

/** One for the tests of a file. */
export function useBadDay(date: string): BadDay {
  const app = new TestApp({ platforms: [slackPlatform] });
  const day = new BadDay(app, date);
  beforeAll(async () => {
    await app.start();
    await day.begin();
  }, 120_000);
  afterAll(async () => {
    await day.end();
    await app.stop();
  }, 60_000);
  return day;
}

const inWords = ({ minute, state, here, there }: Seen): string =>
  `  minute ${minute.toFixed(1)}: the room says "${state}" of Slack, has ${here} from there; the channel has ${there} from here`;
