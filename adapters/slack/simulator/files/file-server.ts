import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Faults } from '../faults.ts';
import type { Waits } from '../waits.ts';
import type { FileCabinet } from './file-cabinet.ts';

const LARGEST_FILE = 200_000_000;

interface Setting {
  readonly files: FileCabinet;
  readonly faults: Faults;
  readonly waits: Waits;
  readonly botToken: string;
  readonly granted: () => readonly string[] | undefined;
}

/** Where the bytes of files are brought to and fetched from. Calls of these names can be struck: `files.upload`, `files.download`. */
export class FileServer {
  readonly #s: Setting;

  constructor(setting: Setting) {
    this.#s = setting;
  }

  async serve(path: readonly string[], request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (path[0] === 'upload') return this.#upload(path[2] ?? '', request, response);
    return this.#download(path, request, response);
  }

  async #upload(ticket: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = this.#s.faults.strike('files.upload', undefined);
    if (fault?.kind === 'reset' && fault.when === 'before') {
      await new Promise((some) => request.once('data', some));
      return void response.socket?.destroy();
    }
    const bytes = await readBytes(request);
    if (fault?.kind === 'status') return void response.writeHead(fault.status).end();
    if (fault?.kind === 'silence') return;
    if (fault?.kind === 'slow' && !(await this.#s.waits.sleep(fault.byMs))) return;
    if (!this.#s.files.receive(ticket, bytes)) return void response.writeHead(404).end('Invalid upload');
    if (fault?.kind === 'reset') return void response.socket?.destroy();
    response.writeHead(200, { 'content-type': 'text/plain' }).end(`OK - ${bytes.length}`);
  }

  async #download(path: readonly string[], request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = this.#s.faults.strike('files.download', undefined);
    const file = this.#s.files.get(/^[^-]+-(.+)$/.exec(path[1] ?? '')?.[1] ?? '');
    if (fault?.kind === 'status') return void response.writeHead(fault.status).end();
    if (fault?.kind === 'rate-limited') return void response.writeHead(429, { 'retry-after': String(fault.retryAfter ?? 1) }).end();
    if (fault?.kind === 'silence') return;
    if (fault?.kind === 'garbage') return signInPage(response);
    if (fault?.kind === 'redirect') return void response.writeHead(302, { location: fault.to }).end();
    if (fault?.kind === 'slow' && !(await this.#s.waits.sleep(fault.byMs))) return;
    if (!this.#mayRead(request))
      return void response.writeHead(302, { location: `/?redir=${encodeURIComponent(request.url ?? '')}` }).end();
    if (!file || file.mode !== 'hosted')
      return void response.writeHead(404, { 'content-type': 'text/html' }).end('<!doctype html>Not found');
    if (file.size > file.bytes.length) return this.#lie(file.bytes, response);
    const isDownload = path[2] === 'download';
    response.writeHead(200, {
      'content-type': file.mimetype,
      'content-length': String(file.bytes.length),
      ...(isDownload ? { 'content-disposition': `attachment; filename="${encodeURIComponent(file.name)}"` } : {}),
    });
    if (fault?.kind !== 'reset') return void response.end(file.bytes);
    response.write(file.bytes.subarray(0, Math.ceil(file.bytes.length / 2)), () => response.socket?.destroy());
  }

  /** Bytes without an end, of a file that says that it is small. */
  #lie(some: Buffer, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' });
    const more = (): void => {
      while (!response.destroyed && response.write(some.length > 0 ? some : Buffer.alloc(65_536, 'a')));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  }

  #mayRead({ headers }: IncomingMessage): boolean {
    const granted = this.#s.granted();
    return headers.authorization === `Bearer ${this.#s.botToken}` && (granted === undefined || granted.includes('files:read'));
  }
}

function signInPage(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html><title>Sign in | Slack</title><p>Sign in');
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > LARGEST_FILE) throw new Error('The file is larger than the pretend Slack takes.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
