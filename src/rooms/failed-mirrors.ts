import { uuidv7 } from 'uuidv7';
import { type Tx, rows } from '#src/platform/database/database';
import { MUSTER } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { ofMirror } from './gaps/mirror-trouble.service.ts';
import type { MirrorFailed } from './rooms.events.ts';

/** The chat has no room for it, and will have none: nothing waits for it any more, and the room is told why. */
export async function failMirror(tx: Tx, log: StreamLog, mirrorId: string, why: string): Promise<void> {
  const [mirror] = await rows<{ incidentId: string; instance: string; surface: string }>(
    tx,
    `update mirror set state = 'failed' where id = $1 and state not in ('failed', 'closed') returning incident_id as "incidentId", instance, surface`,
    [mirrorId],
  );
  if (!mirror) return;
  await tx.query(
    `update delivery set status = 'canceled', ended_at = clock_timestamp() where mirror_id = $1 and status in ('pending', 'gathered')`,
    [mirrorId],
  );
  await tx.query(`update gap set state = 'closed' where mirror_id = $1 and state <> 'closed'`, [mirrorId]);
  await log.append<'mirror.failed', MirrorFailed>(tx, mirror.incidentId, {
    id: uuidv7(),
    type: 'mirror.failed',
    by: null,
    via: MUSTER,
    data: { ...ofMirror({ id: mirrorId, surface: mirror.surface }, mirror), why },
  });
}
