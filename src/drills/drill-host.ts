import type { Envelope } from '@musterhq/chat-port';
import type { Incidents } from '#src/incidents/incidents.service';
import type { Notices } from '#src/notifications/notices.service';
import type { Chats } from '#src/platform/chats/chats';
import { inStep } from '#src/platform/chats/in-step';
import { type Database, type Tx, afterCommit } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Inbox } from '#src/platform/inbox/inbox';
import { MUSTER } from '#src/platform/log/event.types';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { Log } from '#src/platform/logging/logging';
import { Loop } from '#src/platform/loops/loop';
import { type Next, type Standing, nextOf } from './decide.ts';
import { breakChat, closeChat } from './drill-chat.ts';
import { type Drill, enterPhase, goingOn } from './drill-rows.ts';
import { lastWords } from './drill-words.ts';
import type { DrillReport } from './drills.types.ts';
import { aboutDrill, evidenceOf, noteWhoCame, standingOf } from './evidence.queries.ts';
import { flood } from './flood.ts';
import { overNotice } from './notice-words.ts';
import { score } from './score.ts';

const LOOK_MS = 1_000;
const ARCHIVE_MS = 10_000;

/**
 * Plays the drill that goes on, if one does: opens, breaks, heals and closes it, and scores it at the end. All it knows is in rows,
 * and each step is taken once whoever looks, so any process goes on where another one died, and nothing stays broken.
 */
export class DrillHost {
  private readonly loop: Loop;
  private readonly deaf: () => void;

  constructor(
    private readonly database: Database,
    private readonly chats: Chats,
    private readonly incidents: Incidents,
    private readonly notices: Notices,
    private readonly inbox: Inbox,
    private readonly doorbell: Doorbell,
    private readonly log: Log,
    private readonly home: string,
  ) {
    this.loop = new Loop(
      'drills',
      () => inStep(chats, LOOK_MS),
      () => this.look(),
      log,
    );
    this.deaf = doorbell.listen('chats', () => this.loop.wake());
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.deaf();
    await this.loop.stop();
  }

  private async look(): Promise<void> {
    const drill = await goingOn(this.database);
    if (!drill) return;
    const { standing, now } = await standingOf(this.database, drill);
    const next = nextOf(standing, now, drill.pace);
    if (next) await this.goOn(drill, next, standing);
    if (drill.phase === 'broken' || drill.phase === 'returning') await noteWhoCame(this.database, drill);
  }

  private async goOn(drill: Drill, next: Next, standing: Standing): Promise<void> {
    switch (next.to) {
      case 'broken':
        return this.enter(drill, next, async (tx) => {
          await tx.query(
            `update drill set people = array(select distinct p.may_as from participant t join one_person p on p.own_id = t.person_id where t.incident_id = $2) where id = $1`,
            [drill.id, drill.incidentId],
          );
          await breakChat(tx, drill, drill.fault);
        });
      case 'returning':
        await this.enter(drill, next, (tx) => breakChat(tx, drill, null));
        // What was admitted before is passed over, so a process that dies here does no harm: the histories are merged all the same.
        return this.flood(drill);
      case 'closing':
        return this.close(drill, next, standing);
      case 'over':
        await this.archive(drill);
        return this.enter(drill, next, (tx) => closeChat(tx, drill));
      case 'opening':
        return;
    }
  }

  private async enter(drill: Drill, { to, cut }: Next, work: (tx: Tx) => Promise<unknown>): Promise<void> {
    const moved = await this.database.transaction(async (tx) => {
      if (!(await enterPhase(tx, drill, to, cut ?? null))) return false;
      await work(tx);
      afterCommit(tx, () => this.doorbell.ring({ topic: 'chats', id: drill.instance }));
      return true;
    });
    if (moved) this.log.info({ drill: drill.id, from: drill.phase, to, cut: cut ?? null }, 'drill went on');
  }

  private async flood(drill: Drill): Promise<void> {
    if (drill.fault !== 'flood') return;
    const kept = await this.database.query<{ envelope: Envelope }>(
      'select envelope from drill_unheard where instance = $1 and not gesture order by seq',
      [drill.instance],
    );
    for (const batch of flood(kept.map(({ envelope }) => envelope))) await this.inbox.admit(drill.instance, batch);
  }

  /** Its report stands before its last words are said, which name it. */
  private async close(drill: Drill, next: Next, { isMerged }: Standing): Promise<void> {
    const cut = drill.cutShort ?? next.cut ?? null;
    const report = await this.scored({ ...drill, cutShort: cut }, isMerged);
    await this.enter(drill, next, async (tx) => {
      await tx.query('update drill set report = $2 where id = $1', [drill.id, report && JSON.stringify(report)]);
      await this.notices.end(tx, aboutDrill(drill), overNotice(drill, this.home));
      if (!drill.isOpen) return;
      const words = lastWords(report, new URL(`/drill/${drill.id}`, this.home).href);
      await this.incidents.resolve(tx, drill.incidentId, words, { person: drill.by, via: MUSTER }, uuidFor(drill.id, 'over'));
    });
  }

  /** A drill that cannot be scored ends all the same. */
  private async scored(drill: Drill, isMerged: boolean): Promise<DrillReport | null> {
    try {
      return score(await evidenceOf(this.database, drill, isMerged));
    } catch (error) {
      this.log.error({ drill: drill.id, error }, 'a drill could not be scored');
      return null;
    }
  }

  /** What is written there from now on nobody hears, so nobody should be able to. A chat that does not let us is left as it is. */
  private async archive(drill: Drill): Promise<void> {
    const rooms = this.chats.get(drill.instance)?.adapter.rooms;
    const [mirror] = await this.database.query<{ room: string | null }>('select room from mirror where instance = $1', [drill.instance]);
    if (!rooms || !mirror?.room) return;
    const room = { adapter: drill.instance, tenant: drill.tenant, room: mirror.room };
    const made = await rooms.change(room, { archived: true }, AbortSignal.timeout(ARCHIVE_MS)).catch(() => null);
    if (made?.outcome !== 'done') this.log.warn({ drill: drill.id }, 'the room of a drill could not be archived');
  }
}
