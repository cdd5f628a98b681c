import { uuidv7 } from 'uuidv7';
import { type Tx, afterCommit, rows } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import { type ActorFact, MUSTER } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { announcedIn } from '../announcements.ts';
import type { RoomEvents } from '../rooms.events.ts';

interface MirrorRow {
  readonly id: string;
  readonly incident_id: string;
  readonly surface: string;
}

export interface Surface {
  readonly instance: string;
  readonly tenant: string;
}

/**
 * What the state of a chat means for the rooms that are mirrored in it.
 *
 *   open ──suspect──▶ suspect ──park──▶ parked ──catchUp──▶ catching-up ──(merged and told)──▶ open
 *                        └──────catchUp (quietly reads what was missed)──────▶ open
 *
 * Trouble that comes back during catching-up opens the gap again: nothing is said until what was missed this time has
 * been read too.
 *
 * Each is called in the transaction in which the detector's decision is written, so a room never shows what was not
 * decided. Calling one again in the same state changes nothing.
 */
export class MirrorTrouble {
  constructor(
    private readonly log: StreamLog,
    private readonly doorbell: Doorbell,
  ) {}

  /** There is reason to doubt the chat. Posts still go out; what comes in is read again from `goodAt` on. */
  async suspect(tx: Tx, surface: Surface, goodAt: Date, why: string): Promise<void> {
    const mirrors = await this.move(tx, surface, ['open'], 'suspect', goodAt);
    for (const mirror of mirrors) {
      await openGap(tx, mirror.id, goodAt);
      await this.tell(tx, mirror, 'mirror.suspect', { ...ofMirror(mirror, surface), since: goodAt.toISOString(), why });
    }
    for (const state of ['catching-up', 'opening'])
      for (const { id } of await this.move(tx, surface, [state], state, null)) await openGap(tx, id, goodAt);
    for (const id of await announcedIn(tx, surface)) await openGap(tx, id, goodAt);
  }

  /**
   * The chat is down: posts wait, in order. That an archived room is brought back meanwhile may go unheard, so the first post
   * afterwards finds out. `cutOff`: Muster reaches nothing outside, so whether it is the chat nobody knows.
   */
  async park(tx: Tx, surface: Surface, goodAt: Date, why: string, saidBy?: ActorFact, cutOff = false): Promise<void> {
    const mirrors = await this.move(tx, surface, ['open', 'suspect', 'opening', 'catching-up', 'archived'], 'parked', goodAt);
    for (const mirror of mirrors) {
      await openGap(tx, mirror.id, goodAt);
      await tx.query(`update gap set parked = true where mirror_id = $1 and state <> 'closed'`, [mirror.id]);
      await this.tell(tx, mirror, 'mirror.parked', {
        ...ofMirror(mirror, surface),
        since: goodAt.toISOString(),
        why,
        ...byWord(saidBy),
        ...(cutOff ? { cutOff } : {}),
      });
    }
    for (const id of await announcedIn(tx, surface)) await openGap(tx, id, goodAt);
  }

  /** The chat answers again: from here on the two histories are merged (`CatchUp`). */
  async catchUp(tx: Tx, surface: Surface, at: Date, saidBy?: ActorFact): Promise<void> {
    for (const mirror of await this.move(tx, surface, ['parked'], 'catching-up', null)) {
      await this.tell(tx, mirror, 'mirror.catching-up', { ...ofMirror(mirror, surface), since: at.toISOString(), ...byWord(saidBy) });
    }
    for (const mirror of await this.move(tx, surface, ['suspect'], 'open', null))
      await this.tell(tx, mirror, 'mirror.resumed', ofMirror(mirror, surface));
    // A room that was parked meanwhile was not moved above: with its gap under way and nothing to move it, it would stay parked for ever.
    await tx.query(
      `update gap g set state = 'reading', to_at = $3 from mirror m
        where m.id = g.mirror_id and m.instance = $1 and m.tenant = $2 and m.state not in ('shut-out', 'parked') and g.state = 'open'`,
      [surface.instance, surface.tenant, at],
    );
    afterCommit(tx, () => this.doorbell.ring({ topic: 'mirrors', id: surface.instance }));
  }

  private async move(tx: Tx, { instance, tenant }: Surface, from: readonly string[], to: string, since: Date | null): Promise<MirrorRow[]> {
    const moved = await rows<MirrorRow>(
      tx,
      `update mirror m set state = $3, since = coalesce($4, since) from incident i
        where i.id = m.incident_id and m.instance = $1 and m.tenant = $2 and m.state = any($5)
          and (i.ended_at is null or m.state not in ('open', 'archived') or i.ended_at > clock_timestamp() - interval '1 day')
        returning m.id, m.incident_id, m.surface`,
      [instance, tenant, to, since, from],
    );
    return moved.sort((a, b) => (a.incident_id < b.incident_id ? -1 : 1));
  }

  private async tell<Type extends keyof RoomEvents>(tx: Tx, mirror: MirrorRow, type: Type, data: RoomEvents[Type]): Promise<void> {
    await this.log.append(tx, mirror.incident_id, { id: uuidv7(), type, by: null, via: MUSTER, data });
  }
}

export const ofMirror = (mirror: { id: string; surface: string }, { instance }: Pick<Surface, 'instance'>) => ({
  mirrorId: mirror.id,
  surface: { id: instance, name: mirror.surface },
});

/** `saidBy`: whose word it is, where Muster does not see it itself. */
const byWord = (saidBy?: ActorFact): { saidBy?: ActorFact } => (saidBy ? { saidBy } : {});

/** One gap at a time for each mirror. Trouble that comes back while an old gap is being closed widens it again. */
export async function openGap(tx: Tx, mirrorId: string, from: Date): Promise<void> {
  await tx.query(
    `insert into gap (id, mirror_id, from_at) values ($1, $2, $3)
     on conflict (mirror_id) where state <> 'closed' do update set state = 'open', to_at = null, cursor = null, from_at = least(gap.from_at, excluded.from_at)`,
    [uuidv7(), mirrorId, from],
  );
}
