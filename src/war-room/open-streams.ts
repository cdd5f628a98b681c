import { goodBadges } from '#src/people/badges.queries';
import type { AtTheDoor, PersonId } from '#src/people/people.types';
import type { Database } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Metrics } from '#src/platform/metrics/metrics';

/** A ring can be lost, and nobody rings when a session runs out: a stream then goes on this long at most. */
const LOOK_MS = 10_000;

interface OpenStream {
  readonly viewer: AtTheDoor;
  readonly end: () => void;
}

/**
 * Who watches in this process. A stream is opened once and stays for hours, so it is ended when its session or token is over,
 * and when its person was given another role: the page comes back by itself, and is asked at the door.
 */
export class OpenStreams {
  private readonly open = new Set<OpenStream>();
  private readonly deaf: () => void;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly database: Database,
    doorbell: Doorbell,
    private readonly metrics: Metrics,
  ) {
    this.deaf = doorbell.listen('people', (id) => void this.look(id));
    this.timer = setInterval(() => void this.look(null), LOOK_MS);
    this.timer.unref();
  }

  /** `end` says goodbye. Returns how to say that it is over. */
  add(viewer: AtTheDoor, end: () => void): () => void {
    const stream = { viewer, end };
    this.open.add(stream);
    this.metrics.openStreams(this.open.size);
    return () => {
      this.open.delete(stream);
      this.metrics.openStreams(this.open.size);
    };
  }

  /** Ends those of one person, or of anybody, that would not be opened now as they were. While it cannot be asked, none. */
  async look(person: PersonId | null): Promise<void> {
    const looked = [...this.open].filter(({ viewer }) => person === null || viewer.person.id === person);
    if (looked.length === 0) return;
    const badges = [...new Set(looked.map(({ viewer }) => viewer.badge))];
    const good = await goodBadges(this.database, badges).catch(() => null);
    if (good) for (const { viewer, end } of looked) if (good.get(viewer.badge) !== viewer.role) end();
  }

  /** Says goodbye to every page, so that it comes back at once instead of waiting for a dead line. */
  close(): void {
    this.deaf();
    clearInterval(this.timer);
    for (const { end } of this.open) end();
    this.open.clear();
  }
}
