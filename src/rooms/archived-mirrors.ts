import { type Tx, rows } from '#src/platform/database/database';
import type { NewEvent } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { queueUpkeep } from './deliveries/delivery-queue.ts';
import { ofMirror } from './gaps/mirror-trouble.service.ts';

/** Who did it, and where. */
export type Telling = Pick<NewEvent, 'id' | 'by' | 'via'>;

/** Nobody can write in it any more: what is said here waits until it is back. The room is told once. */
export async function archiveMirror(
  tx: Tx,
  log: StreamLog,
  mirrorId: string,
  telling: Telling,
  how: 'by-rule' | 'by-hand' = 'by-hand',
): Promise<void> {
  const { is, was } = { is: 'archived', was: ['open', 'suspect', 'catching-up'] };
  const byRule = how === 'by-rule' ? { byRule: true } : {};
  const event = { ...telling, type: 'mirror.archived' };
  const isMoved = await move(tx, log, mirrorId, { is, was, since: 'clock_timestamp()' }, event, byRule);
  // What a person archived is not ours to bring back.
  if (isMoved && how === 'by-hand')
    await tx.query(`update mirror_upkeep set by_hand = true where mirror_id = $1 and what = 'archived'`, [mirrorId]);
}

/** What waited for it goes out, and what changed meanwhile is seen to. */
export async function unarchiveMirror(tx: Tx, log: StreamLog, mirrorId: string, telling: Telling): Promise<void> {
  const to = { is: 'open', was: ['archived'], since: 'null' } as const;
  if (await move(tx, log, mirrorId, to, { ...telling, type: 'mirror.unarchived' })) await queueUpkeep(tx, mirrorId, 'calmly');
}

interface Move {
  readonly is: string;
  readonly was: readonly string[];
  readonly since: 'null' | 'clock_timestamp()';
}

async function move(
  tx: Tx,
  log: StreamLog,
  mirrorId: string,
  { is, was, since }: Move,
  event: Omit<NewEvent, 'data'>,
  more: object = {},
): Promise<boolean> {
  const [moved] = await rows<{ incidentId: string; instance: string; surface: string; name: string }>(
    tx,
    `update mirror set state = $2, since = ${since} where id = $1 and state = any($3) and room is not null
     returning incident_id as "incidentId", instance, surface, name`,
    [mirrorId, is, was],
  );
  if (!moved) return false;
  const { incidentId, instance, surface, name } = moved;
  await log.append(tx, incidentId, { ...event, data: { ...ofMirror({ id: mirrorId, surface }, { instance }), name, ...more } });
  return true;
}
