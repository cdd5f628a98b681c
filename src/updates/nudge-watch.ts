import { serverTime } from '#src/platform/database/server-time';
import type { Database } from '#src/platform/database/database';
import type { Log } from '#src/platform/logging/logging';
import { ALL_ON, type Work } from '#src/platform/shedding/work.types';
import { giveUpLease, holdLease, leaseOfAll } from '#src/platform/loops/lease';
import { Loop } from '#src/platform/loops/loop';
import { decide } from './decide.ts';
import type { Nudges } from './nudges.service.ts';
import type { UpdateQueries, WaitingAt } from './updates.queries.ts';

const LOOK_MS = 3_000;
/** One process asks for all, whoever holds this lease. */
const LEASE = leaseOfAll('nudges');

/**
 * Looks every few seconds which incidents wait for something, and asks for it. What it goes by is in the log, so whoever
 * follows a watcher that died goes on where it stopped; should two ever watch at once, each nudge is still given once.
 */
export class NudgeWatch {
  private readonly loop: Loop;
  private leads = false;
  /** Of the incidents that are going on: nothing is read again where nothing happened. */
  private known: ReadonlyMap<string, WaitingAt> = new Map();

  constructor(
    private readonly database: Database,
    private readonly updates: UpdateQueries,
    private readonly nudges: Nudges,
    private readonly log: Log,
    private readonly work: Work = ALL_ON,
  ) {
    this.loop = new Loop('nudges', LOOK_MS, () => this.lookIfLeader(), log);
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
    if (this.leads) await giveUpLease(this.database, LEASE);
    this.leads = false;
  }

  /** Gives every nudge that is due at `now`; one incident's trouble is not another's. */
  async look(now: Date): Promise<void> {
    const before = this.known;
    const known = new Map<string, WaitingAt>();
    for (const { id: incidentId, seq } of await this.updates.going()) {
      try {
        const at = await this.updates.upTo(seq, incidentId, before.get(incidentId));
        known.set(incidentId, at);
        if (decide(at.waiting, now.getTime()).length === 0) continue;
        await this.database.transaction((tx) => this.nudges.give(tx, incidentId, now));
      } catch (error) {
        this.log.warn({ incidentId, error }, 'a nudge could not be given, will try again');
      }
    }
    this.known = known;
  }

  private async lookIfLeader(): Promise<void> {
    this.leads = await holdLease(this.database, LEASE);
    if (!this.leads || !this.work.isOn('nudges')) return;
    await this.look(await serverTime(this.database));
  }
}
