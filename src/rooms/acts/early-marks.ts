import { uuidv7 } from 'uuidv7';
import { type Tx, rows } from '#src/platform/database/database';
import type { StreamLog } from '#src/platform/log/log';
import type { Actor } from '#src/people/people.types';
import { Marks } from '../marks.service.ts';

/** What somebody set on a message of a chat, or took off it. */
export interface EarlyMark {
  readonly by: Actor;
  /** Null for a pin. */
  readonly emoji: string | null;
  readonly on: boolean;
}

/** The message is not known yet: it may be on its way to us, or ours on its way there. */
export async function keepForLater(tx: Tx, mirrorId: string, nativeId: string, { by, emoji, on }: EarlyMark): Promise<void> {
  await tx.query('insert into early_mark (id, mirror_id, native_id, by, emoji, is_on) values ($1, $2, $3, $4, $5, $6)', [
    uuidv7(),
    mirrorId,
    nativeId,
    JSON.stringify(by),
    emoji,
    on,
  ]);
}

/** What waited for this message, in the order in which it came. */
export async function applyEarlyMarks(
  tx: Tx,
  log: StreamLog,
  { mirrorId, incidentId }: { readonly mirrorId: string; readonly incidentId: string },
  nativeId: string,
  messageId: string,
): Promise<void> {
  const waiting = await rows<{ id: string; by: Actor; emoji: string | null; on: boolean }>(
    tx,
    'delete from early_mark where mirror_id = $1 and native_id = $2 returning id, by, emoji, is_on as on',
    [mirrorId, nativeId],
  );
  const marks = new Marks(log);
  for (const { id, by, emoji, on } of waiting.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const ask = { incidentId, requestId: id, by };
    if (emoji === null) await marks.pin(tx, ask, messageId, on);
    else await marks.react(tx, ask, messageId, emoji, on);
  }
}
