import {
  type Attempt,
  type ChatAdapter,
  type Content,
  type Envelope,
  type HistoryQuery,
  type MessageRef,
  type Page,
  type Receipt,
  type RoomRef,
  type Send,
  done,
  refused,
  unknown,
} from '@musterhq/chat-port';
import { NEVER } from 'rxjs';
import type { CallFault, ChatNight } from './schedule.ts';
import type { SimulatedTime } from './simulated-time.ts';
import type { Story } from './story.ts';

const CALL_TIMEOUT_MS = 10_000;
/** A platform may apply a call so long after it should have ended, and not later: the settle time's own promise, less what starting took. */
const APPLIED_WITHIN_MS = 29_000;
/** Unless it breaks that promise. */
const APPLIED_LONG_AFTER_MS = 60_000;
/** What is lost more often than that is for a person to look at. */
const MOST_LOST = 2;
/** Just in time, mostly. */
const SLOW_MS = 11_000;
const PATIENCE_MS = 3_000;
const US = 'muster';

export interface Said {
  readonly id: string;
  readonly room: string;
  readonly by: string;
  readonly key: string | null;
  readonly at: number;
  text: string;
  revision: number;
  editedAt: number;
  deleted: boolean;
  /** By us, because it stood there twice. */
  tidied: boolean;
}

/** Takes an event in; resolves once it may be acknowledged. */
export type Door = (envelope: Envelope) => Promise<void>;

/** A chat that is only arithmetic, with the whole fault menu. Written from the contract, and of nothing of the core's. */
export class SimulatedChat {
  readonly said: Said[] = [];
  readonly acknowledged = new Set<string>();
  /** How often what was said under this key was lost. */
  readonly lost = new Map<string, number>();
  /** Events that are on their way, and calls that may be applied yet. */
  underWay = 0;
  /** Whose calls ended so that nobody knows, by what they were for. */
  readonly doubtful = new Set<string>();
  /** What somebody said, edited or deleted and it never told, by its own id. */
  readonly untold = new Set<string>();
  /** How many rooms were made for each key. */
  readonly made = new Map<string, number>();
  private opened = 0;
  private readonly rooms = new Map<string, string>();
  private readonly thrown = new Set<string>();

  constructor(
    readonly instance: string,
    readonly tenant: string,
    readonly night: ChatNight,
    private readonly time: SimulatedTime,
    private readonly random: () => number,
    private readonly start: number,
    private readonly door: Door,
    private readonly story: Story,
    /** Whether it says, wrongly where it is not told by an echo, that a room is found again by its key. */
    private readonly findsRooms = night.shape === 'echo',
  ) {}

  ref(room: string): RoomRef {
    return { adapter: this.instance, tenant: this.tenant, room };
  }

  /** Where it cannot be found by its key, it is made again: people speak in the newer one. */
  addRoom(key: string): string {
    const known = this.night.shape === 'echo' ? this.rooms.get(key) : undefined;
    if (known === undefined) this.made.set(key, (this.made.get(key) ?? 0) + 1);
    const room = known ?? `${this.instance} C${++this.opened}`;
    this.rooms.set(key, room);
    return room;
  }

  roomOf(key: string): string | null {
    return this.rooms.get(key) ?? null;
  }

  says(room: string, by: string, text: string): Said {
    const said = {
      id: String(this.said.length + 1),
      room,
      by,
      key: null,
      at: this.time.now(),
      text,
      revision: 0,
      editedAt: 0,
      deleted: false,
      tidied: false,
    };
    this.said.push(said);
    this.story.tell(by, () => `says "${text}" (${room}:${said.id})`);
    this.tell(this.created(said));
    return said;
  }

  edits(said: Said, text: string): void {
    said.text = text;
    said.revision++;
    said.editedAt = this.time.now();
    this.story.tell(said.by, () => `edits ${said.room}:${said.id} to "${text}"`);
    this.tell(this.edited(said));
  }

  deletes(said: Said): void {
    said.deleted = true;
    this.story.tell(this.instance, () => `${said.room}:${said.id} is ${said.tidied ? 'taken away by us' : 'deleted by somebody'}`);
    const target = this.refOf(said);
    this.tell({
      id: `${said.room}:${said.id}:removed`,
      lane: said.room,
      at: this.time.now(),
      redelivery: 0,
      event: { type: 'message.deleted', target },
    });
  }

  get isAway(): boolean {
    const { outage } = this.night;
    const now = this.time.now() - this.start;
    return outage !== null && outage.from <= now && now < outage.to;
  }

  /** As a process sees it, which may end while it calls. */
  adapter(kill: () => void): ChatAdapter {
    const { shape } = this.night;
    const isBlind = shape === 'blind';
    return {
      capabilities: () => ({
        rev: '1',
        features: { 'room.create': this.findsRooms ? 'full' : 'partial' },
        threads: 'none',
        limits: { textChars: 4_000 },
        rates: this.night.isSlow ? [{ op: 'send', per: 'room', permits: 1, windowMs: 1_000 }] : [],
        reconcile: isBlind ? 'none' : 'key',
        echo: shape === 'echo' ? 'event' : isBlind ? 'none' : 'read-back',
        formsFrom: [],
      }),
      messages: {
        render: (content) => {
          if (content.summary.includes('rendering throws')) throw new Error('cannot be written down');
          return { parts: content.blocks.map((body) => ({ body, chars: 1, bytes: 1 })), losses: [] };
        },
        send: (send, signal) => {
          const text = textOf(send.part.body);
          if (text.includes('sending kills')) return this.dying(kill);
          if (text.includes('sending throws')) return Promise.reject(new Error('cannot be sent'));
          return this.write(
            `send ${send.key}`,
            signal,
            () => this.apply(send, text),
            () => this.lose(send),
          );
        },
        ...(!isBlind && { reconcile: (send: Send, since: number, signal: AbortSignal) => this.look(send, since, signal) }),
        remove: ({ id }, signal) =>
          this.write(
            `remove ${id}`,
            signal,
            () => this.tidy(id),
            () => undefined,
          ),
      },
      rooms: {
        create: ({ key, name }, signal) =>
          this.write(`create ${key}`, signal, () => ({ ref: this.ref(this.addRoom(key)), name, archived: false, key })),
        get: () => Promise.resolve(done(null)),
        change: () => Promise.resolve(refused({ code: 'unsupported', scope: 'room' })),
      },
      ...(!isBlind && { history: { page: (query: HistoryQuery, signal: AbortSignal) => this.page(query, signal) } }),
      health$: NEVER,
      close: () => Promise.resolve(),
    };
  }

  private async page({ room, after = 0 }: HistoryQuery, signal: AbortSignal): Promise<Attempt<Page>> {
    const envelopes = await this.read(signal, () =>
      this.said
        .filter((one) => one.room === room.room && one.at >= after && !one.deleted)
        .flatMap((one) => (one.revision > 0 ? [this.created(one), this.edited(one)] : [this.created(one)])),
    );
    return envelopes ? done({ envelopes, complete: true }) : refused({ code: 'unavailable', scope: 'adapter' });
  }

  private dying(kill: () => void): Promise<never> {
    kill();
    return new Promise(() => undefined);
  }

  private apply({ key, room }: Send, text: string): Receipt {
    const id = String(this.said.length + 1);
    const said = { id, room: room.room, by: US, key, at: this.time.now(), text, revision: 0, editedAt: 0, deleted: false, tidied: false };
    this.said.push(said);
    this.story.tell(this.instance, () => `has ${key} as ${room.room}:${id}: "${text}"`);
    if (this.night.shape === 'echo') this.tell(this.created(said));
    return { message: this.refOf(said), at: said.at };
  }

  private tidy(id: string): void {
    const said = this.said.find((one) => one.id === id);
    if (!said || said.deleted) return;
    said.tidied = true;
    this.deletes(said);
  }

  private lose({ key, room }: Send): Receipt {
    this.lost.set(key, (this.lost.get(key) ?? 0) + 1);
    return { message: { room, id: `lost ${key} ${this.lost.get(key)}` }, at: this.time.now() };
  }

  /** `pretend`: answers as `apply` does, and does nothing. */
  private async write<T>(what: string, signal: AbortSignal, apply: () => T, pretend = apply): Promise<Attempt<T>> {
    const fault = this.draw(what);
    if (fault !== null) this.doubtful.add(what);
    this.story.tell(this.instance, () => `is called: ${what}${fault ? ` (${fault})` : ''}`);
    if (signal.aborted) return unknown({ code: 'timeout', scope: 'message' });
    const wait = 20 + this.random() * 400;
    switch (fault) {
      case null:
        await this.time.sleep(wait);
        return done(apply());
      case 'slow':
        return this.slowly(apply);
      case 'F1 5xx, not applied':
      case 'F7 nonsense, not applied':
        await this.time.sleep(wait);
        return unknown({ code: 'protocol', scope: 'message' });
      case 'F2 5xx, applied':
      case 'F7 nonsense, applied':
      case 'F5 reset, applied':
        await this.time.sleep(wait);
        apply();
        await this.time.sleep(wait);
        return unknown({ code: 'unavailable', scope: 'message' });
      case 'F3 silence, applied':
        await this.time.sleep(wait);
        apply();
        return this.silence(signal);
      case 'F3 silence, not applied':
        return this.silence(signal);
      case 'F4 silence, applied after we gave up':
        this.underWay++;
        this.time.later(CALL_TIMEOUT_MS + this.random() * APPLIED_WITHIN_MS, () => {
          this.underWay--;
          this.story.tell(this.instance, () => `applies late: ${what}`);
          apply();
        });
        return this.silence(signal);
      case 'F4 silence, applied long after':
        this.underWay++;
        this.time.later(CALL_TIMEOUT_MS + APPLIED_WITHIN_MS + this.random() * APPLIED_LONG_AFTER_MS, () => {
          this.underWay--;
          this.story.tell(this.instance, () => `applies long after: ${what}`);
          apply();
        });
        return this.silence(signal);
      case 'F8 done, and nowhere':
        await this.time.sleep(wait);
        return done(pretend());
      case 'F5 never sent':
        return refused({ code: 'unavailable', scope: 'adapter' });
      case 'F6 429':
        return refused({ code: 'rate-limited', scope: 'room' });
      case 'F6 429 with a wait':
        return refused({ code: 'rate-limited', scope: 'room', retryAfterMs: Math.floor(this.random() * 20_000) });
      case 'F14 token revoked':
        return refused({ code: 'auth', scope: 'tenant', remedy: 'reauthorize' });
      case 'adapter throws, not applied':
        throw new Error('a fault of the adapter');
      case 'adapter throws, applied':
        apply();
        throw new Error('a fault of the adapter');
    }
  }

  private draw(what: string): CallFault | null {
    if (this.isAway) return this.random() < 0.5 ? 'F3 silence, not applied' : 'F5 never sent';
    if (this.isHealed || this.random() * 100 >= this.night.badWrites) return null;
    const { callFaults } = this.night;
    const fault = callFaults[Math.floor(this.random() * callFaults.length)] ?? null;
    if (fault === 'F8 done, and nowhere' && (this.lost.get(what.replace('send ', '')) ?? 0) >= MOST_LOST) return null;
    // Three in a row are for a person to look at, as what is poisonous.
    if (!fault?.startsWith('adapter throws')) return fault;
    if (this.thrown.has(what)) return null;
    this.thrown.add(what);
    return fault;
  }

  private silence(signal: AbortSignal): Promise<Attempt<never>> {
    return new Promise((resolve) =>
      signal.addEventListener('abort', () => resolve(unknown({ code: 'timeout', scope: 'message' })), { once: true }),
    );
  }

  /** Applied at any moment of a long wait. */
  private async slowly<T>(apply: () => T): Promise<Attempt<T>> {
    await this.time.sleep((this.random() * SLOW_MS) / 2);
    const value = apply();
    await this.time.sleep((this.random() * SLOW_MS) / 2);
    return done(value);
  }

  /** What was so soon after it was asked for, whenever the answer comes; null when none does. */
  private async read<T>(signal: AbortSignal, see: () => T): Promise<T | null> {
    const isBad = this.isAway || (!this.isHealed && this.random() * 100 < this.night.badReads);
    const isSlow = isBad && !this.isAway && this.random() < 0.5;
    await this.time.sleep(20 + this.random() * 200);
    const seen = see();
    await this.time.sleep(isSlow ? this.random() * SLOW_MS : this.random() * 200);
    return (isBad && !isSlow) || signal.aborted ? null : seen;
  }

  private async look({ key, room }: Send, since: number, signal: AbortSignal): Promise<{ found: Receipt } | 'absent' | 'cannot-tell'> {
    const find = () => ({ said: this.said.find((one) => one.key === key && one.room === room.room && one.at >= since && !one.deleted) });
    const found = await this.read(signal, find);
    this.story.tell(this.instance, () => `was asked for ${key}: ${found === null ? 'cannot tell' : found.said ? 'found' : 'absent'}`);
    if (found === null) return 'cannot-tell';
    return found.said ? { found: { message: this.refOf(found.said), at: found.said.at } } : 'absent';
  }

  private tell(envelope: Envelope): void {
    if (this.isAway) {
      this.untold.add(envelope.id.split(':').slice(0, 2).join(':'));
      return this.story.tell(this.instance, () => `is away, and will not tell of ${envelope.id}`);
    }
    const isBad = !this.isHealed && this.random() * 100 < this.night.badEvents;
    const times = isBad ? 1 + Math.floor(this.random() * 5) : 1;
    for (let n = 0; n < times; n++) void this.deliver(envelope, 20 + this.random() * (isBad ? 60_000 : 500));
  }

  /** Again until somebody took it in, as platforms do; only more patiently than they are. */
  private async deliver(envelope: Envelope, wait: number): Promise<void> {
    this.underWay++;
    for (let redelivery = 0, isTaken = false; !isTaken; redelivery++) {
      await this.time.sleep(redelivery === 0 ? wait : 2_000);
      isTaken = await Promise.race([
        this.door({ ...envelope, redelivery }).then(
          () => true,
          () => false,
        ),
        this.time.sleep(PATIENCE_MS).then(() => false),
      ]);
    }
    this.acknowledged.add(envelope.id);
    this.story.tell(this.instance, () => `hears that ${envelope.id} was taken in`);
    this.underWay--;
  }

  private created(said: Said): Envelope {
    return { id: `${said.room}:${said.id}`, lane: said.room, at: said.at, redelivery: 0, event: this.event('message.created', said) };
  }

  private edited(said: Said): Envelope {
    const id = `${said.room}:${said.id}:${said.revision}`;
    return { id, lane: said.room, at: said.editedAt, redelivery: 0, event: this.event('message.edited', said) };
  }

  private event(type: 'message.created' | 'message.edited', said: Said): Envelope['event'] & { message: unknown } {
    const { by, key, at, text, revision } = said;
    return {
      type,
      message: {
        ref: this.refOf(said),
        author: { adapter: this.instance, tenant: this.tenant, user: by },
        origin: key === null ? 'human' : 'self',
        ...(key === null ? {} : { key }),
        content: contentOf(text),
        at,
        revision: String(revision),
        mentionsMe: false,
        files: [],
      },
    };
  }

  private refOf({ id, room }: Said): MessageRef {
    return { room: this.ref(room), id };
  }

  private get isHealed(): boolean {
    return this.time.now() - this.start >= this.night.healsAt;
  }
}

export const contentOf = (...paragraphs: readonly string[]): Content => ({
  blocks: paragraphs.map((v) => ({ t: 'p', c: [{ t: 'text', v }] })),
  summary: paragraphs[0] ?? '',
});

export const linesOf = (content: Content | null): string[] => content?.blocks.map(textOf) ?? [];

/** Of a part as this chat renders it. */
const textOf = (body: unknown): string => {
  const [first] = (body as { c: readonly { v: string }[] }).c;
  return first?.v ?? '';
};
