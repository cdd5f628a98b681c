import type { Readable } from 'node:stream';

/** `<file id>.<SHA-256 of its bytes>`: the same file is kept under the same key, and other bytes never replace it. */
export type ArtifactKey = string;

export interface Kept {
  readonly key: ArtifactKey;
  readonly size: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** First and last byte, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface Listed {
  readonly key: ArtifactKey;
  readonly size: number;
  /** When these bytes were kept last. */
  readonly keptAt: Date;
}

/**
 * Where the bytes of files are: a folder of this machine, or a bucket. It knows nothing of incidents and of who may see
 * what. Whatever goes wrong outside of us is StoreAway, and then nothing of it is visible.
 */
export abstract class ArtifactStore {
  /**
   * Reads `bytes` to the end and keeps them; once it answers they are durable. The same again keeps the same. If `bytes`
   * fails on the way, its error is thrown and nothing is kept. @throws StoreAway
   */
  abstract put(id: string, bytes: AsyncIterable<Uint8Array>): Promise<Kept>;

  /** The bytes, or a part of them; null when there are none under this key. The caller ends the stream. @throws StoreAway */
  abstract open(key: ArtifactKey, range?: ByteRange): Promise<Readable | null>;

  /** Takes the bytes away for good. What is not there is no error. @throws StoreAway */
  abstract remove(key: ArtifactKey): Promise<void>;

  /** Everything that is kept, in no order. @throws StoreAway */
  abstract list(): AsyncIterable<Listed>;

  /** Takes away what uploads that never ended left behind before this time. @throws StoreAway */
  abstract forgetUnfinished(before: Date): Promise<void>;
}
