import { fileTypeFromBuffer } from 'file-type';
import { FileEmpty, FileKindRefused, FileTooLarge } from './artifacts.errors.ts';

/** What this build keeps. Text of any kind is kept as text: a browser is never asked to make anything else of it. */
const KEPT_KINDS = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'video/mp4',
  'application/pdf',
  'application/zip',
  'application/gzip',
]);
export const TEXT = 'text/plain';

/** As much as the library looks at. */
const HEAD_BYTES = 4_100;

/** A text that begins like this is a page or a drawing, which can carry a script. */
const PAGES = ['<!doctype', '<html', '<svg', '<head', '<body', '<script', '<iframe'] as const;

/**
 * Reads along while a file is kept, and stops it when it is too large or of a kind that is not kept. Decides by the bytes
 * alone; `mediaType` is known when the last one has passed.
 */
export class Inspection {
  private head = Buffer.alloc(0);
  private size = 0;
  private readonly text = new TextDecoder('utf-8', { fatal: true });
  private isText = true;
  private known: string | null = null;

  constructor(private readonly limit: number) {}

  /** @throws FileTooLarge, FileKindRefused, FileEmpty */
  async *of(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    for await (const chunk of bytes) {
      this.size += chunk.length;
      if (this.size > this.limit) throw new FileTooLarge(this.limit);
      this.readAsText(chunk);
      if (this.head.length < HEAD_BYTES) {
        this.head = Buffer.concat([this.head, chunk.subarray(0, HEAD_BYTES - this.head.length)]);
        if (this.head.length === HEAD_BYTES) await this.decide();
      }
      if (this.known === TEXT && !this.isText) throw new FileKindRefused('a kind of file that is not known');
      yield chunk;
    }
    if (this.size === 0) throw new FileEmpty();
    this.readAsText(null);
    if (this.known === null) await this.decide();
    if (this.known === TEXT && !this.isText) throw new FileKindRefused('a kind of file that is not known');
  }

  get mediaType(): string {
    if (this.known === null) throw new Error('asked for the kind of a file before it was read');
    return this.known;
  }

  private async decide(): Promise<void> {
    const page = this.isText && PAGES.find((start) => this.beginning().includes(start));
    if (page) throw new FileKindRefused(page === '<svg' ? 'an SVG drawing' : 'a web page');
    const found = await fileTypeFromBuffer(this.head).catch(() => undefined);
    const kept = found && KEPT_KINDS.has(found.mime);
    // A log may begin with the letters of something else; what is text to its end is kept as text.
    if (found && !kept && !this.isText) throw new FileKindRefused(`a file of the kind ${found.mime}`);
    this.known = kept ? found.mime : TEXT;
  }

  /** Markup begins with "<", after blanks at most; further down in a log the same words are only words. */
  private beginning(): string {
    const start = this.head
      .toString('latin1')
      .replace(/^\u00ef\u00bb\u00bf/, '')
      .trimStart()
      .toLowerCase();
    return start.startsWith('<') ? start : '';
  }

  private readAsText(chunk: Uint8Array | null): void {
    if (!this.isText) return;
    try {
      if (chunk?.includes(0)) throw new Error('text has no NUL');
      this.text.decode(chunk ?? new Uint8Array(), { stream: chunk !== null });
    } catch {
      this.isText = false;
    }
  }
}
