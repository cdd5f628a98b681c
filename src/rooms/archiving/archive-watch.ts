import type { Chats } from '#src/platform/chats/chats';
import type { Database, Tx } from '#src/platform/database/database';
import { rows } from '#src/platform/database/database';
import { serverTime } from '#src/platform/database/server-time';
import { MUSTER } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { Log } from '#src/platform/logging/logging';
import { giveUpLease, holdLease, leaseOfAll } from '#src/platform/loops/lease';
import { Loop } from '#src/platform/loops/loop';
import { ALL_ON, type Work } from '#src/platform/shedding/work.types';
import { queueUpkeep } from '../deliveries/delivery-queue.ts';
import { ofMirror } from '../gaps/mirror-trouble.service.ts';
import type { MirrorArchiving } from '../rooms.events.ts';
import { noteTold, roomsToArchive } from './archivable.ts';

const LOOK_MS = 30_000;
/** One process looks for all, whoever holds this lease. */
const LEASE = leaseOfAll('archiving');

/**
 * Looks which rooms of the chats are to be archived by the rule. First a room is told, as the last that is said in it; once that has
 * arrived and nothing is open between it and the log, it is archived as all that is looked after in it is done. Each step is found
 * again from how things stand, so whoever goes on after a crash goes on there; should two look at once, each is done once.
 */
export class ArchiveWatch {
  private readonly loop: Loop;

  constructor(
    private readonly database: Database,
    private readonly streams: StreamLog,
    private readonly chats: Pick<Chats, 'get'>,
    private readonly log: Log,
    private readonly work: Work = ALL_ON,
  ) {
    this.loop = new Loop('archiving', LOOK_MS, () => this.lookIfLeader(), log);
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
    await giveUpLease(this.database, LEASE);
  }

  /** Does the next step with each room that is due at `now`; one room's trouble is not another's. */
  async look(now: Date): Promise<void> {
    for (const { mirrorId, instance, tenant, room, isTold } of await roomsToArchive(this.database, now)) {
      const level = this.chats.get(instance)?.adapter.capabilities({ adapter: instance, tenant, room }).features['room.archive'];
      if (level === undefined || level === 'none') continue;
      try {
        await this.database.transaction((tx) => (isTold ? this.archive(tx, mirrorId) : this.tell(tx, mirrorId, now)));
      } catch (error) {
        this.log.warn({ mirror: mirrorId, error }, 'a room could not be archived, will try again');
      }
    }
  }

  private async tell(tx: Tx, mirrorId: string, now: Date): Promise<void> {
    const told = await noteTold(tx, mirrorId, now);
    if (!told) return;
    const { incidentId, instance, surface, name, days, since } = told;
    await this.streams.append<'mirror.archiving', MirrorArchiving>(tx, incidentId, {
      id: uuidFor('archiving', mirrorId, since.toISOString()),
      type: 'mirror.archiving',
      by: null,
      via: MUSTER,
      data: { ...ofMirror({ id: mirrorId, surface }, { instance }), name, days },
    });
  }

  private async archive(tx: Tx, mirrorId: string): Promise<void> {
    const [busy] = await rows(
      tx,
      `select 1 from delivery where mirror_id = $1 and lane = 'upkeep' and status in ('pending', 'sending', 'unknown') limit 1`,
      [mirrorId],
    );
    if (!busy) await queueUpkeep(tx, mirrorId, 'now');
  }

  private async lookIfLeader(): Promise<void> {
    if (!(await holdLease(this.database, LEASE)) || !this.work.isOn('mirrors')) return;
    await this.look(await serverTime(this.database));
  }
}
