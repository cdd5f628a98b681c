import type { Activity } from '#adapters/teams/simulator/activities';
import { asRead } from '#adapters/teams/test/as-read';
import type { KeptMessage } from '#adapters/teams/simulator/conversations';
import { seeded } from '#test/processes/kill/random';
import { TeamsBeside, type Through } from '#test/processes/teams-beside';
import { type ChaosChat, type SaidThere, type ShownThere, wordsIn } from './chaos-chat.ts';
import { type TeamsFault, mishapOf } from './teams-faults.ts';

const PEOPLE = ['mia', 'ben'] as const;
const THREAD = ';messageid=';
/** Sent again once, when nobody took it: Teams' own fifteen seconds, sooner. */
const AGAIN_MS = 1_000;
const ANSWER_MS = 5_000;
const LATE_MS = 1_500;
const SHUFFLED_MS = 400;
/** A moment after we gave up, which is after a second at any such pace. */
const APPLIED_LATE_MS = 1_050;
const COPIES = 5;

/** The pretend Teams of a fleet: people write in its threads, it tells the webs of it, and all of that may go wrong. */
export class TeamsOfFleet implements ChaosChat {
  readonly id = 'teams';
  readonly hasPrivateRooms = false;
  private faults: readonly TeamsFault[] = [];
  private hooks = '';
  private readonly telling = new Set<Promise<unknown>>();
  /** By message, whether it was ever taken. */
  private readonly told = new Map<string, boolean>();
  private readonly random: () => number;

  private constructor(
    readonly beside: TeamsBeside,
    seed: number,
  ) {
    this.random = seeded(seed);
    const { teams } = beside;
    teams.strike = (op, _room, thread) => this.struck({ op, isInThread: thread !== undefined });
    teams.strikeGraph = () => this.struck({ op: 'graph', isInThread: false });
  }

  static async open(seed: number, through: Through): Promise<TeamsOfFleet> {
    return new TeamsOfFleet(await TeamsBeside.open(through), seed);
  }

  /** Where it tells what happens. */
  hearAt(url: string): void {
    this.hooks = url;
  }

  setFaults(faults: readonly TeamsFault[]): void {
    this.faults = faults;
  }

  /** Whether whoever listens takes what it is told. */
  async isHeard(): Promise<boolean> {
    return this.send(this.beside.teams.unfamiliar(this.beside.channel, 'unheard-of'));
  }

  enter(): Promise<void> {
    return Promise.resolve();
  }

  say(person: 0 | 1, room: string, text: string): Promise<Omit<SaidThere, 'author'>> {
    const { teams, channel } = this.beside;
    const [, thread = ''] = room.split(THREAD);
    const { message, told } = teams.say(PEOPLE[person], channel, text, { thread });
    this.tell(message.id, told);
    return Promise.resolve({ text, key: message.id, at: Number(message.id) });
  }

  shown(reference: string, words: RegExp): ShownThere {
    const { messages } = this.beside.teams.conversations.of(this.beside.channel);
    const ours = messages.filter(({ from }) => from === 'us');
    const named = new RegExp(`\\b${reference}\\b`, 'i');
    const roots = ours.filter((message) => message.id === message.thread && named.test(textOf(message)));
    const rooms = roots.map(({ id }) => id);
    const within = ours.filter(({ id, thread = '' }) => id !== thread && rooms.includes(thread));
    return { rooms, texts: within.flatMap((message) => wordsIn(textOf(message), words)) };
  }

  unheard(): ReadonlySet<string> {
    return new Set([...this.told].filter(([, isHeard]) => !isHeard).map(([id]) => id));
  }

  placesOf(text: string): string[] {
    const { messages } = this.beside.teams.conversations.of(this.beside.channel);
    return messages.filter((message) => JSON.stringify(message).includes(text)).map(({ thread }) => `thread ${thread} of Teams`);
  }

  async idle(): Promise<void> {
    while (this.telling.size > 0) await Promise.all(this.telling);
  }

  close(): Promise<void> {
    return this.beside.close();
  }

  private tell(id: string, what: Activity): void {
    this.told.set(id, false);
    const hows = this.faults.flatMap((fault) => (fault.kind === 'events' ? [fault.how] : []));
    if (hows.includes('silent') || this.faults.some(({ kind }) => kind === 'away')) return;
    const waitMs = hows.includes('late') ? LATE_MS : hows.includes('out of order') ? this.random() * SHUFFLED_MS : 0;
    // Teams gives a message one id, however often it tells it.
    const isRepeated = hows.includes('repeated') || hows.includes('twinned');
    for (let n = 0; n < (isRepeated ? COPIES : 1); n++) {
      const telling = this.tellOnce(id, what, waitMs).finally(() => this.telling.delete(telling));
      this.telling.add(telling);
    }
  }

  private async tellOnce(id: string, what: Activity, waitMs: number): Promise<void> {
    for (const ms of [waitMs, AGAIN_MS]) {
      await new Promise((resolve) => setTimeout(resolve, ms));
      if (!(await this.send(what))) continue;
      this.told.set(id, true);
      return;
    }
  }

  private send(what: Activity): Promise<boolean> {
    const { authorization = '' } = this.beside.teams.told(what);
    return fetch(this.hooks, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify(what),
      signal: AbortSignal.timeout(ANSWER_MS),
    }).then(
      async ({ status, body }) => {
        await body?.cancel();
        return status === 200;
      },
      () => false,
    );
  }

  private struck(call: Parameters<typeof mishapOf>[1]): ReturnType<typeof mishapOf> {
    const mishap = mishapOf(this.faults, call, this.random);
    if (mishap?.kind === 'late') setTimeout(() => this.beside.teams.applyLate(), APPLIED_LATE_MS);
    return mishap;
  }
}

const textOf = (message: KeptMessage): string => asRead(message).text;
