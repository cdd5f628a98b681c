import type { FileRef, InMessage, RoomRef } from '@musterhq/chat-port';
import type { NamedFile } from '#libs/war-room-protocol/files';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { Actor } from '#src/people/people.types';
import type { AwaitedFile, FileOfChat } from './awaited-file.types.ts';

/** Of a message as its chat shows it. */
export const filesIn = ({ ref: { room, id }, files }: Pick<InMessage, 'ref' | 'files'>): FileOfChat[] =>
  files.map((file) => ({ fileId: uuidFor('file', room.adapter, room.tenant, room.room, id, file.id), room, file }));

export const named = ({ fileId, file: { name, bytes } }: FileOfChat): NamedFile => ({ fileId, name, size: bytes });

/** From now on they are fetched. Those that are awaited already stay as they are. */
export async function awaitFiles(tx: Tx, messageId: string, by: Actor, files: readonly FileOfChat[]): Promise<void> {
  for (const { fileId, room, file } of files)
    await tx.query(
      `insert into awaited_file (id, message_id, instance, tenant, room, file, by) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (id) do nothing`,
      [fileId, messageId, room.adapter, room.tenant, room.room, JSON.stringify(file), JSON.stringify(by)],
    );
}

/** What a message is known to have, whatever became of it since; not what was taken out of it. */
export async function filesOf(tx: Tx, messageId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(tx, `select id from awaited_file where message_id = $1 and status <> 'dropped' order by id`, [
    messageId,
  ]);
  return found.map(({ id }) => id);
}

/** Nobody waits for these any more: all of a message, or only some. */
export async function dropFiles(tx: Tx, messageId: string, fileIds: readonly string[] | null): Promise<void> {
  await tx.query(
    `update awaited_file set status = 'dropped', owner = null where message_id = $1 and ($2::uuid[] is null or id = any($2)) and status <> 'dropped'`,
    [messageId, fileIds],
  );
}

export async function tenantsWithFiles(database: Database, instance: string): Promise<string[]> {
  const found = await database.query<{ tenant: string }>(
    `select distinct tenant from awaited_file
      where instance = $1 and (status = 'waiting' and next_at <= clock_timestamp() or status = 'fetching' and claim_until < clock_timestamp())`,
    [instance],
  );
  return found.map(({ tenant }) => tenant);
}

/** The next one that is due, for this process alone until `claimMs` from now. */
export async function claimFile(
  database: Database,
  { instance, tenant }: { readonly instance: string; readonly tenant: string },
  owner: string,
  claimMs: number,
): Promise<AwaitedFile | null> {
  const [row] = await database.query<Row>(
    `update awaited_file f set status = 'fetching', attempts = attempts + 1, owner = $3, claim_until = clock_timestamp() + $4 * interval '1 millisecond'
       from message m where m.id = f.message_id and f.id = (
         select id from awaited_file where instance = $1 and tenant = $2
            and (status = 'waiting' and next_at <= clock_timestamp() or status = 'fetching' and claim_until < clock_timestamp())
          order by next_at limit 1 for update skip locked)
     returning f.id, m.incident_id, f.message_id, f.instance, f.tenant, f.room, f.file, f.by, f.attempts, f.created_at`,
    [instance, tenant, owner, claimMs],
  );
  if (!row) return null;
  const room: RoomRef = { adapter: row.instance, tenant: row.tenant, room: row.room };
  const { id: fileId, file, by, attempts, incident_id: incidentId, message_id: messageId, created_at: awaitedSince } = row;
  return { fileId, room, file, by, attempts, incidentId, messageId, awaitedSince };
}

/** Writes how it went. False: it is somebody else's by now, or nobody waits for it. */
export async function settleFile(
  tx: Tx,
  owner: string,
  { fileId, attempts }: Pick<AwaitedFile, 'fileId' | 'attempts'>,
  to: 'kept' | 'lost' | { readonly againAt: Date },
): Promise<boolean> {
  const [status, nextAt] = typeof to === 'string' ? [to, null] : ['waiting', to.againAt];
  const settled = await rows(
    tx,
    `update awaited_file set status = $4, next_at = coalesce($5, next_at), owner = null, claim_until = null
      where id = $1 and owner = $2 and attempts = $3 and status = 'fetching' returning 1`,
    [fileId, owner, attempts, status, nextAt],
  );
  return settled.length > 0;
}

interface Row {
  readonly id: string;
  readonly incident_id: string;
  readonly message_id: string;
  readonly instance: string;
  readonly tenant: string;
  readonly room: string;
  readonly file: FileRef;
  readonly by: Actor;
  readonly attempts: number;
  readonly created_at: Date;
}
