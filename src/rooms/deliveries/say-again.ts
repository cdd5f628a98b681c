import { type Tx, rows } from '#src/platform/database/database';
import type { SurfaceFact } from '#src/platform/log/event.types';
import { lookNow } from '../sweeps/sweep-store.ts';
import { UNENDED_BEFORE_ASIDE } from './decide.ts';

/** Something that a chat was to be told. */
interface Unsaid {
  readonly id: string;
  readonly surface: SurfaceFact;
  /** A digest holds many. */
  readonly count: number;
}

/** Where words of this incident may be said at all, as things are now. */
const HEARS = `m.id = d.mirror_id and i.id = coalesce(m.incident_id, (select a.incident_id from announcement a where a.mirror_id = m.id)) and m.state not in ('closed', 'failed') and (m.private or not i.private)`;

const IS_DELETED = `d.operation in ('send', 'edit') and exists (select 1 from message g where g.id = d.message_id and g.deleted_at is not null)`;

/** Muster asked then, and asks anew by itself. */
const IS_NUDGE = `exists (select 1 from event e where e.stream_id = m.incident_id and e.seq = d.position and e.type = 'nudge.given')`;

/** Of this room, of one message or of all: words, and none that nobody needs any more. What Muster asked for is asked anew by itself. */
const OF_ROOM = `m.incident_id = $1 and ($2::uuid is null or d.message_id = $2 or d.is_digest and exists (select 1 from delivery one where one.digest_id = d.id and one.message_id = $2)) and d.operation in ('send', 'edit', 'correct') and not (${IS_DELETED})
  and not (${IS_NUDGE})`;

const SHOWN = `d.id, jsonb_build_object('id', m.instance, 'name', m.surface) as surface,
  greatest((select count(*) from delivery one where one.digest_id = d.id and one.status = 'gathered'), 1)::int as count`;

/** At once, in its place of the lane, so before what still waits there; and as it reads now. */
const AGAIN = `owner = null, looks = 0, settle_at = clock_timestamp(), ended_at = null, next_at = clock_timestamp(), content = coalesce((
  select later.content from delivery later where d.operation = 'send' and later.mirror_id = d.mirror_id and later.message_id = d.message_id
     and later.operation in ('edit', 'correct') and later.content is not null and later.position > d.position order by later.position desc limit 1), d.content)`;

/** Puts back into their lanes what the chats of a room refused: it is not there, so it needs no looking for. */
export async function sayRefusedAgain(tx: Tx, incidentId: string, messageId: string | null): Promise<Unsaid[]> {
  const again = await rows<Unsaid>(
    tx,
    `update delivery d set status = 'pending', unended = 0, parts = case when d.part = 0 then null else d.parts end, ${AGAIN}
       from mirror m, incident i where ${HEARS} and d.status = 'refused' and ${OF_ROOM} returning ${SHOWN}`,
    [incidentId, messageId],
  );
  await lookNow(
    tx,
    again.map(({ id }) => id),
  );
  return again;
}

/** What nobody knows whether the chats of a room have it. */
export function doubtful(tx: Tx, incidentId: string, messageId: string | null): Promise<Unsaid[]> {
  return rows<Unsaid>(
    tx,
    `select ${SHOWN} from delivery d, mirror m, incident i where ${HEARS} and d.status = 'needs-a-person' and ${OF_ROOM} order by d.position`,
    [incidentId, messageId],
  );
}

/**
 * A person decided it of what nobody knows. It is looked for once more, and said for one attempt where it is not found.
 * False when there is nothing left to say: the chat had it, its room is closed, or it was deleted.
 */
export async function sayAgain(tx: Tx, id: string): Promise<boolean> {
  await tx.query(
    `update delivery d set status = 'canceled', ended_at = clock_timestamp() where d.id = $1 and d.status = 'needs-a-person' and ${IS_DELETED}`,
    [id],
  );
  const [again] = await rows<Said & { operation: string }>(
    tx,
    `update delivery d set status = case when d.parts is null then 'pending' else 'unknown' end, may_repeat = true, unended = ${UNENDED_BEFORE_ASIDE - 1}, ${AGAIN}
       from mirror m, incident i where d.id = $1 and d.status = 'needs-a-person' and ${HEARS}
     returning d.id, d.mirror_id as "mirrorId", d.message_id as "messageId", d.operation, d.position`,
    [id],
  );
  if (again?.operation === 'send') await changeAgain(tx, again);
  await lookNow(tx, [id]);
  return again !== undefined;
}

/**
 * It was looked for everywhere and is not there, so it is said without a person: nothing can be there twice. In its place of the
 * lane, as it reads now. False when there is nothing to say, or somebody decided about it by now.
 */
export async function sayUnfound(tx: Tx, id: string, part: number): Promise<boolean> {
  const [again] = await rows<Said & { operation: string }>(
    tx,
    `update delivery d set status = 'pending', lost = d.lost + 1, unended = 0, fault = null, parts = case when d.part = 0 then null else d.parts end, ${AGAIN}
       from mirror m, incident i where d.id = $1 and d.part = $2 and d.status = 'needs-a-person' and ${HEARS} and m.state = 'open'
        and not (${IS_DELETED}) and not (${IS_NUDGE})
     returning d.id, d.mirror_id as "mirrorId", d.message_id as "messageId", d.operation, d.position`,
    [id, part],
  );
  if (again?.operation === 'send') await changeAgain(tx, again);
  return again !== undefined;
}

interface Said {
  readonly id: string;
  readonly mirrorId: string;
  readonly messageId: string | null;
  readonly position: string;
}

/** The chat has it after all, which nobody knew: what became of it meanwhile is done there now. */
export async function foundAfterAll(tx: Tx, id: string): Promise<void> {
  const [said] = await rows<Said>(
    tx,
    `select id, mirror_id as "mirrorId", message_id as "messageId", position from delivery where id = $1 and operation = 'send' and (message_id is not null or is_digest)`,
    [id],
  );
  if (said) await changeAgain(tx, said);
}

/**
 * An edit or a removal that came while nobody knew found nothing to change; should the first words turn out to be there, it has
 * something now. The last says how it is, and in a digest it says so of all.
 */
async function changeAgain(tx: Tx, { id, mirrorId, messageId, position }: Said): Promise<void> {
  await tx.query(
    `update delivery set status = 'pending', part = 0, parts = null, ended_at = null, next_at = clock_timestamp() where id = (
       select id from delivery where mirror_id = $1 and (digest_id = $4 or digest_id is null and message_id = $2) and position > $3 and status = 'sent'
          and (operation in ('edit', 'remove') or operation = 'correct' and parts = '[]') order by position desc limit 1)`,
    [mirrorId, messageId, position, id],
  );
}
