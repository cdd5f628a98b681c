import { type Database } from '#src/platform/database/database';

/** A room in which something may have been changed while nobody told us of it. */
export interface Past {
  readonly gapId: string;
  readonly mirrorId: string;
  readonly incidentId: string;
  readonly tenant: string;
  readonly room: string;
  readonly from: Date;
  readonly to: Date;
}

/** What somebody said in a chat's room, as we know it. */
export interface Known {
  /** By the chat's name for it. */
  readonly id: string;
  /** The chat's own time of it. */
  readonly at: Date;
}

/** While anything of this chat is being caught up with, or may not be believed, nothing is compared. */
const IS_CALM = `m.state = 'open' and m.room is not null and not exists (
  select 1 from gap o join mirror other on other.id = o.mirror_id where other.instance = m.instance and other.tenant = m.tenant and o.state <> 'closed')`;

export function pastsToCompare(database: Database, instance: string): Promise<Past[]> {
  return database.query<Past>(
    `select g.id as "gapId", m.id as "mirrorId", m.incident_id as "incidentId", m.tenant, m.room, g.from_at as "from", g.to_at as "to" from gap g join mirror m on m.id = g.mirror_id
      where g.look_back_at <= clock_timestamp() and m.instance = $1 and ${IS_CALM} order by g.look_back_at limit 20`,
    [instance],
  );
}

export async function isStillCalm(database: Database, { mirrorId }: Past): Promise<boolean> {
  return (await database.query(`select 1 from mirror m where m.id = $1 and ${IS_CALM}`, [mirrorId])).length > 0;
}

/** What people said in the open from then until then. Answers are left out: a room's history need not have them. */
export function knownIn(database: Database, { mirrorId }: Past, after: number, before: number): Promise<Known[]> {
  return database.query<Known>(
    `select c.native_id as id, c.said_at as at from message_copy c join message g on g.id = c.message_id
      where c.mirror_id = $1 and c.said_at >= $2 and c.said_at < $3 and c.thread is null and g.deleted_at is null`,
    [mirrorId, new Date(after), new Date(before)],
  );
}

/** The chat said that it took these of ours away, and shows them: it is asked again. Answers how many. */
export async function removeAgain(database: Database, { mirrorId }: Past, ids: readonly string[]): Promise<number> {
  const again = await database.query(
    `update delivery d set status = 'pending', part = 0, parts = null, ended_at = null, next_at = clock_timestamp() from message_copy c
      where c.mirror_id = $1 and c.native_id = any($2) and d.mirror_id = c.mirror_id and d.message_id = c.message_id
        and d.operation = 'remove' and d.status = 'sent' returning d.id`,
    [mirrorId, ids],
  );
  return again.length;
}

/** `again`: in so long; null when it is done. */
export async function compared(database: Database, { gapId }: Past, againMs: number | null): Promise<void> {
  await database.query(`update gap set look_back_at = clock_timestamp() + $2::float8 * interval '1 millisecond' where id = $1`, [
    gapId,
    againMs,
  ]);
}
