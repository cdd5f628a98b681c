import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Artifacts } from '#src/backup/backup.types';

/** A store of artifacts for tests that have no folder: keys are made as the real one makes them. */
export class KeptArtifacts implements Artifacts {
  readonly kept = new Map<string, Buffer>();

  async *list() {
    for (const key of this.kept.keys()) yield { key };
  }

  open(key: string): Promise<Readable | null> {
    const bytes = this.kept.get(key);
    return Promise.resolve(bytes ? Readable.from(slices(bytes)) : null);
  }

  /** With the size; the name already is a checksum. */
  names(): string[] {
    return [...this.kept].map(([key, { length }]) => `${key} ${length}`).sort();
  }

  async put(id: string, bytes: AsyncIterable<Uint8Array>): Promise<{ key: string }> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of bytes) chunks.push(chunk);
    const all = Buffer.concat(chunks);
    const key = `${id}.${createHash('sha256').update(all).digest('hex')}`;
    this.kept.set(key, all);
    return { key };
  }
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}
