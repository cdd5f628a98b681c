import { uuidv7 } from 'uuidv7';
import { type Tx, rows } from '#src/platform/database/database';
import { MUSTER } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { ofMirror } from './gaps/mirror-trouble.service.ts';
import type { MirrorCardRemoved } from './rooms.events.ts';

/** It is made again so often: who takes it away once may have erred, who does so again means it. */
const MADE_AGAIN = 1;

/** Where the card is to be at all. */
export const WANTS_CARD = `m.cards_removed <= ${MADE_AGAIN}`;

/**
 * The card that was to be brought up to date is not in the chat any more: somebody took it away there. The room is told, each
 * time. True when it is to be made again, and false when it is not, or another one has taken its place.
 */
export async function cardIsGone(tx: Tx, log: StreamLog, mirrorId: string, card: string): Promise<boolean> {
  const [mirror] = await rows<{ incidentId: string; instance: string; surface: string; again: boolean }>(
    tx,
    `update mirror m set card = null, cards_removed = m.cards_removed + 1 where id = $1 and card = $2
     returning incident_id as "incidentId", instance, surface, ${WANTS_CARD} as again`,
    [mirrorId, card],
  );
  if (!mirror) return false;
  const { incidentId, again, surface } = mirror;
  const data: MirrorCardRemoved = { ...ofMirror({ id: mirrorId, surface }, mirror), again };
  await log.append(tx, incidentId, { id: uuidv7(), type: 'mirror.card-removed', by: null, via: MUSTER, data });
  if (!again)
    await tx.query(
      `update delivery set status = 'canceled', ended_at = clock_timestamp() where mirror_id = $1 and lane = 'card' and status = 'pending'`,
      [mirrorId],
    );
  return again;
}
