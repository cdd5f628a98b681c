import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import { streamEvents } from '#libs/war-room-protocol/stream';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { RoomQueries } from './room.queries.ts';

/** Deliveries change in bursts; a page needs the newest state, not each one. */
const EVERY_MS = 150;
/** Nobody rings when a chat has taken something; so it is looked for while a page waits for that. */
const WHILE_WAITING_MS = 1_000;

type Write = (frame: string) => void;

/** The state of a room's mirrors for all who watch it here: asked for once, sent whole when it changed, never stored. */
export class MirrorFeeds {
  private readonly feeds = new Map<string, MirrorFeed>();
  private readonly deaf: (() => void)[];

  constructor(
    private readonly rooms: RoomQueries,
    doorbell: Doorbell,
  ) {
    const everyRoom = (): void => this.feeds.forEach((feed) => feed.soon());
    this.deaf = [
      doorbell.listen('stream', (id) => this.feeds.get(id)?.soon()),
      doorbell.listen('deliveries', everyRoom),
      doorbell.listen('mirrors', everyRoom),
    ];
  }

  /** Writes the newest state soon and then each change. Returns how to stop. */
  watch(incidentId: string, write: Write): () => void {
    let feed = this.feeds.get(incidentId);
    if (!feed) {
      feed = new MirrorFeed(() => this.rooms.mirrors(incidentId));
      this.feeds.set(incidentId, feed);
    }
    const watched = feed;
    watched.join(write);
    return () => {
      watched.leave(write);
      if (watched.isEmpty && this.feeds.get(incidentId) === watched) this.feeds.delete(incidentId);
    };
  }

  close(): void {
    for (const stop of this.deaf) stop();
    this.feeds.forEach((feed) => feed.stop());
    this.feeds.clear();
  }
}

class MirrorFeed {
  private readonly watchers = new Set<Write>();
  private timer: NodeJS.Timeout | null = null;
  private later: NodeJS.Timeout | null = null;
  private last: string | null = null;

  constructor(private readonly ask: () => Promise<MirrorView[]>) {}

  get isEmpty(): boolean {
    return this.watchers.size === 0;
  }

  join(write: Write): void {
    this.watchers.add(write);
    if (this.last !== null) write(this.last);
    this.soon();
  }

  leave(write: Write): void {
    this.watchers.delete(write);
    if (this.isEmpty) this.stop();
  }

  soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      // A room whose state cannot be read now is asked about again at the next ring.
      void this.tell().catch(() => undefined);
    }, EVERY_MS);
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    if (this.later) clearTimeout(this.later);
    this.timer = this.later = null;
  }

  private lookAgain(): void {
    this.later = null;
    this.soon();
  }

  private async tell(): Promise<void> {
    const mirrors = await this.ask();
    if (mirrors.some(isSaying) && !this.isEmpty) this.later ??= setTimeout(() => this.lookAgain(), WHILE_WAITING_MS);
    const frame = `event: ${streamEvents.mirrors}\ndata: ${JSON.stringify(mirrors)}\n\n`;
    if (frame === this.last) return;
    this.last = frame;
    for (const write of this.watchers) write(frame);
  }
}

/** What waits for a chat that is down, or for a room that is archived or that we are not in, goes on with a ring. */
const isSaying = ({ state, waiting }: MirrorView): boolean => waiting.length > 0 && !['parked', 'archived', 'shut-out'].includes(state);
