import { uuidv7 } from 'uuidv7';
import { type Tx, rows } from '#src/platform/database/database';
import { storable } from '#src/platform/database/storable';
import { MUSTER } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { PROCESS_ID } from '#src/platform/loops/process-id';
import { organisationStream } from '#src/platform/log/organisation-stream';
import type { QuarantineEvents, Quarantined } from './quarantine.events.ts';
import type { Asker, QuarantineKey, QuarantineKind, ToPutAside } from './quarantine.types.ts';
import { NotReplayable } from './quarantine.errors.ts';

const PROBLEM_CHARS = 500;

interface Row {
  readonly id: string;
  readonly kind: QuarantineKind;
  readonly key: QuarantineKey;
}

/** Writes down that something could not be handled, for people to decide about. Its own table says so in the same transaction. */
export async function putAside(tx: Tx, log: StreamLog, { kind, key, problem, tries }: ToPutAside): Promise<void> {
  const why = storable(problem).slice(0, PROBLEM_CHARS);
  const [row] = await rows<Row>(
    tx,
    `insert into quarantine as q (kind, key, problem, tries) values ($1, $2, $3, $4)
     on conflict on constraint quarantine_once do update
        set problem = excluded.problem, tries = q.tries + excluded.tries, state = 'aside', owner = null, since = clock_timestamp(), ended_at = null
     returning id, kind, key`,
    [kind, JSON.stringify(key), why, tries],
  );
  if (row) await announce(tx, log, 'quarantine.put-aside', row, why, null);
}

/** False when there is nothing of this id to decide about any more. The worker hears of it and tries once. */
export async function askForReplay(tx: Tx, log: StreamLog, id: string, asker: Asker): Promise<boolean> {
  const [row] = await rows<Row & { problem: string }>(
    tx,
    `update quarantine set state = 'replaying', owner = null, asked = $2, outcome = null where id = $1 and state = 'aside' returning id, kind, key, problem`,
    [id, JSON.stringify(asker)],
  );
  if (row) await announce(tx, log, 'quarantine.replay-asked', row, row.problem, asker);
  return row !== undefined;
}

/** Which of these lie aside, with the id to decide by. Until the transaction ends nobody else decides about them. */
export function holdAside(tx: Tx, kind: QuarantineKind, keys: readonly QuarantineKey[]): Promise<Pick<Row, 'id' | 'key'>[]> {
  return rows<Pick<Row, 'id' | 'key'>>(
    tx,
    `select id, key from quarantine where kind = $1 and state = 'aside' and key = any($2::jsonb[]) order by since, id for update`,
    [kind, keys.map((key) => JSON.stringify(key))],
  );
}

/** Nobody will handle it. False when that had been decided already. */
export async function drop(tx: Tx, log: StreamLog, id: string, why: string, asker: Asker): Promise<boolean> {
  const [row] = await rows<Row>(
    tx,
    `update quarantine set state = 'dropped', asked = $2, outcome = $3, ended_at = clock_timestamp() where id = $1 and state = 'aside' returning id, kind, key`,
    [id, JSON.stringify(asker), why],
  );
  if (row?.kind === 'delivery')
    await tx.query(`update delivery set status = 'canceled', ended_at = clock_timestamp() where id = $1 and status = 'needs-a-person'`, [
      row.key[0],
    ]);
  if (row) await announce(tx, log, 'quarantine.dropped', row, why, asker);
  return row !== undefined;
}

/** It was decided about in another place, where it lies. */
export async function handledElsewhere(tx: Tx, kind: QuarantineKind, key: QuarantineKey, outcome: string): Promise<void> {
  await tx.query(
    `update quarantine set state = 'handled', owner = null, outcome = $3, ended_at = clock_timestamp() where kind = $1 and key = $2::jsonb and state = 'aside'`,
    [kind, JSON.stringify(key), outcome],
  );
}

/** @throws when it was given up meanwhile: then nothing of the replay may stand */
export async function replayed(tx: Tx, log: StreamLog, row: Row, outcome: string, asker: Asker): Promise<void> {
  const handled = await rows(
    tx,
    `update quarantine set state = 'handled', owner = null, outcome = $2, ended_at = clock_timestamp()
      where id = $1 and state = 'replaying' and owner = $3 returning 1`,
    [row.id, outcome, PROCESS_ID],
  );
  if (handled.length === 0) throw new NotReplayable('It took too long, and was given up meanwhile.');
  await announce(tx, log, 'quarantine.replayed', row, outcome, asker);
}

export async function replayFailed(tx: Tx, log: StreamLog, row: Row, problem: string, asker: Asker): Promise<void> {
  const why = storable(problem).slice(0, PROBLEM_CHARS);
  const [failed] = await rows(
    tx,
    `update quarantine set state = 'aside', owner = null, problem = $2, tries = tries + 1, outcome = $2 where id = $1 and state = 'replaying' and owner = $3 returning 1`,
    [row.id, why, PROCESS_ID],
  );
  if (failed) await announce(tx, log, 'quarantine.replay-failed', row, why, asker);
}

async function announce(
  tx: Tx,
  log: StreamLog,
  type: keyof QuarantineEvents,
  { id, kind, key }: Row,
  why: string,
  asker: Asker | null,
): Promise<void> {
  await log.append<keyof QuarantineEvents, Quarantined>(tx, await organisationStream(tx), {
    id: uuidv7(),
    type,
    by: asker?.person ?? null,
    via: asker?.via ?? MUSTER,
    data: { id, kind, key, why },
  });
}
