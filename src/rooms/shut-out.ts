import { type Tx, rows } from '#src/platform/database/database';
import type { StreamLog } from '#src/platform/log/log';
import type { Telling } from './archived-mirrors.ts';
import { ofMirror, openGap } from './gaps/mirror-trouble.service.ts';

interface Moved {
  readonly incidentId: string;
  readonly instance: string;
  readonly surface: string;
  readonly name: string;
}

/**
 * We are not in its room any more: nothing is heard there, and what is said here waits. The room is told once. `since`: when that
 * began, where it is known; else whatever was said there since we last heard somebody is read once we are in it again.
 * False where we were out of it already, or it is no room of ours.
 */
export async function shutOut(tx: Tx, log: StreamLog, mirrorId: string, since: Date | null, telling: Telling): Promise<boolean> {
  const [moved] = await rows<Moved & { deafSince: Date }>(
    tx,
    `update mirror m set state = 'shut-out', since = coalesce($2, clock_timestamp()) where id = $1 and state in ('open', 'suspect', 'catching-up') and room is not null
     returning incident_id as "incidentId", instance, surface, name, coalesce($2, (select max(e.at) from event e where e.stream_id = m.incident_id
       and (e.type = 'message.posted' and e.via ->> 'id' = m.instance or e.type = 'mirror.opened' and e.data ->> 'mirrorId' = m.id::text))) as "deafSince"`,
    [mirrorId, since],
  );
  if (!moved) return false;
  await openGap(tx, mirrorId, moved.deafSince);
  await tx.query(`update gap set parked = true where mirror_id = $1 and state <> 'closed'`, [mirrorId]);
  await tell(tx, log, mirrorId, moved, { ...telling, type: 'mirror.shut-out' });
  return true;
}

/** We are in it again: what was missed is read, and then what waited is said. */
export async function letIn(tx: Tx, log: StreamLog, mirrorId: string, at: Date, telling: Telling): Promise<void> {
  const [moved] = await rows<Moved>(
    tx,
    `update mirror set state = 'catching-up', since = null where id = $1 and state = 'shut-out'
     returning incident_id as "incidentId", instance, surface, name`,
    [mirrorId],
  );
  if (!moved) return;
  await tx.query(`update gap set state = 'reading', to_at = $2 where mirror_id = $1 and state = 'open'`, [mirrorId, at]);
  // What we were to look after may have been refused only because we were out.
  await tx.query('delete from mirror_upkeep where mirror_id = $1 and fault is not null', [mirrorId]);
  await tell(tx, log, mirrorId, moved, { ...telling, type: 'mirror.let-in' });
}

async function tell(
  tx: Tx,
  log: StreamLog,
  mirrorId: string,
  { incidentId, instance, surface, name }: Moved,
  event: Telling & { type: string },
): Promise<void> {
  await log.append(tx, incidentId, { ...event, data: { ...ofMirror({ id: mirrorId, surface }, { instance }), name } });
}
