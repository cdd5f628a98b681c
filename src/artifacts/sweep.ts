import type { Log } from '#src/platform/logging/logging';
import { Loop } from '#src/platform/loops/loop';
import type { ArtifactStore, Listed } from './artifact-store.types.ts';
import type { ArtifactQueries } from './artifacts.queries.ts';
import { keyOf } from './store/keys.ts';

const HOUR_MS = 3_600_000;
/** No upload takes as long, so bytes that are older and that no room knows are nobody's. */
const NOBODYS_AFTER_MS = 24 * HOUR_MS;
const AT_ONCE = 500;

/** Takes away bytes that no room shows: of uploads that never became a file, and of files that were removed while the store was away. */
export class Sweep {
  private readonly loop: Loop;

  constructor(
    private readonly store: ArtifactStore,
    private readonly artifacts: ArtifactQueries,
    log: Log,
  ) {
    this.loop = new Loop('files', HOUR_MS, () => this.sweep(new Date()).then(() => undefined), log);
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** How many it took away. @throws StoreAway */
  async sweep(now: Date): Promise<number> {
    const old = new Date(now.getTime() - NOBODYS_AFTER_MS);
    await this.store.forgetUnfinished(old);
    let taken = 0;
    for await (const some of inLots(this.store.list())) {
      const known = await this.artifacts.kept(some.map(({ key }) => key.slice(0, key.indexOf('.'))));
      const states = new Map(known.map(({ id, sha256, removedAt }) => [keyOf(id, sha256), removedAt]));
      for (const { key, keptAt } of some) {
        const isShown = states.has(key) && states.get(key) === null;
        if (isShown || (!states.has(key) && keptAt > old)) continue;
        await this.store.remove(key);
        taken++;
      }
    }
    return taken;
  }
}

async function* inLots(listed: AsyncIterable<Listed>): AsyncIterable<Listed[]> {
  let lot: Listed[] = [];
  for await (const one of listed) {
    lot.push(one);
    if (lot.length < AT_ONCE) continue;
    yield lot;
    lot = [];
  }
  if (lot.length > 0) yield lot;
}
