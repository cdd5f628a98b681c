import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { codeOf } from '#src/platform/database/database-errors';
import { Measured } from './measured.ts';
import { onDisk } from './on-disk.ts';

export interface Spooled {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** Where bytes wait on this machine's disk until it is known that they arrived whole, and what they are. */
export class Spool {
  constructor(private readonly folder: string) {}

  /**
   * Writes to the end, durable, and has `use` do something with it; whatever is still there afterwards is taken away.
   *
   * @throws StoreAway, and what `bytes` and `use` throw
   */
  async during<T>(bytes: AsyncIterable<Uint8Array>, use: (spooled: Spooled) => Promise<T>): Promise<T> {
    const path = join(this.folder, randomUUID());
    try {
      await onDisk(() => mkdir(this.folder, { recursive: true, mode: 0o700 }));
      const measured = new Measured();
      // Opened here and not by the stream: a stream that breaks off while it still opens makes its file after we took it away.
      const file = await onDisk(() => open(path, 'wx', 0o600));
      // `flush` is an fsync before it is closed.
      await onDisk(() => pipeline(bytes, measured, file.createWriteStream({ flush: true })));
      return await use({ path, size: measured.size, sha256: measured.sha256() });
    } finally {
      await rm(path, { force: true }).catch(() => undefined);
    }
  }

  /** What a process that was killed left behind. */
  async forget(before: Date): Promise<void> {
    for (const name of await namesIn(this.folder)) {
      const path = join(this.folder, name);
      const found = await factsOf(path);
      if (found && found.mtime < before) await onDisk(() => rm(path, { force: true }));
    }
  }
}

/** None when there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  return onDisk(() => unlessMissing(readdir(folder), []));
}

export async function factsOf(path: string): Promise<{ size: number; mtime: Date } | null> {
  return onDisk(() => unlessMissing(stat(path), null));
}

async function unlessMissing<T, U>(asked: Promise<T>, otherwise: U): Promise<T | U> {
  try {
    return await asked;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return otherwise;
    throw error;
  }
}
