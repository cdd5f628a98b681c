import type { DeliveryLog, SlackSimulator } from '#adapters/slack/simulator/types';
import { saidInSlack } from '#test/processes/slack-shows';
import type { ChaosChat, SaidThere, ShownThere } from './chaos-chat.ts';

/** The pretend Slack of a fleet. */
export class SlackOfFleet implements ChaosChat {
  readonly id = 'slack';
  readonly hasPrivateRooms = true;
  private readonly people: readonly string[];

  constructor(private readonly slack: SlackSimulator) {
    this.people = ['ana', 'bo'].map((name) => slack.addUser({ name, realName: name }).id);
  }

  async enter(room: string): Promise<void> {
    for (const person of this.people) await this.slack.as(person).join(room);
  }

  async say(person: 0 | 1, room: string, text: string): Promise<Omit<SaidThere, 'author'>> {
    const { ts } = await this.slack.as(this.people[person] ?? '').say(room, text);
    return { text, key: `${room} ${ts}`, at: Number(ts) * 1_000 };
  }

  shown(reference: string, words: RegExp): ShownThere {
    const channels = this.slack
      .channels()
      .filter(({ name, is_archived }) => !is_archived && new RegExp(`^${reference}(-|$)`, 'i').test(name));
    return {
      rooms: channels.map(({ name }) => name),
      texts: channels.flatMap(({ id }) => saidInSlack(this.slack, id, words).map(({ text }) => text)),
    };
  }

  unheard(): ReadonlySet<string> {
    return unheardIn(this.slack.deliveries());
  }

  placesOf(text: string): string[] {
    return this.slack
      .channels()
      .filter(({ id, is_private }) => !is_private && this.slack.messages(id).some((message) => JSON.stringify(message).includes(text)))
      .map(({ name }) => `#${name} of Slack`);
  }

  idle(): Promise<void> {
    return this.slack.idle();
  }
}

/** Messages, by their channel and ts, of which no try to tell us was acknowledged: the chat alone has them. */
function unheardIn(deliveries: readonly DeliveryLog[]): Set<string> {
  const tried = new Map<string, boolean>();
  for (const { message, status, error } of deliveries) {
    if (!message) continue;
    const key = `${message.channel} ${message.ts}`;
    tried.set(key, tried.get(key) === true || (error === undefined && status === 200));
  }
  return new Set([...tried].filter(([, isHeard]) => !isHeard).map(([key]) => key));
}
