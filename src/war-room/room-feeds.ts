import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Metrics } from '#src/platform/metrics/metrics';
import { RoomFeed, type RoomLog, type Watcher } from './room-feed.ts';

/** A ring can be lost; an event then waits this long at most. */
const POLL_MS = 1_000;

/** The feeds of the rooms that somebody watches in this process. Cursors live in memory: a page brings its own back. */
export class RoomFeeds {
  private readonly feeds = new Map<string, RoomFeed>();
  private readonly deaf: () => void;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly log: RoomLog,
    doorbell: Doorbell,
    private readonly metrics: Metrics,
  ) {
    this.deaf = doorbell.listen('stream', (id) => this.feeds.get(id)?.look());
    this.timer = setInterval(() => this.feeds.forEach((feed) => feed.look()), POLL_MS);
    this.timer.unref();
  }

  /** Returns how to stop watching. What is after the watcher's cursor is written first, in order. */
  async watch(streamId: string, watcher: Watcher): Promise<() => void> {
    let feed = this.feeds.get(streamId);
    if (!feed) {
      feed = new RoomFeed(streamId, this.log, watcher.cursor, this.metrics);
      this.feeds.set(streamId, feed);
    }
    const joined = feed;
    await joined.join(watcher);
    return () => {
      joined.leave(watcher);
      if (joined.isEmpty && this.feeds.get(streamId) === joined) this.feeds.delete(streamId);
    };
  }

  close(): void {
    this.deaf();
    clearInterval(this.timer);
    this.feeds.clear();
  }
}
