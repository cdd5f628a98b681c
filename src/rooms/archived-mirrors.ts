import { type Tx, rows } from '#src/platform/database/database';
import type { NewEvent } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { ofMirror } from './gaps/mirror-trouble.service.ts';

/** Who did it, and where. */
export type Telling = Pick<NewEvent, 'id' | 'by' | 'via'>;

/** Nobody can write in it any more: what is said here waits until it is back. The room is told once. */
export function archiveMirror(tx: Tx, log: StreamLog, mirrorId: string, telling: Telling): Promise<void> {
  const { is, was } = { is: 'archived', was: ['open', 'suspect', 'catching-up'] };
  return move(tx, log, mirrorId, { is, was, since: 'clock_timestamp()' }, { ...telling, type: 'mirror.archived' });
}

/** What waited for it goes out. */
export function unarchiveMirror(tx: Tx, log: StreamLog, mirrorId: string, telling: Telling): Promise<void> {
  return move(tx, log, mirrorId, { is: 'open', was: ['archived'], since: 'null' }, { ...telling, type: 'mirror.unarchived' });
}

interface Move {
  readonly is: string;
  readonly was: readonly string[];
  readonly since: 'null' | 'clock_timestamp()';
}

async function move(tx: Tx, log: StreamLog, mirrorId: string, { is, was, since }: Move, event: Omit<NewEvent, 'data'>): Promise<void> {
  const [moved] = await rows<{ incidentId: string; instance: string; surface: string; name: string }>(
    tx,
    `update mirror set state = $2, since = ${since} where id = $1 and state = any($3) and room is not null
     returning incident_id as "incidentId", instance, surface, name`,
    [mirrorId, is, was],
  );
  if (!moved) return;
  const { incidentId, instance, surface, name } = moved;
  await log.append(tx, incidentId, { ...event, data: { ...ofMirror({ id: mirrorId, surface }, { instance }), name } });
}
