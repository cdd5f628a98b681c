import type { Fault, MessageRef } from '@musterhq/chat-port';
import { uuidv7 } from 'uuidv7';
import type { AnnouncementEvents, Announced } from '#src/announcements/announcements.events';
import { type Tx, rows } from '#src/platform/database/database';
import { NotYet } from '#src/platform/inbox/inbox.types';
import { MUSTER } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import type { Delivery } from './deliveries/delivery.types.ts';
import type { Mirror } from './mirrors.ts';

/** A post of an announcement, with what its events tell of it. */
interface Post {
  readonly incidentId: string;
  readonly instance: string;
  readonly tenant: string;
  readonly surface: string;
  readonly room: string;
  readonly roomName: string;
  readonly audience: Announced['audience'];
}

const POST = `a.incident_id as "incidentId", a.instance, a.tenant, m.surface, a.room, a.room_name as "roomName", a.audience`;

/** The chat has the post as it reads now. The room is told where it is, the first time; a refusal is over. */
export async function announcementSaid(
  tx: Tx,
  log: StreamLog,
  mirrorId: string,
  { isNew, permalink }: { readonly isNew: boolean; readonly permalink: string | undefined },
): Promise<void> {
  const [post] = await rows<Post & { wasRefused: boolean }>(
    tx,
    `update announcement a set refused = false from mirror m, announcement was where a.mirror_id = $1 and m.id = a.mirror_id and was.mirror_id = a.mirror_id
     returning ${POST}, was.refused as "wasRefused"`,
    [mirrorId],
  );
  if (!post) return;
  if (isNew) await append(tx, log, mirrorId, post, 'announcement.posted', permalink === undefined ? {} : { permalink });
  if (isNew || post.wasRefused) await troubleIs(tx, post, null);
}

/**
 * The chat will not have it, or somebody took the post away there. Either is told once. What was taken away stays away until somebody
 * asks; what was refused is tried again with the next change, for an admin may have put it right by then.
 */
export async function announcementRefused(tx: Tx, log: StreamLog, { mirrorId, operation, card }: Delivery, fault: Fault): Promise<void> {
  const isGone = operation === 'card' && card !== null && fault.code === 'not-found' && fault.scope === 'message';
  const was = isGone ? 'removed' : 'refused';
  const [post] = await rows<Post>(
    tx,
    `update announcement a set ${was} = true from mirror m where a.mirror_id = $1 and m.id = a.mirror_id and not a.${was} returning ${POST}`,
    [mirrorId],
  );
  if (isGone) await forgetPost(tx, mirrorId);
  if (!post) return;
  if (isGone) return append(tx, log, mirrorId, post, 'announcement.removed', {});
  const why = whyNot(fault, post);
  await troubleIs(tx, post, why);
  await append(tx, log, mirrorId, post, 'announcement.failed', { why });
}

/**
 * For whoever writes beneath a post, or takes back what they wrote there.
 *
 * @throws NotYet while a post is being said in that room, or may have been: it may be the one above, and where the chat does not show us
 * our own voice only its answer, or looking, tells which of its messages that is.
 */
export async function announcementAbove(tx: Tx, { room, id, thread }: MessageRef): Promise<Mirror | null> {
  // Asked first: what is known by then is found after it.
  const mayBeAbove = thread !== undefined && (await isBeingSaid(tx, room));
  const [found] = await rows<Mirror>(
    tx,
    `select m.id, a.incident_id as "incidentId", m.surface || ', ' || a.room_name as surface
       from announcement a join mirror m on m.id = a.mirror_id join incident i on i.id = a.incident_id join message_copy c on c.mirror_id = a.mirror_id
      where a.instance = $1 and a.tenant = $2 and a.room = $3 and c.native_id = any($4) and a.shown and not i.private limit 1 for share of i`,
    [room.adapter, room.tenant, room.room, thread === undefined ? [id] : [id, thread]],
  );
  if (!found && mayBeAbove) throw new NotYet('An announcement is being said in this room, and this may stand beneath it.');
  return found ?? null;
}

async function isBeingSaid(tx: Tx, room: MessageRef['room']): Promise<boolean> {
  const found = await rows(
    tx,
    `select 1 from announcement a join mirror m on m.id = a.mirror_id join delivery d on d.mirror_id = m.id
      where a.instance = $1 and a.tenant = $2 and a.room = $3 and a.shown and d.status in ('sending', 'unknown') and (d.operation = 'send' or m.card is null) limit 1`,
    [room.adapter, room.tenant, room.room],
  );
  return found.length > 0;
}

/** Those beneath whose posts people may be answering while nobody hears them. */
export async function announcedIn(tx: Tx, { instance, tenant }: Pick<Post, 'instance' | 'tenant'>): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select m.id from announcement a join mirror m on m.id = a.mirror_id join incident i on i.id = a.incident_id
      where a.instance = $1 and a.tenant = $2 and a.shown and m.card is not null
        and (i.ended_at is null or i.ended_at > clock_timestamp() - interval '1 day') order by m.id`,
    [instance, tenant],
  );
  return found.map(({ id }) => id);
}

/** What waits is not said any more: there is nothing that it could change. */
async function forgetPost(tx: Tx, mirrorId: string): Promise<void> {
  await tx.query('update mirror set card = null where id = $1', [mirrorId]);
  await tx.query(
    `update delivery set status = 'canceled', ended_at = clock_timestamp() where mirror_id = $1 and lane = 'card' and status = 'pending'`,
    [mirrorId],
  );
}

async function troubleIs(tx: Tx, { instance, tenant, audience, room }: Post, trouble: string | null): Promise<void> {
  await tx.query('update announcement_rule set trouble = $5 where instance = $1 and tenant = $2 and audience = $3 and room = $4', [
    ...[instance, tenant, audience, room, trouble],
  ]);
}

type Outcome = 'announcement.posted' | 'announcement.failed' | 'announcement.removed';

async function append<Type extends Outcome>(
  tx: Tx,
  log: StreamLog,
  mirrorId: string,
  { incidentId, instance, surface, roomName, audience }: Post,
  type: Type,
  more: Omit<AnnouncementEvents[Type], keyof Announced>,
): Promise<void> {
  const data = { announcementId: mirrorId, surface: { id: instance, name: surface }, room: roomName, audience, ...more };
  await log.append(tx, incidentId, { id: uuidv7(), type, by: null, via: MUSTER, data });
}

/** With what to do about it. */
function whyNot({ code, scope, remedy, detail }: Fault, { surface, roomName }: Post): string {
  const another = 'An admin can choose another room at /settings/announcements.';
  if (scope === 'room' && code === 'closed') return `That room is archived: open it again in ${surface}. ${another}`;
  if (remedy === 'invite-bot' || (scope === 'room' && code === 'not-found'))
    return `Muster is not in ${roomName}, or the room is gone: invite Muster there. ${another}`;
  return `${detail ?? `${surface} refused it (${code}).`} ${another}`;
}
