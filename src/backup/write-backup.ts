import { createWriteStream } from 'node:fs';
import { link, open, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to } from 'pg-copy-streams';
import { type Pack, pack } from 'tar-stream';
import { Refusal } from '#src/platform/processes/refusal';
import { type Artifacts, type Contents, ENTRY, FORMAT, type Header, type Summary, summaryOf } from './backup.types.ts';
import { migrationsOf, sequencesOf, type Table, tablesOf } from './catalogue.ts';
import { Checksum } from './checksum.ts';

export interface ToBackUp {
  readonly url: string;
  readonly artifacts: Artifacts;
  /** Where it goes. What is there already is never written over. */
  readonly file: string;
  /** Of Muster, as its package says. */
  readonly version: string;
  readonly now: Date;
}

/** An entry of a tar says its size first, so what streams out of the database is cut into pieces of this size. */
const PIECE_BYTES = 4 * 1024 * 1024;

/**
 * Writes everything Muster keeps into one file, as it was at one moment, while Muster goes on.
 *
 * All tables are read in one repeatable-read transaction. The bytes of artifacts never change under their key, and are
 * read after it: what the tables name is there. The file appears under its name only when it is whole and on the disk.
 *
 * It holds secrets (credentials of chats, hashes of tokens), so only its owner may read it.
 *
 * @throws Refusal
 */
export async function writeBackup({ url, artifacts, file, version, now }: ToBackUp): Promise<Summary & { readonly bytes: number }> {
  if (await stat(file).catch(() => null)) throw new Refusal(`${file} is there already. Name another file; a backup is never written over.`);
  const partial = join(dirname(file), `.${basename(file)}.${process.pid}.partial`);
  const client = await snapshot(url);
  try {
    const header: Header = { format: FORMAT, muster: version, at: now.toISOString(), migrations: await migrationsOf(client) };
    if (header.migrations.length === 0)
      throw new Refusal('There is nothing to back up: Muster has never run on this database. Check DATABASE_URL and MUSTER_DATA.');

    const archive = pack();
    const writing = pipeline(archive, createGzip({ level: 6 }), createWriteStream(partial, { flags: 'wx', mode: 0o600 }));
    const filling = fill(archive, client, artifacts, header).catch((error: Error) => {
      archive.destroy(error);
      throw error;
    });
    const [contents] = await Promise.all([filling, writing]);
    await onDisk(partial);
    await appear(partial, file);
    return { ...summaryOf(header, contents), bytes: (await stat(file)).size };
  } catch (error) {
    throw inWords(error, file);
  } finally {
    await rm(partial, { force: true });
    await client.end().catch(() => undefined);
  }
}

/** One moment of the whole database, and text that means the same in every other one. */
async function snapshot(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, application_name: 'muster backup' });
  client.on('error', () => undefined);
  await client.connect();
  await client.query(
    `set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set lock_timeout = '10s';
     set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set extra_float_digits = 1;
     begin isolation level repeatable read read only`,
  );
  return client;
}

async function fill(archive: Pack, client: pg.Client, artifacts: Artifacts, header: Header): Promise<Contents> {
  const contents: Contents = { tables: {}, sequences: await sequencesOf(client), artifacts: {}, incidents: 0 };
  await add(archive, ENTRY.header, Buffer.from(JSON.stringify(header)));
  for (const table of await tablesOf(client)) contents.tables[table.name] = await addTable(archive, client, table);
  contents.incidents = contents.tables['incident']?.rows ?? 0;
  for await (const { key } of artifacts.list()) {
    const bytes = await artifacts.open(key);
    // Taken away since it was listed: somebody removed the file, and its bytes are not to come back.
    if (bytes) contents.artifacts[key] = await addPieces(archive, `${ENTRY.artifacts}${key}/`, bytes);
  }
  await add(archive, ENTRY.contents, Buffer.from(JSON.stringify(contents)));
  archive.finalize();
  return contents;
}

async function addTable(archive: Pack, client: pg.Client, { name, columns }: Table): Promise<Contents['tables'][string]> {
  const list = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  const copy = client.query(to(`copy ${client.escapeIdentifier(name)} (${list}) to stdout`));
  const sum = await addPieces(archive, `${ENTRY.tables}${name}/`, copy);
  return { columns: [...columns], rows: copy.rowCount, ...sum };
}

async function addPieces(archive: Pack, path: string, bytes: Readable): Promise<{ bytes: number; sha256: string }> {
  const sum = new Checksum();
  let piece: Buffer[] = [];
  let size = 0;
  let count = 0;
  const flush = async (): Promise<void> => {
    if (size === 0) return;
    await add(archive, `${path}${String(++count).padStart(6, '0')}`, Buffer.concat(piece));
    piece = [];
    size = 0;
  };
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    sum.add(chunk);
    piece.push(chunk);
    size += chunk.length;
    if (size >= PIECE_BYTES) await flush();
  }
  await flush();
  return sum.end();
}

/** Waits until it is taken, so that a slow disk slows the reading and memory stays as it is. */
function add(archive: Pack, name: string, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.once('error', reject);
    archive.entry({ name, mode: 0o600 }, bytes, (error) => {
      archive.off('error', reject);
      if (error) reject(error);
      else resolve();
    });
  });
}

async function onDisk(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync();
  await handle.close();
}

/** A link, unlike a rename, refuses what is there already; two backups at once cannot write over each other. */
async function appear(partial: string, file: string): Promise<void> {
  await link(partial, file);
}

function inWords(error: unknown, file: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  const byCode: Partial<Record<string, string>> = {
    ENOENT: `There is no folder ${dirname(file)}. Make it, or name another file.`,
    ENOTDIR: `${dirname(file)} is not a folder. Name another file.`,
    EACCES: `Nothing may be written to ${dirname(file)}. Name another file.`,
    EEXIST: `${file} is there already. Name another file; a backup is never written over.`,
    ENOSPC: `The disk of ${dirname(file)} is full. Nothing was written. Name a file on another disk.`,
    EROFS: `The disk of ${dirname(file)} cannot be written to. Name a file on another one.`,
  };
  if (error instanceof Refusal || !code) return error;
  return byCode[code] ? new Refusal(byCode[code]) : new Refusal(`The backup could not be written: ${message}. Nothing was kept of it.`);
}
