import { DataSource } from 'typeorm';
import { dataSourceOptions } from '#src/platform/database/data-source';
import { Database } from '#src/platform/database/database';
import { NOT_TOLD } from '#test/processes/kill/not-told';
import { seeded } from '#test/processes/kill/random';
import { WINDOW_MS, drawSchedule, tell } from './schedule.ts';
import { KeptWaiting } from './kept-waiting.ts';
import { ChaosRoom } from './slack-chaos-room.ts';
import { Fleet } from './slack-fleet.ts';
import { Outsider, SECRET } from './slack-outsider.ts';
import { Tally } from './slack-tally.ts';
import { Troubles } from './slack-troubles.ts';
import { type Breach, type FleetHistory, type Limits, breachesInFleet, breachesInRoom, unjudgedInFleet } from './verdict.ts';

export interface Plan {
  readonly seed: number;
  readonly schedules: number;
  /** Waits and budgets are divided by this. */
  readonly pace: number;
}

/** What one fleet lived through before it came to rest. */
export interface Lived {
  /** Of the first of them. */
  readonly seed: number;
  readonly schedules: number;
  readonly breaches: readonly Breach[];
  readonly posts: number;
  /** After the last trouble. */
  readonly agreedAfterMs: number | null;
  readonly falls: number;
  /** What a person had to decide. */
  readonly decided: number;
  /** When the machine had time for it; null when it never had. */
  readonly calmAfterMs: number | null;
  /** What nobody can say, because it never had. */
  readonly unjudged: readonly string[];
  /** What the chat tried to tell us in vain, until it gave up, and too short a time for anybody to notice. */
  readonly givenUp: number;
  readonly memory: ReadonlyMap<string, number>;
}

/** So many schedules are lived through before everything has to come to rest and is judged. */
const AT_ONCE = 20;
/** Their incidents go on, and after each fall of a chat the history of all of them is read: 480 took three quarters of a minute. */
const IN_ONE_FLEET = 100;
const PROCESSES = {
  'web 0': ['web', 'ingest'],
  'web 1': ['web', 'ingest'],
  'worker 0': ['worker', 'clock'],
  'worker 1': ['worker', 'clock'],
} as const;
const CHATS = ['slack', 'teams'] as const;
const ROOMS_AT_ONCE = 5;
const REST_MS = 120_000;
/** A machine that has no time for us for so long will not have any. */
const PATIENCE_MS = 240_000;
const LOOK_MS = 500;
/** The detector's own, on the fleet's pace: ten minutes between two falls, and to be believed again. */
const TEN_MINUTES = 600_000;

const LEFT: Readonly<Record<string, string>> = {
  'to be told': NOT_TOLD,
  'to be looked for': 'select count(*)::int from unswept',
  'heard and not read': `select count(*)::int from inbox where status = 'waiting'`,
  'gaps to be read': `select count(*)::int from gap where state <> 'closed'`,
  'left to a person': `select count(*)::int from delivery where status = 'needs-a-person'`,
  'chats that are not well': `select count(*)::int from surface_health where state <> 'ok'`,
};

/** Real processes, trouble after trouble, and people who go on writing. Each schedule is judged by its own incidents, the fleet by itself. */
export async function* liveThroughChaos(plan: Plan, say: (line: string) => void): AsyncGenerator<Lived> {
  for (let n = 0; n < plan.schedules; n += IN_ONE_FLEET)
    yield* liveInOneFleet({ ...plan, seed: plan.seed + n, schedules: Math.min(IN_ONE_FLEET, plan.schedules - n) }, say);
}

async function* liveInOneFleet(plan: Plan, say: (line: string) => void): AsyncGenerator<Lived> {
  const fleet = await Fleet.start({ seed: plan.seed, pace: plan.pace, processes: PROCESSES });
  const source = await new DataSource(dataSourceOptions(fleet.databaseUrl, 2)).initialize();
  try {
    const life = new Life(fleet, new Database(source), plan.pace, say);
    await life.begin();
    for (let n = 0; n < plan.schedules; n += AT_ONCE) {
      const seeds = Array.from({ length: Math.min(AT_ONCE, plan.schedules - n) }, (_, k) => plan.seed + n + k);
      yield await life.batch(seeds);
    }
  } finally {
    await source.destroy().catch(() => undefined);
    await fleet.end();
  }
}

class Life {
  private readonly tally: Tally;
  private outsider!: Outsider;
  private readonly kept: KeptWaiting;

  constructor(
    private readonly fleet: Fleet,
    private readonly database: Database,
    private readonly pace: number,
    private readonly say: (line: string) => void,
  ) {
    this.tally = new Tally(fleet.slack);
    this.kept = new KeptWaiting(() => [process.pid, ...fleet.pids()]);
  }

  async begin(): Promise<void> {
    this.outsider = await Outsider.come(this.fleet, this.database);
  }

  async batch(seeds: readonly number[]): Promise<Lived> {
    const { fleet } = this;
    const troubles = new Troubles(fleet);
    const rooms = await this.openRooms(seeds);
    const declared = new Map<string, Promise<ChaosRoom | null>>();
    const writing: Promise<void>[] = [];
    const counting = setInterval(() => this.look(), LOOK_MS);
    const began = Date.now();
    this.outsider.look();
    for (const room of rooms) {
      const schedule = drawSchedule(room.seed, { processes: Object.keys(PROCESSES), lines: [...fleet.lines.keys()], chats: CHATS });
      this.say(tell(schedule));
      const random = seeded(room.seed + 1);
      writing.push(room.live(random));
      for (const trouble of schedule.troubles)
        setTimeout(() => void troubles.strike(trouble).catch((error: unknown) => this.say(String(error))), trouble.at);
      const title = `In the middle of it ${room.seed}`;
      declared.set(title, ChaosRoom.declare(fleet, room.seed, title));
      await new Promise((resolve) => setTimeout(resolve, WINDOW_MS));
    }
    await troubles.over();
    fleet.slack.clearFaults();
    fleet.teams.setFaults([]);
    const healedAt = Date.now();
    for (const room of rooms) room.watchAnew();
    await Promise.all(writing);
    const others = new Map(await Promise.all([...declared].map(async ([title, room]) => [title, await room] as const)));
    const everywhere = [...rooms, ...others.values()].filter((room) => room !== null);

    const decided = { count: 0 };
    const restedAt = await this.rest(everywhere, decided, healedAt);
    clearInterval(counting);
    if (restedAt === null) this.say(await this.unrest());
    const calmAfterMs = this.calmAfter(healedAt);
    this.tally.take();
    const leaks = await this.outsider.away(everywhere.filter(({ isPrivate }) => isPrivate).map(({ reference }) => reference));
    const lost = await this.lost();
    const surface = await this.surface(began);
    const histories = await Promise.all(everywhere.map((room) => room.history(this.database, lost)));
    const history: FleetHistory = {
      incidents: await this.declaredRightly(others),
      leaks,
      memory: fleet.memory,
      left: await this.left(),
      agreedAfterMs: restedAt === null ? null : restedAt - healedAt,
      surface,
      downAfterMs: wellAfter(surface, healedAt),
      deaths: await fleet.deaths(),
      putAside: (await fleet.rows<{ kind: string; problem: string }>(`select kind, problem from quarantine where state = 'aside'`)).map(
        ({ kind, problem }) => `${kind}: ${problem}`,
      ),
      badAnswers: troubles.badAnswers,
      calmAfterMs,
    };
    return {
      seed: seeds[0] ?? 0,
      schedules: seeds.length,
      breaches: [...histories.flatMap(breachesInRoom), ...breachesInFleet(history, limitsAt(this.pace))],
      unjudged: unjudgedInFleet(history, limitsAt(this.pace)),
      posts: histories.reduce((sum, { posts, chats }) => sum + posts.length + chats.flatMap(({ said }) => said).length, 0),
      agreedAfterMs: history.agreedAfterMs,
      falls: new Set(surface.filter(({ to }) => to === 'down').map(({ chat, fell }) => `${chat} ${fell}`)).size,
      decided: decided.count,
      calmAfterMs,
      givenUp: histories.reduce((sum, { givenUp }) => sum + givenUp, 0),
      memory: fleet.memory,
    };
  }

  /** One for each schedule, before trouble begins; one in four is private. */
  private async openRooms(seeds: readonly number[]): Promise<ChaosRoom[]> {
    const rooms: ChaosRoom[] = [];
    for (let n = 0; n < seeds.length; n += ROOMS_AT_ONCE) {
      const some = seeds.slice(n, n + ROOMS_AT_ONCE).map((seed, k) => {
        const isPrivate = (n + k) % 4 === 3;
        return ChaosRoom.declare(this.fleet, seed, isPrivate ? SECRET.title : `Schedule ${seed}`, isPrivate);
      });
      rooms.push(...(await Promise.all(some)).filter((room) => room !== null));
    }
    for (const room of rooms) {
      // A machine that has no time for it is enough for an answer to be late, and the making of a thread is then for a person to decide.
      await room.opened(() => this.decide(rooms));
      room.watch();
    }
    return rooms;
  }

  /** When nothing waits any more, and has not for two looks. Meanwhile somebody decides what is left to a person. */
  private async rest(rooms: readonly ChaosRoom[], decided: { count: number }, healedAt: number): Promise<number | null> {
    let since: number | null = null;
    const end = (): number => Math.min(Math.max(healedAt, this.kept.lastAt ?? 0) + REST_MS, healedAt + PATIENCE_MS);
    for (; Date.now() < end(); await new Promise((resolve) => setTimeout(resolve, LOOK_MS))) {
      const left = await this.left().catch(() => null);
      const isOver = left !== null && Object.values(left).every((count) => count === 0) && (await this.isIdle());
      if (!isOver) since = null;
      else if (since !== null) return since;
      else since = Date.now();
      if (left?.['left to a person']) decided.count += await this.decide(rooms);
    }
    return null;
  }

  /** For whoever asks why it did not come to rest. */
  private async unrest(): Promise<string> {
    const seen = await this.fleet.rows<{ roles: string[]; load: object }>(
      `select roles, load from process_seen where seen_at > clock_timestamp() - interval '20 seconds'`,
    );
    const health = await this.fleet.rows('select * from surface_health');
    const gaps = await this.fleet.rows(
      `select m.instance, m.state as mirror, m.room, g.* from gap g join mirror m on m.id = g.mirror_id where g.state <> 'closed' limit 5`,
    );
    const deliveries = await this.fleet.rows(
      `select m.instance, m.state as mirror, m.room, d.operation, d.lane, d.status, d.part, d.attempts, d.looks, d.unended, d.owner, d.next_at, d.settle_at, d.fault
         from delivery d join mirror m on m.id = d.mirror_id where d.status in ('pending', 'sending', 'unknown', 'needs-a-person') order by d.next_at limit 10`,
    );
    return `no rest: ${JSON.stringify({ health, seen, gaps, deliveries })}\n${this.fleet.lastWords()}`;
  }

  private look(): void {
    this.tally.take();
    this.kept.look(Date.now());
  }

  /** Null when even at the end it had no time for us, or not for as long as everything may take. */
  private calmAfter(healedAt: number): number | null {
    const after = Math.max(0, (this.kept.lastAt ?? 0) - healedAt);
    return after + REST_MS > PATIENCE_MS ? null : after;
  }

  private isIdle(): Promise<boolean> {
    const later = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), LOOK_MS));
    return Promise.race([Promise.all(this.fleet.chats.map((chat) => chat.idle())).then(() => true), later]);
  }

  private async decide(rooms: readonly ChaosRoom[]): Promise<number> {
    const waiting = await this.fleet.rows<Doubtful>(
      `select distinct i.reference, d.operation, m.instance as chat, e.data ->> 'text' as text, q.id as "asideId"
         from delivery d join mirror m on m.id = d.mirror_id join incident i on i.id = m.incident_id
         left join delivery one on one.digest_id = d.id left join event e on e.stream_id = i.id and e.id = coalesce(one.message_id, d.message_id)
         left join quarantine q on q.kind = 'delivery' and q.key = jsonb_build_array(d.id) and q.state = 'aside'
        where d.status = 'needs-a-person'`,
    );
    for (const room of rooms) {
      const here = waiting.filter(({ reference }) => reference === room.reference);
      if (here.some(({ operation }) => operation !== 'open-room')) await room.sayAgain(here.flatMap(({ text }) => text ?? []));
      for (const { operation, chat, asideId } of here) if (operation === 'open-room' && asideId) await room.openAgain(chat, asideId);
    }
    return waiting.length;
  }

  private async left(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const [what, query] of Object.entries(LEFT)) counts[what] = Number(await this.fleet.ask(query));
    const ready = await Promise.all(this.fleet.webs().map((web) => this.fleet.isReady(web)));
    counts['webs that do not serve'] = ready.filter((isReady) => !isReady).length;
    return counts;
  }

  /** Texts that stand in a chat where they were said once more, or late, by chat. */
  private async lost(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const messages = await this.fleet.rows<{ chat: string; text: string; key: string; lost: number }>(
      `select m.instance as chat, e.data ->> 'text' as text, d.id || '.0' as key, greatest(d.lost, g.lost)::int as lost
         from event e join delivery d on d.message_id = e.id and d.operation = 'send' join mirror m on m.id = d.mirror_id
         left join delivery g on g.id = d.digest_id where e.type = 'message.posted'`,
    );
    const late = messages.filter(({ key, lost }) => lost > 0 || (this.tally.said.get(key)?.lost ?? 0) > 0);
    return new Map(CHATS.map((id) => [id, new Set(late.filter(({ chat }) => chat === id).map(({ text }) => text))]));
  }

  private async surface(since: number): Promise<FleetHistory['surface']> {
    const rows = await this.fleet.rows<{ chat: string; to: string; at: Date; fell: string | null }>(
      `select data ->> 'instance' as chat, replace(type, 'surface.', '') as to, at, data ->> 'fell' as fell from event where type like 'surface.%' and at > $1 order by stream_id, seq`,
      [new Date(since)],
    );
    return rows.map(({ at, ...rest }) => ({ ...rest, at: at.getTime() }));
  }

  private async declaredRightly(declared: ReadonlyMap<string, ChaosRoom | null>): Promise<FleetHistory['incidents']> {
    const found = await this.fleet.rows<{ title: string; count: number }>(
      'select title, count(*)::int from incident where title = any($1::text[]) group by title',
      [[...declared.keys()]],
    );
    return {
      missing: [...declared].filter(([title, room]) => room !== null && !found.some((one) => one.title === title)).map(([title]) => title),
      twice: found.filter(({ count }) => count > 1).map(({ title }) => title),
    };
  }
}

/** What a person is asked about: words, or whether a room is to be made. */
interface Doubtful {
  readonly reference: string;
  readonly operation: string;
  readonly chat: string;
  readonly text: string | null;
  readonly asideId: string | null;
}

/** How long a chat that is well was still called down; null when one still is. */
function wellAfter(surface: FleetHistory['surface'], healedAt: number): number | null {
  const each = CHATS.map((id) => {
    const its = surface.filter(({ chat }) => chat === id);
    if (its.filter(({ at }) => at <= healedAt).at(-1)?.to !== 'down') return 0;
    const next = its.find(({ at }) => at > healedAt);
    return next ? next.at - healedAt : null;
  });
  return each.includes(null) ? null : Math.max(...each.map(Number));
}

const limitsAt = (pace: number): Limits => ({
  memoryMib: 512,
  agreeMs: REST_MS,
  downMs: Math.max(TEN_MINUTES / pace, 10_000),
  betweenFallsMs: TEN_MINUTES / pace,
});
