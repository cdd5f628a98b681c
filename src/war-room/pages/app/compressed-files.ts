import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** Built files are a few hundred and each has a name of its own for each content, so one made small stays good. */
const KEPT = 500;

/** Files made small once and kept, so that a page loads fast on a bad line and costs the processor nothing. */
export class CompressedFiles {
  private readonly kept = new Map<string, Promise<Buffer>>();

  read(file: string): Promise<Buffer> {
    const known = this.kept.get(file);
    if (known) return known;
    const made = readFile(file).then((bytes) => compress(bytes, { level: 9 }));
    if (this.kept.size < KEPT) this.kept.set(file, made);
    made.catch(() => this.kept.delete(file));
    return made;
  }
}
