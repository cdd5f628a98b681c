import { uuidv7 } from 'uuidv7';
import type { Point } from './trend.ts';

/** So many messages begin in every second, whether the ones before have been answered or not. */
const A_SECOND = 50;

interface Room {
  readonly url: string;
  readonly readers: number;
}

/** Posts to rooms in turn, and how long each took until everybody who reads its room had it. */
export class Posts {
  /** When each began and how long it took, in milliseconds. */
  readonly seen: Point[] = [];
  /** What was not acknowledged, by how it was answered. */
  readonly failed = new Map<string, number>();
  began = 0;
  private readonly waiting = new Map<string, { readonly at: number; left: number }>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly rooms: readonly Room[],
    private readonly token: string,
  ) {}

  start(): void {
    const start = performance.now();
    this.timer = setInterval(() => {
      const due = Math.floor(((performance.now() - start) / 1_000) * A_SECOND);
      while (this.began < due) void this.post(this.rooms[this.began++ % this.rooms.length]);
    }, 1_000 / A_SECOND);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** What somebody is still to see. */
  get unseen(): number {
    return this.waiting.size;
  }

  saw(id: string): void {
    const one = this.waiting.get(id);
    if (!one || --one.left > 0) return;
    this.waiting.delete(id);
    this.seen.push({ x: one.at, y: performance.now() - one.at });
  }

  private async post(room: Room | undefined): Promise<void> {
    if (!room) return;
    const id = uuidv7();
    this.waiting.set(id, { at: performance.now(), left: room.readers });
    const how = await fetch(room.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ id, type: 'message', body: { text: `What happened at ${new Date().toISOString()}, as somebody tells it` } }),
      signal: AbortSignal.timeout(30_000),
    }).then(
      async (response) => (await response.text(), String(response.status)),
      (error: Error) => error.name,
    );
    if (how === '200') return;
    this.failed.set(how, (this.failed.get(how) ?? 0) + 1);
    this.waiting.delete(id);
  }
}
