import type { Fault, Receipt, Room, RoomSpec } from '@musterhq/chat-port';
import { uuidv7 } from 'uuidv7';
import { type Tx, rows } from '#src/platform/database/database';
import { MUSTER } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { putAside } from '#src/platform/quarantine/quarantine';
import type { MirrorOpened, MirrorStuck } from '../rooms.events.ts';
import { announcementRefused, announcementSaid } from '../announcements.ts';
import { archiveMirror } from '../archived-mirrors.ts';
import { failMirror } from '../failed-mirrors.ts';
import { shutOut } from '../shut-out.ts';
import { cardIsGone } from '../removed-cards.ts';
import { readFromTheBeginning } from '../gaps/gap-store.ts';
import { applyEarlyMarks } from '../acts/early-marks.ts';
import { sweepDoubtful, sweepLater } from '../sweeps/sweep-store.ts';
import type { StuckMember } from './change-members.ts';
import type { Next } from './decide.ts';
import { comeApart } from './digest-store.ts';
import { sayCardAnew, putBackInLane, rememberCopy, rememberPermalink, sayInTheOpen, sayInstead, settle } from './delivery-store.ts';
import type { Delivery } from './delivery.types.ts';
import { stepOf } from './step.ts';
import type { KeptUp } from '../upkeep/keep-up.ts';
import { recordUpkeep, seenTo, unshown } from '../upkeep/upkeep-store.ts';
import { queueUpkeep } from './delivery-queue.ts';

/** What the platform told us of a thing it made, or whom it would not let in or out. `seen`: not only told, it was there when we looked. */
export type Made =
  | { readonly receipt: Receipt; readonly seen?: boolean }
  | { readonly room: Room; readonly asked?: RoomSpec }
  | { readonly stuck: readonly StuckMember[] }
  | KeptUp
  | null;

/** Writes how a delivery went and what follows from it, in one transaction. Nothing when it had been decided already. */
export async function recordOutcome(tx: Tx, log: StreamLog, delivery: Delivery, next: Next, made: Made, hadEnd: boolean): Promise<void> {
  if (!(await settle(tx, delivery, next, hadEnd))) {
    if (made && 'receipt' in made) await rememberPermalink(tx, delivery.mirrorId, made.receipt);
    return;
  }
  if (next.to === 'refused' && delivery.isAnnouncement) return announcementRefused(tx, log, delivery, next.fault);
  if (next.to === 'refused' && isCardGone(delivery, next.fault) && (await cardIsGone(tx, log, delivery.mirrorId, delivery.card)))
    return sayCardAnew(tx, delivery);
  if (next.to === 'apart') await comeApart(tx, delivery.id);
  if (next.to === 'refused' && (await waitsUntilBack(tx, log, delivery, next.fault))) return;
  if (next.to === 'sent' && made && 'room' in made) await opened(tx, log, delivery, made.room, made.asked);
  if (next.to === 'sent' && made && 'receipt' in made) {
    if (stepOf(delivery).do === 'send') await sweepLater(tx, delivery, made.receipt, made.seen ?? false);
    await said(tx, log, delivery, made.receipt);
  }
  if (next.to === 'refused' && (delivery.operation === 'edit' || delivery.operation === 'remove') && delivery.part === 0)
    await sayInstead(tx, delivery, 'refused');
  if (next.to === 'refused' && next.fault.code === 'not-found' && delivery.thread !== null) await sayInTheOpen(tx, delivery);
  if (next.to === 'refused' && delivery.operation === 'open-room')
    await failMirror(tx, log, delivery.mirrorId, next.fault.detail ?? next.fault.code);
  if (next.to === 'refused' && delivery.operation === 'react') await unshown(tx, log, delivery, next.fault);
  if (made && 'kept' in made) await recordUpkeep(tx, log, delivery, made);
  if (made && 'stuck' in made) for (const member of made.stuck) await stuck(tx, log, delivery, member);
  if (next.to === 'needs-a-person') {
    if (next.fault === null && stepOf(delivery).do === 'send') await sweepDoubtful(tx, delivery);
    const problem = next.fault?.detail ?? next.fault?.code ?? 'Nobody can tell whether the chat has it.';
    await putAside(tx, log, { kind: 'delivery', key: [delivery.id], problem, tries: delivery.attempts });
  }
}

export type Said = Pick<Delivery, 'mirrorId' | 'incidentId' | 'operation' | 'messageId' | 'digestId' | 'fileId' | 'part'>;

export async function said(
  tx: Tx,
  log: StreamLog,
  delivery: Said,
  { message, permalink }: Pick<Receipt, 'message' | 'permalink'>,
): Promise<void> {
  // A correction is about a message, and is none of its parts.
  const { messageId, digestId } = delivery.operation === 'correct' ? { messageId: null, digestId: null } : delivery;
  const ofMessage = digestId === null ? messageId : null;
  const native = { ...message, ...(permalink ? { permalink } : {}) };
  await rememberCopy(tx, delivery.mirrorId, native, ofMessage, delivery.part, digestId, delivery.fileId);
  if (ofMessage) await applyEarlyMarks(tx, log, delivery, message.id, ofMessage);
  if (delivery.operation === 'card' && delivery.part === 0) await cardIs(tx, log, delivery, message.id, permalink);
}

/** Where the card stands from now on: it is pinned there. Of an announcement the room is told, the first time. */
async function cardIs(tx: Tx, log: StreamLog, { mirrorId }: Said, card: string, permalink: string | undefined): Promise<void> {
  const [before] = await rows<{ card: string | null; isRoom: boolean }>(
    tx,
    `update mirror m set card = $2 from mirror was where m.id = $1 and was.id = m.id returning was.card, m.incident_id is not null as "isRoom"`,
    [mirrorId, card],
  );
  if (before?.isRoom === false) await announcementSaid(tx, log, mirrorId, { isNew: before.card === null, permalink });
  else if (before && before.card !== card) await queueUpkeep(tx, mirrorId, 'now');
}

async function opened(tx: Tx, log: StreamLog, delivery: Delivery, room: Room, asked: RoomSpec | undefined): Promise<void> {
  await readFromTheBeginning(tx, delivery.mirrorId, delivery.queuedAt, delivery.attempts > 1);
  const [mirror] = await rows<{ surface: string }>(
    tx,
    `update mirror set room = $2, name = $3, permalink = $4, state = case when state = 'opening' then 'open' else state end where id = $1 returning surface`,
    [delivery.mirrorId, room.ref.room, room.name, room.permalink ?? null],
  );
  // A room that an earlier attempt made may have the name that was asked for then.
  if (asked && delivery.attempts === 1) await seenTo(tx, delivery.mirrorId, { what: 'name', wanted: asked.name });
  if (asked?.topic) await seenTo(tx, delivery.mirrorId, { what: 'topic', wanted: asked.topic });
  await queueUpkeep(tx, delivery.mirrorId, 'now');
  await log.append<'mirror.opened', MirrorOpened>(tx, delivery.incidentId, {
    id: uuidv7(),
    type: 'mirror.opened',
    by: null,
    via: MUSTER,
    data: {
      mirrorId: delivery.mirrorId,
      surface: { id: delivery.instance, name: mirror?.surface ?? delivery.instance },
      name: room.name,
      ...(room.permalink ? { permalink: room.permalink } : {}),
    },
  });
}

/** Said in the room, so that nobody believes somebody gone who still reads there. */
async function stuck(tx: Tx, log: StreamLog, delivery: Delivery, { person, wanted, fault }: StuckMember): Promise<void> {
  const [mirror] = await rows<{ surface: string; name: string | null }>(tx, 'select surface, name from mirror where id = $1', [
    delivery.mirrorId,
  ]);
  await log.append<'mirror.stuck', MirrorStuck>(tx, delivery.incidentId, {
    id: uuidv7(),
    type: 'mirror.stuck',
    by: null,
    via: MUSTER,
    data: {
      mirrorId: delivery.mirrorId,
      surface: { id: delivery.instance, name: mirror?.surface ?? delivery.instance },
      name: mirror?.name ?? 'its room',
      person,
      wanted,
      why: fault.detail ?? fault.code,
    },
  });
}

/** It could not be brought up to date, since there is none. */
const isCardGone = (delivery: Delivery, { code, scope }: Fault): delivery is Delivery & { readonly card: string } =>
  delivery.operation === 'card' && delivery.card !== null && code === 'not-found' && scope === 'message';

/** Nobody can write in an archived room, nor where we are not let in: what was to be said there waits. False when it is for nothing to wait. */
async function waitsUntilBack(tx: Tx, log: StreamLog, delivery: Delivery, { code, scope, remedy }: Fault): Promise<boolean> {
  if (scope !== 'room' || delivery.operation === 'open-room') return false;
  const telling = { id: uuidv7(), by: null, via: MUSTER };
  if (code === 'closed') await archiveMirror(tx, log, delivery.mirrorId, telling);
  else if (remedy === 'invite-bot') await shutOut(tx, log, delivery.mirrorId, null, telling);
  else return false;
  return putBackInLane(tx, delivery);
}
