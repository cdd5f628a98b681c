import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '#src/people/people.types';
import { type Database, afterCommit } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { StreamLog } from '#src/platform/log/log';
import { askForReplay, drop } from '#src/platform/quarantine/quarantine';
import type { Switchboard } from '#src/platform/shedding/switchboard';
import { WORK_CLASSES, type WorkState } from '#src/platform/shedding/work.types';
import { NoSuchWork, NothingAside, ReasonMissing } from './operations.errors.ts';
import { asideOne, operationsView } from './operations.queries.ts';
import type { AsideView, OperationsView } from './operations.types.ts';

/** As long as somebody who pressed a button looks at the page. A worker that is away leaves it for later. */
const REPLAY_WAIT_MS = 5_000;
const LOOK_MS = 50;
const WHY_CHARS = 300;

/** Deciding about what was put aside. */
export class Operations {
  constructor(
    private readonly database: Database,
    private readonly streams: StreamLog,
    private readonly doorbell: Doorbell,
    private readonly switchboard: Switchboard,
  ) {}

  /**
   * Has a worker try once more, and says what came of it; `replaying` when no worker has by then. Asking again for what
   * is being tried asks for nothing new.
   *
   * @throws NothingAside
   */
  async replay(id: string, by: Actor): Promise<AsideView> {
    await this.database.transaction(async (tx) => {
      if (await askForReplay(tx, this.streams, id, by)) afterCommit(tx, () => this.doorbell.ring({ topic: 'operations', id }));
    });
    const end = Date.now() + REPLAY_WAIT_MS;
    for (;;) {
      const seen = await this.find(id);
      if (seen.state !== 'replaying' || Date.now() > end) return seen;
      await sleep(LOOK_MS);
    }
  }

  /** @throws NothingAside, ReasonMissing */
  async drop(id: string, why: string, by: Actor): Promise<AsideView> {
    const reason = reasonOf(why);
    const dropped = await this.database.transaction((tx) => drop(tx, this.streams, id, reason, by));
    const seen = await this.find(id);
    if (!dropped && seen.state !== 'dropped') throw new NothingAside();
    return seen;
  }

  /** Everything at a glance. */
  view(): Promise<OperationsView> {
    return operationsView(this.database, this.switchboard);
  }

  /**
   * Switches a class of work off or on for every process, from now until then; null takes an earlier word back.
   *
   * @throws NoSuchWork, ReasonMissing
   */
  async switch(given: string, off: boolean | null, why: string, until: Date | null, by: Actor): Promise<WorkState> {
    const work = WORK_CLASSES.find((one) => one === given);
    if (!work) throw new NoSuchWork(given, WORK_CLASSES);
    await this.switchboard.set(work, off, reasonOf(why), until, by);
    const state = this.switchboard.all().find((one) => one.class === work);
    if (!state) throw new NoSuchWork(given, WORK_CLASSES);
    return state;
  }

  private async find(id: string): Promise<AsideView> {
    const found = await asideOne(this.database, id);
    if (!found) throw new NothingAside();
    return found;
  }
}

/** @throws ReasonMissing */
export function reasonOf(why: string): string {
  const reason = why.trim();
  if (reason === '' || reason.length > WHY_CHARS) throw new ReasonMissing();
  return reason;
}
