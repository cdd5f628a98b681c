import type { Doorbell, Ring } from '#src/platform/doorbell/doorbell';
import type { SimulatedTime } from './simulated-time.ts';

const COALESCE_MS = 4;

interface Listener {
  readonly topic: Ring['topic'];
  readonly hear: (id: string) => void;
  readonly isThere: () => boolean;
}

/** The doorbell: heard by every process, now and then by none. */
export class Bell {
  private readonly listeners = new Set<Listener>();

  constructor(
    private readonly time: SimulatedTime,
    private readonly random: () => number,
  ) {}

  of(isThere: () => boolean): Pick<Doorbell, 'listen' | 'ring'> {
    return {
      ring: (ring) => this.ring(ring),
      listen: (topic, hear) => {
        const listener = { topic, hear, isThere };
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
    };
  }

  ring({ topic, id }: Ring): void {
    if (this.random() < 0.1) return;
    this.time.later(COALESCE_MS, () => {
      for (const listener of this.listeners) if (listener.topic === topic && listener.isThere()) listener.hear(id);
    });
  }
}
