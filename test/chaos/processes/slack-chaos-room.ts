import { isDeepStrictEqual } from 'node:util';
import { uuidv7 } from 'uuidv7';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import type { Database } from '#src/platform/database/database';
import type { Post } from '#test/processes/kill/history';
import { Watcher } from '#test/processes/kill/watchers';
import { write } from '#test/processes/kill/writers';
import { fold } from '#test/support/fold';
import { stateOf } from '#test/support/state';
import { until } from '#test/support/until';
import type { ChaosChat, SaidThere } from './chaos-chat.ts';
import { WINDOW_MS } from './schedule.ts';
import { type Fleet, TOKEN } from './slack-fleet.ts';
import type { ChatHistory, RoomHistory } from './verdict.ts';

const HEADERS = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
const PATIENCE_MS = 60_000;
const PAGE_MS = 20_000;
const TELLINGS = 10;
const TELLING_MS = 500;
const WRITERS = 3;
const POSTS = 4;
const SAID = 3;
/** What is posted here, and what is said in a chat, which the other is told. */
const WORDS = /(?:w\d of INC-\d+ posts|(?:slack|teams) \d of INC-\d+ says) \d/g;

/** An incident of one schedule, and what everybody in it does and sees. */
export class ChaosRoom {
  private readonly posts: Post[] = [];
  /** By chat. */
  private readonly said = new Map<string, SaidThere[]>();
  private readonly watchers: Watcher[] = [];
  /** What stands where it was said again. */
  private readonly late = new Set<string>();
  /** Where people speak, by chat. */
  private readonly rooms = new Map<string, string>();
  /** A person had a room made of which nobody knew whether it was, by chat. */
  private readonly openedAgain = new Map<string, number>();

  private constructor(
    private readonly fleet: Fleet,
    readonly seed: number,
    readonly reference: string,
    private readonly id: string,
    readonly isPrivate: boolean,
  ) {}

  /** Declared again with the same key until somebody says that it is. Null when nobody did in all that time: it may be there. */
  static async declare(fleet: Fleet, seed: number, title: string, isPrivate = false): Promise<ChaosRoom | null> {
    const key = uuidv7();
    const body = JSON.stringify({ title, private: isPrivate });
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await after(200))
      for (const web of fleet.webs()) {
        const answer = await fetch(`${fleet.address(web)}/api/v1/incidents`, {
          method: 'POST',
          headers: { ...HEADERS, 'idempotency-key': key },
          body,
          signal: AbortSignal.timeout(5_000),
        }).then(
          async (response) => ({ status: response.status, incident: (await response.json()) as { id: string; number: string } }),
          () => null,
        );
        if (answer?.status === 201 || answer?.status === 200)
          return new ChaosRoom(fleet, seed, answer.incident.number, answer.incident.id, isPrivate);
      }
    return null;
  }

  /** Resolves when each chat has a room for it, and its people are there, unless it is private. Until then somebody decides what is to be decided. */
  async opened(decide: () => Promise<unknown>): Promise<void> {
    const query = `select m.room from mirror m where m.incident_id = $1 and m.instance = $2 and m.room is not null and m.state not in ('closed', 'failed')`;
    for (const chat of this.chats) {
      const room = await until(
        `the room of ${this.reference} in ${chat.id}`,
        async () => {
          const found = (await this.fleet.ask(query, [this.id, chat.id])) as string | undefined;
          if (found === undefined) await decide();
          return found;
        },
        60_000,
      );
      if (this.isPrivate) continue;
      this.rooms.set(chat.id, room);
      await chat.enter(room);
    }
  }

  /** Both webs are watched by a page each. */
  watch(): void {
    for (const web of this.fleet.webs()) {
      const watcher = new Watcher(Number(new URL(this.fleet.address(web)).port), `${this.path}/stream`, TOKEN);
      this.watchers.push(watcher);
      watcher.open();
    }
  }

  /** As a page does that has heard nothing for some time. */
  watchAnew(): void {
    for (const watcher of this.watchers) watcher.reopen();
  }

  /** Three people write here, each at the web that they have, while others speak in the chats. */
  async live(random: () => number): Promise<void> {
    const webs = this.fleet.webs();
    const writing = Array.from({ length: WRITERS }, (_, n) => {
      const texts = Array.from({ length: POSTS }, (_none, k) => `w${n} of ${this.reference} posts ${k}`);
      const address = this.fleet.address(webs[n % webs.length] ?? '');
      return write(`${address}${this.path}/commands`, TOKEN, `writer ${n}`, texts, () => random() * 2 * (WINDOW_MS / POSTS), this.posts);
    });
    const talking = this.chats.flatMap((chat) => ([0, 1] as const).map((person) => this.talk(chat, person, random)));
    await Promise.all([...writing, ...talking]);
  }

  private async talk(chat: ChaosChat, person: 0 | 1, random: () => number): Promise<void> {
    const room = this.rooms.get(chat.id);
    for (let n = 0; room !== undefined && n < SAID; n++) {
      await after(random() * 2 * (WINDOW_MS / SAID));
      const said = await chat.say(person, room, `${chat.id} ${person} of ${this.reference} says ${n}`);
      this.said.set(chat.id, [...(this.said.get(chat.id) ?? []), { ...said, author: `${chat.id} person ${person}` }]);
    }
  }

  /** What nobody knows is for a person to decide: here is one. */
  async sayAgain(texts: readonly string[]): Promise<void> {
    for (const text of texts) this.late.add(text);
    const body = JSON.stringify({ id: uuidv7(), type: 'say-again', body: {} });
    const address = this.fleet.address(this.fleet.webs()[0] ?? '');
    await fetch(`${address}${this.path}/commands`, { method: 'POST', headers: HEADERS, body }).catch(() => undefined);
  }

  /** They have looked into the chat, where nothing tells them more, and have the room made. */
  async openAgain(chat: string, asideId: string): Promise<void> {
    this.openedAgain.set(chat, (this.openedAgain.get(chat) ?? 0) + 1);
    const address = this.fleet.address(this.fleet.webs()[0] ?? '');
    await fetch(`${address}/api/v1/operations/quarantine/${asideId}/replay`, { method: 'POST', headers: HEADERS }).catch(() => undefined);
  }

  /**
   * `lost`: what a chat said that it had, and had not, or nobody could look for in time. `givenUp` of what it tried to tell in vain is
   * neither kept nor broken: it was silent or away for too short a time for anybody to notice.
   */
  async history(database: Database, lost: ReadonlyMap<string, ReadonlySet<string>>): Promise<RoomHistory & { readonly givenUp: number }> {
    const told = await this.toldByAll();
    const [log = []] = told;
    for (const watcher of this.watchers) watcher.close();
    const ours = new Set([...this.posts, ...[...this.said.values()].flat()].map(({ text }) => text));
    const textOf = (event: RoomEvent): string | null =>
      event.type === 'message.posted' && ours.has(event.data.text) ? event.data.text : null;
    const inLog = new Set(log.map(textOf));
    const chats = await Promise.all(this.chats.map((chat) => this.inChat(chat, inLog, lost.get(chat.id) ?? new Set())));
    const state = await stateOf({ database, get: (token) => new token(database as never) }, this.id);
    const folded = fold(log);
    return {
      reference: `${this.reference}, seed ${this.seed}`,
      posts: this.posts,
      chats,
      log: log.map((event) => ({ seq: event.seq, text: textOf(event) })),
      shown: [...log].sort((a, b) => a.displayAt.localeCompare(b.displayAt) || a.seq - b.seq).flatMap((event) => textOf(event) ?? []),
      streams: this.watchers.map(({ seen }) => seen),
      toldBy: told.map((events) => JSON.stringify(events)),
      notTheLog: (Object.keys(state) as (keyof typeof state)[])
        .filter((key) => !isDeepStrictEqual(state[key], folded[key]))
        .map((key) => `${key} is ${JSON.stringify(state[key])} and, by the log, ${JSON.stringify(folded[key])}`),
      givenUp: chats.reduce((sum, { givenUp }) => sum + givenUp, 0),
    };
  }

  /** Those in which it has a room. */
  private get chats(): readonly ChaosChat[] {
    return this.fleet.chats.filter(({ hasPrivateRooms }) => hasPrivateRooms || !this.isPrivate);
  }

  private async inChat(
    chat: ChaosChat,
    inLog: ReadonlySet<string | null>,
    lost: ReadonlySet<string>,
  ): Promise<ChatHistory & { readonly givenUp: number }> {
    const said = this.said.get(chat.id) ?? [];
    const late: string[] = [];
    let givenUp = 0;
    for (const one of said.filter(({ text }) => !inLog.has(text))) {
      const gaps = await this.gapsAround(chat, one);
      const isUnheard = chat.unheard().has(one.key) && gaps.length === 0;
      if (isUnheard) givenUp++;
      if (isUnheard || gaps.includes('open') || (await this.isBeingRead(one))) late.push(one.text);
    }
    const { rooms, texts } = chat.shown(this.reference, WORDS);
    return {
      name: chat.id,
      said: said.filter(({ text }) => !late.includes(text)),
      shown: texts,
      shownInOrder: texts.filter((text) => !lost.has(text) && !this.late.has(text)),
      rooms,
      openedAgain: this.openedAgain.get(chat.id) ?? 0,
      waiting: await this.waiting(chat),
      givenUp,
    };
  }

  /** As each web tells it that does. What is written between two answers makes no difference between two webs: they are asked again. */
  private async toldByAll(): Promise<RoomEvent[][]> {
    for (let left = TELLINGS; ; left--) {
      const told = (await Promise.all(this.fleet.webs().map((web) => this.events(this.fleet.address(web))))).filter(
        (events) => events !== null,
      );
      if (left === 1 || told.every(({ length }) => length === told[0]?.length)) return told;
      await after(TELLING_MS);
    }
  }

  private async waiting({ id }: ChaosChat): Promise<ChatHistory['waiting']> {
    const rows = await this.fleet.rows<{ operation: string; text: string | null }>(
      `select d.operation, e.data ->> 'text' as text from delivery d join mirror m on m.id = d.mirror_id left join event e on e.stream_id = m.incident_id and e.id = d.message_id
        where m.incident_id = $1 and m.instance = $2 and (d.status in ('pending', 'sending', 'unknown', 'gathered', 'needs-a-person')
          or exists (select 1 from unswept u where u.delivery_id in (d.id, d.digest_id)))`,
      [this.id, id],
    );
    const isOpened = await this.fleet.ask(
      'select count(*)::int from mirror where incident_id = $1 and instance = $2 and room is not null',
      [this.id, id],
    );
    return {
      texts: rows.flatMap(({ text }) => text ?? []),
      room: isOpened === 0 && rows.some(({ operation }) => operation === 'open-room'),
    };
  }

  /** Of each gap that it was said in, whether its history is still to be read. Once it is read, everything in it has to be here. */
  private async gapsAround({ id }: ChaosChat, { at }: SaidThere): Promise<('open' | 'closed')[]> {
    const gaps = await this.fleet.rows<{ state: string }>(
      `select g.state from gap g join mirror m on m.id = g.mirror_id
        where m.incident_id = $1 and m.instance = $3 and g.from_at <= $2 and coalesce(g.to_at, 'infinity') >= $2`,
      [this.id, new Date(at), id],
    );
    return gaps.map(({ state }) => (state === 'closed' ? 'closed' : 'open'));
  }

  /** Kept, and not read yet. What was kept and read has to be here. */
  private async isBeingRead({ text }: SaidThere): Promise<boolean> {
    const kept = await this.fleet.rows<{ status: string }>('select status from inbox where position($1 in body::text) > 0', [text]);
    return kept.some(({ status }) => status === 'waiting');
  }

  private get path(): string {
    return `/api/v1/incidents/${this.reference}`;
  }

  private async page(address: string, from: number): Promise<Page | null> {
    const signal = AbortSignal.timeout(PAGE_MS);
    const response = await fetch(`${address}${this.path}/events?after=${from}`, { headers: HEADERS, signal }).catch(() => null);
    return response?.status === 200 ? ((await response.json()) as Page) : null;
  }

  /** As this web tells them; null when it does not. */
  private async events(address: string): Promise<RoomEvent[] | null> {
    const all: RoomEvent[] = [];
    for (let from = 0, more = true; more;) {
      const page = await this.page(address, from);
      if (!page) return null;
      all.push(...page.events);
      from = page.next;
      more = page.more;
    }
    return all;
  }
}

interface Page {
  readonly events: RoomEvent[];
  readonly next: number;
  readonly more: boolean;
}

const after = (ms: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, ms));
