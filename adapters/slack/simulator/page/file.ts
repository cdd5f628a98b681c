import type { ServerResponse } from 'node:http';
import type { JsonObject } from '../objects.ts';
import type { FileCabinet } from '../files/file-cabinet.ts';
import type { PretendFile } from '../files/file.types.ts';

/** What a browser draws and runs nothing of. */
const PICTURES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** A file of a message, as the page draws it. */
export interface ShownFile {
  readonly name: string;
  readonly size: string;
  /** Where it opens; a picture is drawn from there. Neither: why not. */
  readonly href?: string;
  readonly picture?: string;
  readonly why?: string;
}

export function shownFile(files: FileCabinet, { id }: JsonObject): ShownFile {
  const file = files.get(String(id));
  if (!file || file.mode === 'tombstone') return { name: 'This file was deleted.', size: '' };
  const { name, altText, mode, externalUrl } = file;
  if (mode === 'hidden_by_limit') return { name, size: '', why: 'hidden: it is older than the plan of this workspace keeps' };
  if (mode === 'external') return { name, size: 'elsewhere', ...(externalUrl ? { href: externalUrl } : {}) };
  return { name, size: sizeOf(file), href: `./ui/file/${file.id}`, ...(isPicture(file) ? { picture: altText ?? name } : {}) };
}

/** The bytes, for the page itself: people in a browser have no token. */
export function giveFile(file: PretendFile | undefined, response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  if (!file || file.mode !== 'hosted') return void response.writeHead(404, { 'content-type': 'text/plain' }).end('That file is not here.');
  const shown: Record<string, string> = isPicture(file)
    ? { 'content-type': file.mimetype }
    : {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      };
  response.writeHead(200, { ...headers, ...shown, 'content-length': String(file.bytes.length) }).end(file.bytes);
}

const isPicture = ({ mimetype }: PretendFile): boolean => PICTURES.includes(mimetype);

const sizeOf = ({ size }: PretendFile): string =>
  size < 1_000
    ? `${size} ${size === 1 ? 'byte' : 'bytes'}`
    : size < 1_000_000
      ? `${Math.round(size / 1_000)} kB`
      : `${(size / 1_000_000).toFixed(1)} MB`;
