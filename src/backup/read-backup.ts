import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import type { z } from 'zod';
import { Refusal } from '#src/platform/processes/refusal';
import { type Contents, contents, ENTRY, FORMAT, type Header, header } from './backup.types.ts';
import { Checksum } from './checksum.ts';

/** A piece of a table or of an artifact, in the order they were written. */
export interface Piece {
  readonly kind: 'table' | 'artifact';
  readonly name: string;
  readonly bytes: Buffer;
}

/** Ours are of 4 MiB, and the list of what is in it grows with the number of artifacts. */
const PIECE_AT_MOST = 256 * 1024 * 1024;

/**
 * Reads the whole file and compares every checksum. Nothing is believed, and nothing of it used, before that.
 *
 * @throws Refusal
 */
export async function verifyBackup(file: string): Promise<{ readonly header: Header; readonly contents: Contents }> {
  const sums = { table: new Map<string, Checksum>(), artifact: new Map<string, Checksum>() };
  const read = await readThrough(file, async ({ kind, name, bytes }) => {
    const sum = sums[kind].get(name) ?? new Checksum();
    sums[kind].set(name, sum);
    sum.add(bytes);
  });
  compare(file, 'table', read.contents.tables, sums.table);
  compare(file, 'artifact', read.contents.artifacts, sums.artifact);
  return read;
}

/** The pieces one after the other: the next one is read when `take` is done with this one. */
export async function readThrough(
  file: string,
  take: (piece: Piece) => Promise<void>,
): Promise<{ readonly header: Header; readonly contents: Contents }> {
  let first: Header | undefined;
  let last: Contents | undefined;
  let refused: { readonly error: unknown } | undefined;
  const archive = extract();
  const reading = pipeline(createReadStream(file), createGunzip(), archive);
  try {
    for await (const entry of archive) {
      const { name } = entry.header;
      const bytes = await bytesOf(entry as AsyncIterable<Buffer>);
      if (!first) first = headerOf(file, name, bytes);
      else if (last) throw damaged(file, 'something follows its end');
      else if (name === ENTRY.contents) last = parsed(file, contents, bytes);
      else
        await take(pieceOf(file, name, bytes)).catch((error: unknown) => {
          refused = { error };
          throw error;
        });
    }
    await reading;
  } catch (error) {
    reading.catch(() => undefined);
    throw refused ? refused.error : inWords(file, error);
  }
  if (!first) throw notABackup(file);
  if (!last) throw damaged(file, 'its end is missing, so it was not finished or not copied whole');
  return { header: first, contents: last };
}

function compare(
  file: string,
  kind: string,
  said: Readonly<Record<string, { bytes: number; sha256: string }>>,
  found: Map<string, Checksum>,
): void {
  for (const [name, { sha256 }] of Object.entries(said)) {
    const sum = found.get(name) ?? new Checksum();
    found.delete(name);
    if (sum.end().sha256 !== sha256) throw damaged(file, `the ${kind} ${name} is not what was written`);
  }
  const [extra] = found.keys();
  if (extra !== undefined) throw damaged(file, `the ${kind} ${extra} is not in its list`);
}

function headerOf(file: string, name: string, bytes: Buffer): Header {
  if (name !== ENTRY.header) throw notABackup(file);
  const { format } = json(file, bytes) as { format?: unknown };
  if (typeof format === 'number' && format > FORMAT)
    throw new Refusal(
      `${file} was written by a newer Muster (its format is ${format}, this one reads ${FORMAT}). Restore it with that one. Nothing was changed.`,
    );
  return parsed(file, header, bytes);
}

function pieceOf(file: string, path: string, bytes: Buffer): Piece {
  const [, folder, name] = /^(tables|artifacts)\/([^/]+)\/\d+$/.exec(path) ?? [];
  if (!folder || !name) throw damaged(file, `it holds ${path.slice(0, 80)}, which is nothing of ours`);
  return { kind: folder === 'tables' ? 'table' : 'artifact', name, bytes };
}

async function bytesOf(entry: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of entry) {
    size += chunk.length;
    if (size > PIECE_AT_MOST) throw new Error('a piece of it is larger than any of ours');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parsed<T>(file: string, shape: z.ZodType<T>, bytes: Buffer): T {
  const result = shape.safeParse(json(file, bytes));
  if (!result.success) throw damaged(file, 'what it says of itself cannot be read');
  return result.data;
}

function json(file: string, bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw damaged(file, 'what it says of itself cannot be read');
  }
}

const notABackup = (file: string): Refusal => new Refusal(`${file} is not a backup of Muster. Nothing was changed.`);

const damaged = (file: string, how: string): Refusal =>
  new Refusal(`${file} is damaged: ${how}. Nothing was changed. Take another copy of it, or an older backup.`);

function inWords(file: string, error: unknown): unknown {
  if (error instanceof Refusal) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new Refusal(`There is no file ${file}.`);
  if (code === 'EISDIR') return new Refusal(`${file} is a folder. Name the backup itself.`);
  if (code === 'EACCES') return new Refusal(`${file} may not be read by this user.`);
  // Not gzip from its first byte on.
  if (code === 'Z_DATA_ERROR' && /incorrect header check/.test(message)) return notABackup(file);
  return damaged(file, code === 'Z_BUF_ERROR' || /unexpected end/i.test(message) ? 'it breaks off' : message);
}
