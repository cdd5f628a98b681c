import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { codeOf } from '#src/platform/database/database';
import { StoreAway } from '../artifacts.errors.ts';
import { ArtifactStore, type ArtifactKey, type ByteRange, type Kept, type Listed } from '../artifact-store.types.ts';
import { isKey, keyOf, requireKey, shelfOf } from './keys.ts';
import { Measured } from './measured.ts';

const UNFINISHED = 'unfinished';

/** Files in a folder of this machine. Written beside, made durable, and only then given their name. */
export class DiskStore extends ArtifactStore {
  constructor(private readonly folder: string) {
    super();
  }

  async put(id: string, bytes: AsyncIterable<Uint8Array>): Promise<Kept> {
    const unfinished = join(this.folder, UNFINISHED, randomUUID());
    try {
      await onDisk(() => mkdir(join(this.folder, UNFINISHED), { recursive: true, mode: 0o700 }));
      const measured = new Measured();
      // `flush` is an fsync before it is closed.
      await onDisk(() => pipeline(bytes, measured, createWriteStream(unfinished, { flags: 'wx', mode: 0o600, flush: true })));
      const sha256 = measured.sha256();
      const key = keyOf(id, sha256);
      await onDisk(() => this.giveName(unfinished, key));
      return { key, size: measured.size, sha256 };
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  async open(key: ArtifactKey, range?: ByteRange): Promise<Readable | null> {
    try {
      const file = await open(this.pathOf(key));
      return file.createReadStream(range);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw asStoreAway(error);
    }
  }

  async remove(key: ArtifactKey): Promise<void> {
    await onDisk(() => rm(this.pathOf(key), { force: true }));
  }

  async *list(): AsyncIterable<Listed> {
    for (const shelf of await this.namesIn(this.folder)) {
      if (shelf === UNFINISHED) continue;
      for (const name of await this.namesIn(join(this.folder, shelf))) {
        const found = isKey(name) ? await factsOf(join(this.folder, shelf, name)) : null;
        if (found) yield { key: name, size: found.size, keptAt: found.mtime };
      }
    }
  }

  async forgetUnfinished(before: Date): Promise<void> {
    for (const name of await this.namesIn(join(this.folder, UNFINISHED))) {
      const path = join(this.folder, UNFINISHED, name);
      const found = await factsOf(path);
      if (found && found.mtime < before) await onDisk(() => rm(path, { force: true }));
    }
  }

  /** A name is durable when its folder is. */
  private async giveName(unfinished: string, key: ArtifactKey): Promise<void> {
    const shelf = join(this.folder, shelfOf(key));
    const isNew = (await mkdir(shelf, { recursive: true, mode: 0o700 })) !== undefined;
    await rename(unfinished, this.pathOf(key));
    await settle(shelf);
    if (isNew) await settle(this.folder);
  }

  private pathOf(key: ArtifactKey): string {
    return join(this.folder, shelfOf(requireKey(key)), key);
  }

  private async namesIn(folder: string): Promise<string[]> {
    try {
      return await readdir(folder);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw asStoreAway(error);
    }
  }
}

async function settle(folder: string): Promise<void> {
  const opened = await open(folder);
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

async function factsOf(path: string): Promise<{ size: number; mtime: Date } | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw asStoreAway(error);
  }
}

async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asStoreAway(error);
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EROFS: 'the folder for files cannot be written',
  EACCES: 'the folder for files cannot be written',
  EPERM: 'the folder for files cannot be written',
  ENOTDIR: 'the folder for files cannot be written',
  EEXIST: 'the folder for files cannot be written',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'the disk does not answer',
};

/** What the disk says, in words. Anything else is not the disk's: an upload that broke off, or a fault of ours. */
function asStoreAway(error: unknown): unknown {
  const why = WHY[(error as NodeJS.ErrnoException | null)?.code ?? ''];
  return why === undefined ? error : new StoreAway(why, error);
}
