import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { codeOf } from '#src/platform/database/database-errors';
import { type ArtifactKey, ArtifactStore, type ByteRange, type Kept, type Listed } from '../artifact-store.types.ts';
import { isKey, keyOf, requireKey, shelfOf } from './keys.ts';
import { onDisk } from './on-disk.ts';
import { factsOf, namesIn, Spool } from './spool.ts';

const UNFINISHED = 'unfinished';

/** Files in a folder of this machine. Written beside, made durable, and only then given their name. */
export class DiskStore extends ArtifactStore {
  private readonly spool: Spool;

  constructor(private readonly folder: string) {
    super();
    this.spool = new Spool(join(folder, UNFINISHED));
  }

  put(id: string, bytes: AsyncIterable<Uint8Array>): Promise<Kept> {
    return this.spool.during(bytes, async ({ path, size, sha256 }) => {
      const key = keyOf(id, sha256);
      await onDisk(() => this.giveName(path, key));
      return { key, size, sha256 };
    });
  }

  open(key: ArtifactKey, range?: ByteRange): Promise<Readable | null> {
    return onDisk(async () => {
      try {
        const file = await open(this.pathOf(key));
        return file.createReadStream(range);
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null;
        throw error;
      }
    });
  }

  async remove(key: ArtifactKey): Promise<void> {
    await onDisk(() => rm(this.pathOf(key), { force: true }));
  }

  async *list(): AsyncIterable<Listed> {
    for (const shelf of await namesIn(this.folder)) {
      if (shelf === UNFINISHED) continue;
      for (const name of await namesIn(join(this.folder, shelf))) {
        const found = isKey(name) ? await factsOf(join(this.folder, shelf, name)) : null;
        if (found) yield { key: name, size: found.size, keptAt: found.mtime };
      }
    }
  }

  forgetUnfinished(before: Date): Promise<void> {
    return this.spool.forget(before);
  }

  /** A name is durable when its folder is. */
  private async giveName(path: string, key: ArtifactKey): Promise<void> {
    const shelf = join(this.folder, shelfOf(key));
    const isNew = (await mkdir(shelf, { recursive: true, mode: 0o700 })) !== undefined;
    await rename(path, this.pathOf(key));
    await settle(shelf);
    if (isNew) await settle(this.folder);
  }

  private pathOf(key: ArtifactKey): string {
    return join(this.folder, shelfOf(requireKey(key)), key);
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
