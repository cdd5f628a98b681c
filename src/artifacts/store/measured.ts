import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';

/** Lets bytes through and knows afterwards how many they were and what their SHA-256 is. */
export class Measured extends Transform {
  private readonly hash = createHash('sha256');
  size = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
    this.hash.update(chunk);
    this.size += chunk.length;
    done(null, chunk);
  }

  /** Once only, at the end. */
  sha256(): string {
    return this.hash.digest('hex');
  }
}
