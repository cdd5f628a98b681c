import type { PracticeView } from '#libs/war-room-protocol/practice';
import { describeTimings } from '#src/outage/timings.types';
import type { Chats } from '#src/platform/chats/chats';
import type { Config } from '#src/platform/config/config.schema';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Log } from '#src/platform/logging/logging';
import { Loop } from '#src/platform/loops/loop';
import type { Messages } from '#src/rooms/messages.service';
import { PACE } from './practice.types.ts';
import { ChatBeside } from './chat-beside.ts';
import { Practice } from './practice.ts';
import type { Opened, PracticeRow, PracticeStore } from './practice-store.ts';

const TICK_MS = 250;
const MOST_AT_ONCE = 5;
const LIFE_MS = 2 * 60 * 60 * 1_000;

/** Plays the pretend chats. A process of its own: whatever a pretend chat does, the room is elsewhere. */
export class PracticeHost {
  private readonly playing = new Map<string, { practice: Practice; begun: number }>();
  private readonly loop: Loop;
  private readonly deaf: () => void;

  constructor(
    private readonly store: PracticeStore,
    private readonly chats: Chats,
    private readonly messages: Messages,
    private readonly doorbell: Doorbell,
    private readonly config: Config,
    private readonly log: Log,
  ) {
    this.loop = new Loop('practice', TICK_MS, () => this.tickAll(), log);
    this.deaf = doorbell.listen('practice', () => this.loop.wake());
  }

  async start(): Promise<void> {
    // A pretend chat lives in this process's memory: what an earlier one played is over.
    for (const row of await this.store.asked()) if (row.instance) await this.store.end(row.id);
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.deaf();
    await this.loop.stop();
    for (const id of [...this.playing.keys()]) await this.end(id);
  }

  private async tickAll(): Promise<void> {
    const now = Date.now();
    const asked = await this.store.asked();
    for (const id of [...this.playing.keys()]) if (!asked.some((row) => row.id === id)) await this.end(id);
    for (const row of asked) if (!this.playing.has(row.id)) await this.begin(row);
    for (const [id, { begun }] of this.playing) if (now - begun > LIFE_MS || this.playing.size > MOST_AT_ONCE) await this.end(id);
    await Promise.all([...this.playing.values()].map(({ practice }) => this.tick(practice, now)));
  }

  private async tick(practice: Practice, now: number): Promise<void> {
    try {
      await practice.tick(now);
    } catch (error) {
      this.log.warn({ practice: practice.id, error }, 'practice step failed, will try again');
    }
  }

  private async begin(row: PracticeRow): Promise<void> {
    const opened = await this.openChats(row);
    const [main, ...others] = opened;
    if (!main) {
      this.log.error({}, 'no chat of this build can be practised with');
      return this.store.end(row.id);
    }
    await this.store.open(row, opened, PACE);
    for (const { instance } of opened) this.doorbell.ring({ topic: 'chats', id: instance });
    const beside = others.map(({ instance, platform, chat }) => new ChatBeside(platform, instance, chat, this.store));
    const { instance, chat } = main;
    const practice = new Practice(row.id, row.owner, instance, chat, beside, this.store, this.messages, this.timings(), this.log);
    this.playing.set(row.id, { practice, begun: Date.now() });
  }

  /** Every chat that can be pretended, the one that the story is about first. */
  private openChats({ id }: PracticeRow): Promise<Opened[]> {
    const possible = this.chats.platforms().flatMap(({ plugin, pretend }) => (pretend ? [{ platform: plugin.id, pretend }] : []));
    return Promise.all(
      possible.map(async ({ platform, pretend }, n) => {
        const instance = n === 0 ? `practice-${id}` : `practice-${id}-${platform}`;
        const chat = await pretend();
        await chat.hearAt(new URL(`/hooks/${instance}`, this.ownAddress()).href);
        return { instance, platform, chat };
      }),
    );
  }

  private async end(id: string): Promise<void> {
    const playing = this.playing.get(id);
    this.playing.delete(id);
    await playing?.practice.close();
    await this.store.end(id);
    this.doorbell.ring({ topic: 'chats', id });
  }

  /** Where the web process listens. Pretend chats run beside it, so the way round by a proxy is not needed. */
  private ownAddress(): string {
    const host = this.config.HOST === '0.0.0.0' || this.config.HOST === '::' ? '127.0.0.1' : this.config.HOST;
    return `http://${host}:${this.config.PORT}`;
  }

  private timings(): PracticeView['timings'] {
    return describeTimings(PACE);
  }
}
