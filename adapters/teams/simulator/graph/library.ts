import { randomUUID } from 'node:crypto';
import type { Answer } from '../connector-rules.ts';
import { graphError, notFound } from './asked.ts';

interface Item {
  readonly id: string;
  readonly folder: string;
  readonly name: string;
  bytes: Uint8Array;
}

const SITE = 'https://contoso.sharepoint.com/sites/Operations/Shared Documents';
const MOST_BYTES = 250_000_000;
const NOT_IN_NAMES = /["*:<>?/\\|\p{Cc}]/u;

/** A team's SharePoint, in which each channel has a folder: what people attach in Teams is put there, and what an app uploads. */
export class Library {
  readonly drive = `b!${randomUUID()}`;
  readonly items: Item[] = [];
  /** Where callers are sent on to for the bytes, unless that is another's. */
  sendsElsewhere: string | undefined;

  constructor(private readonly url: () => string) {}

  /** The address of a channel's folder, as people see it. */
  folderUrl(channel: string): string {
    return `${SITE}/${encodeURIComponent(channel)}`;
  }

  add(channel: string, name: string, bytes: Uint8Array): Item {
    const item = { id: `01${randomUUID().replaceAll('-', '').toUpperCase()}`, folder: channel, name, bytes };
    this.items.push(item);
    return item;
  }

  folder(channel: string): Answer {
    return { status: 200, body: { id: this.folderId(channel), name: channel, parentReference: { driveId: this.drive }, folder: {} } };
  }

  /** What is asked of `/drives/<this>/items/…`: a colon stands around a name in a folder. */
  serve(method: string, [drive, , item = '', name = '']: readonly string[], body: Uint8Array): Answer {
    if (drive !== this.drive) return notFound('drive');
    if (method === 'PUT' && item.endsWith(':')) return this.upload(item.slice(0, -1), name.slice(0, -1), body);
    const found = this.items.find(({ id }) => id === item);
    if (!found) return graphError(404, 'itemNotFound', 'The resource could not be found.');
    if (method !== 'DELETE') return this.sentOn(found);
    this.items.splice(this.items.indexOf(found), 1);
    return { status: 204 };
  }

  /** `/shares/u!…`: by the address that people open it at. */
  shared(share: string): Answer {
    const url = Buffer.from(share.replace(/^u!/, ''), 'base64url').toString('utf8');
    const found = this.items.find((item) => `${this.folderUrl(item.folder)}/${item.name}` === url);
    return found ? this.sentOn(found) : graphError(404, 'itemNotFound', 'The sharing link no longer exists.');
  }

  /** Whoever has the address may, for a while; whoever shows a token there is sent away. */
  download(id: string, isSigned: boolean): Answer {
    const found = this.items.find((item) => item.id === id);
    if (isSigned) return { status: 401 };
    return found ? { status: 200, body: found.bytes, headers: { 'content-type': 'application/octet-stream' } } : { status: 404 };
  }

  private sentOn({ id }: Item): Answer {
    return { status: 302, headers: { location: this.sendsElsewhere ?? `${this.url()}/download/${id}` } };
  }

  private upload(folder: string, name: string, bytes: Uint8Array): Answer {
    const channel = Buffer.from(folder.replace(/^01/, ''), 'hex').toString('utf8');
    if (this.folderId(channel) !== folder) return graphError(404, 'itemNotFound', 'The resource could not be found.');
    if (name === '' || NOT_IN_NAMES.test(name) || /^[\s~]|[\s.]$/.test(name))
      return graphError(400, 'invalidRequest', 'The name in the provided oneDrive path is not allowed.');
    if (bytes.length > MOST_BYTES) return graphError(413, 'requestTooLarge', 'The request is too large.');
    const there = this.items.find((item) => item.folder === channel && item.name.toLowerCase() === name.toLowerCase());
    if (there) there.bytes = bytes;
    const { id } = there ?? this.add(channel, name, bytes);
    const webUrl = `${this.folderUrl(channel)}/${encodeURIComponent(name)}`;
    return {
      status: there ? 200 : 201,
      body: { id, name, size: bytes.length, webUrl, parentReference: { driveId: this.drive }, file: {} },
    };
  }

  private folderId(channel: string): string {
    return `01${Buffer.from(channel).toString('hex')}`;
  }
}
