import type { LoggedEvent } from '#src/platform/log/event.types';
import type { Metrics } from '#src/platform/metrics/metrics';
import { toFrame } from './to-frame.ts';

const PAGE = 500;

/** The room's log, with people as they are now. */
export interface RoomLog {
  read(streamId: string, after: number, limit: number): Promise<LoggedEvent[]>;
  lastSeq(streamId: string): Promise<number>;
}

export interface Watcher {
  /** The number of the last event this watcher has. */
  cursor: number;
  write(frame: string): void;
  /** Whether this person may go on watching. Asked after each event that can take somebody's sight away. */
  maySee(): Promise<boolean>;
  /** It may not: nothing from here on is written. */
  end(): void;
}

/** After these somebody may see less than before. */
const TAKES_SIGHT: readonly string[] = ['incident.privacy-changed', 'participant.left', 'participant.accounts-joined'];

/**
 * One room, watched by many: each event is read and rendered once for all of them.
 *
 * A watcher joins at its own number and is brought up to date before it is given what is new, so nobody sees a number
 * twice or out of order. The database is asked only after a ring, or once a second by whoever owns the feeds.
 */
export class RoomFeed {
  private readonly watchers = new Set<Watcher>();
  private joining = 0;
  private head: number;
  private reading: Promise<void> | null = null;
  private again = false;
  /** Up to here all was there before anybody watched: it says nothing about how soon one sees what is written. */
  private oldUpTo: number | null = null;

  constructor(
    private readonly streamId: string,
    private readonly log: RoomLog,
    startAt: number,
    private readonly metrics: Metrics,
  ) {
    this.head = startAt;
  }

  get isEmpty(): boolean {
    return this.watchers.size === 0 && this.joining === 0;
  }

  async join(watcher: Watcher): Promise<void> {
    // Reads on its own until it has caught up with the others, then steps in between two of their reads.
    this.joining++;
    try {
      while (watcher.cursor < this.head) {
        const events = await this.log.read(this.streamId, watcher.cursor, PAGE);
        if (!(await bringUp(watcher, events))) return;
        if (events.length === 0) break;
      }
      this.watchers.add(watcher);
    } finally {
      this.joining--;
    }
    this.look();
  }

  leave(watcher: Watcher): void {
    this.watchers.delete(watcher);
  }

  /** There may be news. Calls during a read lead to one more read, however many there were. */
  look(): void {
    if (this.reading) {
      this.again = true;
      return;
    }
    this.reading = this.read().finally(() => {
      this.reading = null;
      if (!this.again) return;
      this.again = false;
      this.look();
    });
  }

  private async read(): Promise<void> {
    this.oldUpTo ??= await this.log.lastSeq(this.streamId).catch(() => null);
    for (;;) {
      const events = await this.log.read(this.streamId, this.head, PAGE).catch(() => []);
      for (const event of events) {
        if (TAKES_SIGHT.includes(event.type)) await this.letGo();
        const frame = toFrame(event);
        this.head = event.seq;
        for (const watcher of this.watchers) this.give(watcher, event.seq, frame);
        const isNew = event.seq > (this.oldUpTo ?? Infinity);
        if (isNew && event.type === 'message.posted' && !event.late && !this.isEmpty)
          this.metrics.postVisible(Date.now() - event.at.getTime());
      }
      if (events.length < PAGE) return;
    }
  }

  /** Before they are given the event: what happens in a private room is not told to those who were sent out. */
  private async letGo(): Promise<void> {
    for (const watcher of this.watchers) if (!(await mayGoOn(watcher))) this.watchers.delete(watcher);
  }

  private give(watcher: Watcher, seq: number, frame: string): void {
    if (watcher.cursor >= seq) return;
    watcher.write(frame);
    watcher.cursor = seq;
  }
}

/** False when it was sent out on the way, and is not to be given anything more. */
async function bringUp(watcher: Watcher, events: readonly LoggedEvent[]): Promise<boolean> {
  for (const event of events) {
    if (TAKES_SIGHT.includes(event.type) && !(await mayGoOn(watcher))) return false;
    watcher.write(toFrame(event));
    watcher.cursor = event.seq;
  }
  return true;
}

/** When it cannot be found out, the line is ended too: the page comes back by itself and is asked at the door. */
async function mayGoOn(watcher: Watcher): Promise<boolean> {
  if (await watcher.maySee().catch(() => false)) return true;
  watcher.end();
  return false;
}
