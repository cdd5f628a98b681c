import { asRead as asReadInSlack } from '#adapters/slack/test/as-read';
import type { SlackMessage, SlackSimulator } from '#adapters/slack/simulator/types';
import type { Attached } from '#adapters/teams/simulator/attached';
import type { KeptMessage } from '#adapters/teams/simulator/conversations';
import { asRead as asReadInTeams } from '#adapters/teams/test/as-read';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import type { TestApp } from './app.ts';
import { joinSlack, shown } from './slack.ts';
import { JoinedTeams } from './teams.ts';
import { until } from './until.ts';

/** What somebody who looks at a chat reads there. */
export interface Seen {
  readonly id: string;
  /** As it stands above the words; what a person's own client makes of an account is not known here. */
  readonly by: string | null;
  readonly text: string;
  readonly pinged: readonly string[];
  readonly links: readonly string[];
  /** The message beneath which it stands. */
  readonly thread: string | null;
}

/** Slack and Teams, joined to one Muster. */
export class TwoChats {
  private constructor(
    readonly app: TestApp,
    readonly slack: SlackSimulator,
    readonly teams: JoinedTeams,
    /** Her account in Slack. */
    readonly ana: string,
  ) {}

  static async join(app: TestApp, pace = 50, o: { readonly withFiles?: boolean } = {}): Promise<TwoChats> {
    const slack = await joinSlack(app, 'http', pace);
    const teams = await JoinedTeams.join(app, { inThreads: true, pace, ...o });
    await until(
      'the tenant is known',
      async () => (await app.database.query(`select 1 from chat_tenant where instance = 'teams'`)).length > 0,
    );
    return new TwoChats(app, slack, teams, slack.addUser({ name: 'ana', realName: 'Ana Ruiz' }).id);
  }

  async close(): Promise<void> {
    await this.slack.close();
    await this.teams.teams.close();
  }

  /** An incident that has a channel in Slack and a thread in Teams, and Ana is in the channel. */
  async incident(title = 'Checkout is failing'): Promise<Everywhere> {
    const { number } = await this.app.anIncident({ title });
    const named = new RegExp(`\\b${number}\\b`, 'i');
    const channel = (await until('its channel in Slack', () => this.slack.channels().find(({ name }) => named.test(name)))).id;
    const { messages } = this.teams.teams.conversations.of(this.teams.channel);
    const isRoot = (message: KeptMessage): boolean => message.thread === message.id && named.test(asReadInTeams(message).text);
    const root = await until('its thread in Teams', () => messages.find(isRoot));
    await this.slack.as(this.ana).join(channel);
    await this.quiet();
    return new Everywhere(this, number, channel, root.id);
  }

  /** Nothing is under way: all that was said is heard, what follows from it is told, and so again with what came back of that. */
  async quiet(): Promise<void> {
    for (const _ of ['what was said', 'its echoes']) {
      await this.slack.idle();
      await until('everything is heard', async () => (await this.app.database.query(HEARD)).length === 0);
      await until('everything is told', async () => (await this.app.database.query(TOLD)).length === 0, 60_000);
    }
  }
}

const HEARD = `select 1 from inbox where status = 'waiting' limit 1`;
const TOLD = `
  select 1 from delivery d where d.status in ('pending', 'sending', 'unknown') and not (d.lane = 'upkeep' and d.next_at > clock_timestamp())
  union all
  select 1 from stream s join incident i on i.id = s.id left join follower_cursor c on c.stream_id = s.id and c.follower = 'rooms'
   where s.seq > coalesce(c.seq, 0) limit 1`;

/** One incident, and what people do and see of it on each of its three surfaces. */
export class Everywhere {
  constructor(
    readonly chats: TwoChats,
    readonly number: string,
    readonly channel: string,
    /** The first message of its thread. */
    readonly root: string,
  ) {}

  /** Ana does. */
  saysInSlack(text: string, thread?: string): Promise<SlackMessage> {
    const { slack, ana } = this.chats;
    return slack.as(ana).say(this.channel, text, thread === undefined ? {} : { threadTs: thread });
  }

  async saysInTeams(by: string, text: string, things: readonly Attached[] = []): Promise<KeptMessage> {
    const { teams } = this.chats;
    const { message, told } = teams.teams.say(by, teams.channel, text, { thread: this.root, with: things });
    await this.isTold(told);
    return message;
  }

  /** Something happened in Teams, and Muster has it. */
  async isTold(activity: Parameters<JoinedTeams['tells']>[0]): Promise<void> {
    const { status } = await this.chats.teams.tells(activity);
    if (status !== 200) throw new Error(`Teams was answered ${status}`);
  }

  saysHere(text: string): Promise<string> {
    return this.chats.app.says(this.number, text);
  }

  inSlack(): Seen[] {
    return shown(this.chats.slack, this.channel)
      .filter((message) => !asReadInSlack(message).text.includes('Severity'))
      .map((message) => ({
        id: message.ts,
        by: message.username ?? message.user ?? null,
        ...asReadInSlack(message),
        thread: message.thread_ts === undefined || message.thread_ts === message.ts ? null : message.thread_ts,
      }));
  }

  inTeams(): Seen[] {
    const { teams } = this.chats;
    return teams.teams.conversations
      .of(teams.channel)
      .messages.filter((message) => message.thread === this.root && message.id !== this.root)
      .map((message) => ({ id: message.id, by: null, ...asReadInTeams(message), thread: null }))
      .filter(({ text }) => !text.includes('Severity: '));
  }

  async inWarRoom(): Promise<RoomEventOf<'message.posted'>[]> {
    return (await this.chats.app.events(this.number, 'message.posted')) as RoomEventOf<'message.posted'>[];
  }

  /** What was said elsewhere, as one surface shows it and as the room has it: each once, and in one order. */
  async toldIn(surface: 'slack' | 'teams'): Promise<{ shown: string[]; said: string[] }> {
    const said = (await this.inWarRoom()).filter(({ via }) => via.id !== surface).map(({ data }) => data.text);
    return { shown: (await this.shownIn(surface)).filter((text) => said.includes(text)), said };
  }

  /** The room's messages as one surface shows them, wherever they were said. */
  async shownIn(surface: 'slack' | 'teams'): Promise<string[]> {
    const said = (await this.inWarRoom()).map(({ data }) => data.text);
    const seen = surface === 'slack' ? this.inSlack() : this.inTeams();
    return seen.flatMap(({ text }) => text.split('\n').filter((line) => said.includes(line)));
  }

  /** The room's own message with these words. */
  async message(text: string): Promise<RoomEventOf<'message.posted'>> {
    return until(`"${text}" in the room`, async () => (await this.inWarRoom()).find(({ data }) => data.text === text));
  }
}
