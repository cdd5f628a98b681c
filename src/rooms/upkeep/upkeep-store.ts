import type { Fault } from '@musterhq/chat-port';
import { uuidv7 } from 'uuidv7';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import { MUSTER } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import type { Delivery } from '../deliveries/delivery.types.ts';
import { queueUpkeep } from '../deliveries/delivery-queue.ts';
import { ofMirror } from '../gaps/mirror-trouble.service.ts';
import { archiveMirror, unarchiveMirror } from '../archived-mirrors.ts';
import type { MirrorUnkept } from '../rooms.events.ts';
import type { KeptUp } from './keep-up.ts';
import { BROUGHT_BACK, type Kept } from './next-step.ts';

/** What was seen to about a mirror's room. */
export function keptOf(database: Database, mirrorId: string): Promise<Kept[]> {
  return database.query<Kept>('select what, wanted, by_hand as "byHand" from mirror_upkeep where mirror_id = $1', [mirrorId]);
}

/** It is so now, or the chat will not have it so: it is not asked for again. */
export async function seenTo(tx: Tx, mirrorId: string, { what, wanted }: Pick<Kept, 'what' | 'wanted'>, fault?: object): Promise<void> {
  await tx.query(
    `insert into mirror_upkeep (mirror_id, what, wanted, fault) values ($1, $2, $3, $4)
     on conflict (mirror_id, what) do update set wanted = excluded.wanted, by_hand = false, fault = excluded.fault`,
    [mirrorId, what, wanted, fault ? JSON.stringify(fault) : null],
  );
}

/** Writes what came of one step, tells the room what the chat would not do, and goes on with the next. */
export async function recordUpkeep(tx: Tx, log: StreamLog, delivery: Delivery, { kept, name, fault }: KeptUp): Promise<void> {
  const { mirrorId } = delivery;
  await seenTo(tx, mirrorId, kept, fault);
  if (kept.what === 'name' && name !== undefined)
    await tx.query(`update mirror set name = $2, given_names = array_append(given_names, $2) where id = $1 and name is distinct from $2`, [
      mirrorId,
      name,
    ]);
  const isBack = kept.wanted === BROUGHT_BACK;
  if (kept.what === 'archived' && !fault) {
    const telling = { id: uuidv7(), by: null, via: MUSTER };
    await (isBack ? unarchiveMirror(tx, log, mirrorId, telling) : archiveMirror(tx, log, mirrorId, telling, 'by-rule'));
  }
  if (kept.more) await queueUpkeep(tx, mirrorId, 'now');
  if (fault) await tell(tx, log, delivery, kept.what === 'archived' && isBack ? 'unarchived' : kept.what, fault.detail ?? fault.code);
}

/** A chat knows no emoji but its own and everybody's: the room is told once of each that is not shown there. */
export async function unshown(tx: Tx, log: StreamLog, delivery: Delivery, { code, detail }: Fault): Promise<void> {
  const why = code === 'invalid' || code === 'unsupported' ? `there is no emoji "${delivery.emoji}" there` : (detail ?? code);
  const told = await rows(
    tx,
    `select 1 from event where stream_id = $1 and type = 'mirror.unkept' and data ->> 'mirrorId' = $2 and data ->> 'what' = 'reaction' and data ->> 'why' = $3 limit 1`,
    [delivery.incidentId, delivery.mirrorId, why],
  );
  if (told.length === 0) await tell(tx, log, delivery, 'reaction', why);
}

async function tell(tx: Tx, log: StreamLog, delivery: Delivery, what: MirrorUnkept['what'], why: string): Promise<void> {
  const { mirrorId: id } = delivery;
  const [mirror] = await rows<{ surface: string; name: string | null }>(tx, 'select surface, name from mirror where id = $1', [id]);
  await log.append<'mirror.unkept', MirrorUnkept>(tx, delivery.incidentId, {
    id: uuidv7(),
    type: 'mirror.unkept',
    by: null,
    via: MUSTER,
    data: {
      ...ofMirror({ id, surface: mirror?.surface ?? delivery.instance }, delivery),
      name: mirror?.name ?? 'its room',
      what,
      why,
    },
  });
}
