import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { Database } from '#src/platform/database/database';
import type { Strain } from './decide.ts';

const RESOLUTION_MS = 20;
/** A window long enough for nine of ten turns to mean something, and for one question to the database. */
const WINDOW_MS = 5_000;

/** How hard it is on this process. Read often, measured every five seconds. */
export class StrainGauge {
  private readonly delay: IntervalHistogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  private last: Strain = { loopDelayMs: 0, poolWaiting: 0, queueAgeMs: 0 };
  private readAt = 0;

  constructor(private readonly database: Database) {}

  get latest(): Strain {
    return this.last;
  }

  start(): void {
    this.delay.enable();
    this.readAt = performance.now();
  }

  stop(): void {
    this.delay.disable();
  }

  async read(): Promise<Strain> {
    if (performance.now() - this.readAt < WINDOW_MS) return this.last;
    this.readAt = performance.now();
    const loopDelayMs = Math.max(0, Math.round(this.delay.percentile(90) / 1e6) - RESOLUTION_MS);
    this.delay.reset();
    const poolWaiting = waitingOf(this.database);
    this.last = { loopDelayMs, poolWaiting, queueAgeMs: await this.queueAge() };
    return this.last;
  }

  /** A database that is away is no reason to give up work: then there is little to do. */
  private async queueAge(): Promise<number> {
    const found = await this.database
      .query<{ age: number | null }>(
        `select extract(epoch from clock_timestamp() - min(e.at))::float8 * 1000 as age
           from follower f join stream s on s.last_at > clock_timestamp() - interval '1 hour'
           left join follower_cursor c on c.follower = f.name and c.stream_id = s.id
           join event e on e.stream_id = s.id and e.seq = coalesce(c.seq, 0) + 1
          where s.seq > coalesce(c.seq, 0) and coalesce(c.claims, 0) <= 1 and c.problem is null`,
      )
      .catch(() => []);
    return Math.round(found[0]?.age ?? 0);
  }
}

/** TypeORM keeps the pool to itself; a driver without one has nobody waiting. */
function waitingOf(database: Database): number {
  const { master } = database.source.driver as { master?: { waitingCount?: number } };
  return master?.waitingCount ?? 0;
}
