import { uuidv7 } from 'uuidv7';
import { isAnnouncementEvent } from '#src/announcements/announcements.events';
import { type Place, endingOf, placesFor } from '#src/announcements/announcements.queries';
import { type Tx, rows } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Follower } from '#src/platform/followers/follower.types';
import { type LoggedEvent, MUSTER } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { uuidFor } from '#src/platform/log/uuid-for';
import { enqueue } from './deliveries/delivery-queue.ts';

/** Nobody waits for a post to change: what comes so soon after each other is said as one. */
const CALM_MS = 3_000;

/** What a post shows, or whether there is one, may be another after these. */
const CONCERNS =
  /^(incident\.(?!merged-in)|update\.|nudge\.s|announcement\.(asked|withdrawn)|mirror\.(opened|renamed|archived|unarchived)$)/;

interface Post {
  readonly mirrorId: string;
  readonly instance: string;
  readonly tenant: string;
  readonly surface: string;
  readonly audience: Place['audience'];
  readonly room: string;
  readonly roomName: string;
  readonly isShown: boolean;
  readonly isRemoved: boolean;
  readonly toldOver: boolean;
  /** The chat has it, or may have it yet. */
  readonly mayBeThere: boolean;
}

/**
 * Announces incidents in the rooms that were chosen for it, and keeps each post as its incident is: one post for each room, which is
 * changed in its place.
 *
 * A rule decides whether an incident is announced, not for how long: one that is less bad by now stays announced. Where it is not to be
 * shown any more, the post says only that. Should that change again, it is the same post that shows it.
 */
export class AnnouncementFollower implements Follower {
  readonly name = 'announcements';
  readonly kind = 'effect';

  constructor(
    private readonly log: StreamLog,
    private readonly doorbell: Doorbell,
  ) {}

  async handle(tx: Tx, event: LoggedEvent): Promise<void> {
    if (!CONCERNS.test(event.type)) return;
    const isAsked = isAnnouncementEvent(event, 'announcement.asked') && event.data.byRule === undefined;
    const places = await placesFor(tx, event.streamId);
    const posts = await this.posts(tx, event.streamId);
    for (const post of posts) {
      const place = places.find((one) => isSame(one, post));
      if (!place) await this.withdraw(tx, event, post);
      else if (isAsked || (!post.isRemoved && (post.isShown || place.byItself))) await this.keep(tx, event, post);
    }
    for (const place of places)
      if ((isAsked || place.byItself) && !posts.some((post) => isSame(place, post))) await this.open(tx, event, place);
  }

  private async open(tx: Tx, event: LoggedEvent, { instance, tenant, name, audience, room, roomName }: Place): Promise<void> {
    const mirrorId = uuidv7();
    await tx.query(`insert into mirror (id, instance, tenant, surface, state) values ($1, $2, $3, $4, 'open')`, [
      ...[mirrorId, instance, tenant, name],
    ]);
    await tx.query(
      'insert into announcement (mirror_id, incident_id, instance, tenant, audience, room, room_name) values ($1, $2, $3, $4, $5, $6, $7)',
      [mirrorId, event.streamId, instance, tenant, audience, room, roomName],
    );
    await enqueue(tx, this.doorbell, { mirrorId, position: event.seq, operation: 'card' });
  }

  private async keep(tx: Tx, event: LoggedEvent, { mirrorId, audience, toldOver, mayBeThere }: Post): Promise<void> {
    await tx.query('update announcement set shown = true, removed = false where mirror_id = $1', [mirrorId]);
    const calm = mayBeThere ? { calmMs: CALM_MS } : {};
    await enqueue(tx, this.doorbell, { mirrorId, position: event.seq, operation: 'card', ...calm });
    if (audience !== 'support' || !mayBeThere) return;
    const { isOver, content } = await endingOf(tx, event.streamId);
    if (isOver === toldOver) return;
    await tx.query('update announcement set told_over = $2 where mirror_id = $1', [mirrorId, isOver]);
    await enqueue(tx, this.doorbell, { mirrorId, position: event.seq, operation: 'send', content });
  }

  /** What is private is never shown where it was public, whatever the rules say. */
  private async withdraw(tx: Tx, event: LoggedEvent, post: Post): Promise<void> {
    if (!post.isShown) return;
    const { mirrorId, instance, surface, roomName, audience, mayBeThere } = post;
    await tx.query('update announcement set shown = false where mirror_id = $1', [mirrorId]);
    // The post is made as things are when it goes out; a sentence was written before, and a later attempt would say it still.
    await tx.query(
      `update delivery set status = 'canceled', ended_at = clock_timestamp() where mirror_id = $1
          and (status = 'pending' and attempts = 0 or operation = 'send' and status in ('pending', 'unknown'))`,
      [mirrorId],
    );
    if (!mayBeThere || post.isRemoved) return;
    await enqueue(tx, this.doorbell, { mirrorId, position: event.seq, operation: 'card' });
    // An admin who changed the rule has said so in the room already.
    const [incident] = await rows<{ isPrivate: boolean }>(tx, 'select private as "isPrivate" from incident where id = $1', [
      event.streamId,
    ]);
    if (!incident?.isPrivate) return;
    const data = { announcementId: mirrorId, surface: { id: instance, name: surface }, room: roomName, audience, why: 'private' };
    await this.log.append(tx, event.streamId, {
      id: uuidFor(event.id, 'withdrawn', mirrorId),
      type: 'announcement.withdrawn',
      by: null,
      via: MUSTER,
      data,
    });
  }

  /** Held: nobody finds the post taken away while it is decided what becomes of it. */
  private posts(tx: Tx, incidentId: string): Promise<Post[]> {
    return rows<Post>(
      tx,
      `select a.mirror_id as "mirrorId", a.instance, a.tenant, m.surface, a.audience, a.room, a.room_name as "roomName", a.shown as "isShown",
              a.removed as "isRemoved", a.told_over as "toldOver",
              m.card is not null or exists (select 1 from delivery d where d.mirror_id = m.id and d.status in ('sending', 'unknown', 'needs-a-person')) as "mayBeThere"
         from announcement a join mirror m on m.id = a.mirror_id where a.incident_id = $1 order by a.mirror_id for update of a`,
      [incidentId],
    );
  }
}

type Where = Pick<Place, 'instance' | 'tenant' | 'audience' | 'room'>;

const isSame = (one: Where, other: Where): boolean =>
  one.instance === other.instance && one.tenant === other.tenant && one.audience === other.audience && one.room === other.room;
