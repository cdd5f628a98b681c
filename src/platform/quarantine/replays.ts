import { type Database } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { StreamLog } from '#src/platform/log/log';
import type { Log } from '#src/platform/logging/logging';
import { problemIn } from '#src/platform/logging/problem-in';
import { Loop } from '#src/platform/loops/loop';
import { PROCESS_ID } from '#src/platform/loops/process-id';
import { TURNS } from '#src/platform/loops/turns';
import { replayFailed, replayed } from './quarantine.ts';
import type { Asker, QuarantineKey, QuarantineKind, Replayer } from './quarantine.types.ts';
import { NotReplayable } from './quarantine.errors.ts';

const POLL_MS = 1_000;
const LEASE_SECONDS = 15;

interface Asked {
  readonly id: string;
  readonly kind: QuarantineKind;
  readonly key: QuarantineKey;
  readonly asked: Asker;
  readonly died: boolean;
}

/**
 * Tries once more, when somebody asks for it, what was put aside; in the worker and with nothing beside it, because it
 * may end the process. What ends it again lies aside again, with that as its reason.
 */
export class Replays {
  private readonly replayers = new Map<QuarantineKind, Replayer>();
  private readonly loop: Loop;
  private readonly deaf: () => void;

  constructor(
    private readonly database: Database,
    private readonly streams: StreamLog,
    doorbell: Doorbell,
    private readonly log: Log,
  ) {
    this.loop = new Loop('replays', POLL_MS, () => this.replayAll(), log);
    this.deaf = doorbell.listen('operations', () => this.loop.wake());
  }

  add(replayer: Replayer): void {
    this.replayers.set(replayer.kind, replayer);
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.deaf();
    await this.loop.stop();
  }

  private async replayAll(): Promise<void> {
    for (let asked = await this.next(); asked; asked = await this.next()) {
      const one = asked;
      await TURNS.apart(() => this.replay(one));
    }
  }

  /** Claimed, and committed, before it is tried. One whose owner went silent has ended its process; one of ours is left from when its end could not be written. */
  private async next(): Promise<Asked | null> {
    const [asked] = await this.database.query<Asked>(
      `with due as (
         select id, owner is not null as died from quarantine
          where state = 'replaying' and (owner is null or owner = $1 or lease_until < clock_timestamp())
          order by since limit 1 for update skip locked
       )
       update quarantine q set owner = $1, lease_until = clock_timestamp() + make_interval(secs => $2)
         from due where q.id = due.id returning q.id, q.kind, q.key, q.asked, due.died`,
      [PROCESS_ID, LEASE_SECONDS],
    );
    return asked ?? null;
  }

  private async replay(one: Asked): Promise<void> {
    try {
      if (one.died) throw new NotReplayable('The process ended while handling it again, or the database was lost.');
      const replayer = this.replayers.get(one.kind);
      if (!replayer) throw new NotReplayable(`This process cannot handle what is of the kind "${one.kind}".`);
      await replayer.prepare?.(one.key);
      await this.database.transaction(async (tx) => {
        await replayed(tx, this.streams, one, await replayer.replay(tx, one.key), one.asked);
      });
    } catch (error) {
      this.log.warn({ quarantine: one.id, kind: one.kind, error }, 'what was put aside could not be handled again');
      const problem = error instanceof NotReplayable ? error.message : problemIn(error);
      await this.database.transaction((tx) => replayFailed(tx, this.streams, one, problem, one.asked));
    }
  }
}
