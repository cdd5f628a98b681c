import { uuidv7 } from 'uuidv7';
import { type Tx, rows } from '#src/platform/database/database';
import type { StreamLog } from '#src/platform/log/log';
import { type Mark, Marks } from '../marks.service.ts';

/** The message is not known yet: it may be on its way to us, or ours on its way there. */
export async function keepForLater(tx: Tx, mirrorId: string, nativeId: string, { by, emoji, on }: Mark): Promise<void> {
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
  const waiting = await rows<{ readonly id: string } & Mark>(
    tx,
    'delete from early_mark where mirror_id = $1 and native_id = $2 returning id, by, emoji, is_on as on',
    [mirrorId, nativeId],
  );
  const marks = new Marks(log);
  for (const { id, ...mark } of waiting.sort((a, b) => (a.id < b.id ? -1 : 1)))
    await marks.set(tx, { incidentId, requestId: id }, messageId, mark);
}
