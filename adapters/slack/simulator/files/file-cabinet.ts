import type { JsonObject } from '../objects.ts';
import type { Room } from '../room.ts';
import { SlackError } from '../slack-error.ts';
import type { Workspace } from '../workspace.ts';
import type { NewFile, PretendFile } from './file.types.ts';

/** The files of the workspace. */
export class FileCabinet {
  readonly #files = new Map<string, PretendFile>();
  readonly #tickets = new Map<string, { readonly file: PretendFile; readonly length: number }>();
  readonly #w: Workspace;
  readonly #base: () => string;

  constructor(workspace: Workspace, base: () => string) {
    this.#w = workspace;
    this.#base = base;
  }

  add(of: NewFile, user: string): PretendFile {
    const bytes = Buffer.from(of.bytes ?? []);
    const file: PretendFile = {
      id: this.#w.draw.id('F'),
      name: of.name,
      title: of.title ?? of.name,
      mimetype: of.mimetype ?? mimetypeOf(of.name),
      user,
      created: this.#w.seconds(),
      altText: undefined,
      mode: of.mode ?? 'hosted',
      bytes,
      size: of.size ?? bytes.length,
      externalUrl: of.externalUrl,
      foreign: of.foreign ?? false,
      shared: true,
      shares: new Map(),
    };
    this.#files.set(file.id, file);
    return file;
  }

  /** @throws SlackError `file_not_found`, `file_deleted` */
  find(id: string): PretendFile {
    const file = this.#files.get(id);
    if (!file) throw new SlackError('file_not_found');
    if (file.mode === 'tombstone') throw new SlackError('file_deleted');
    return file;
  }

  get(id: string): PretendFile | undefined {
    return this.#files.get(id);
  }

  all(): readonly PretendFile[] {
    return [...this.#files.values()];
  }

  /** An address that takes the bytes of one file, once. */
  expect(name: string, length: number, user: string, altText: string | undefined): { readonly file: PretendFile; readonly url: string } {
    const file = this.add({ name }, user);
    file.shared = false;
    file.altText = altText;
    const ticket = this.#w.draw.hex(40);
    this.#tickets.set(ticket, { file, length });
    return { file, url: `${this.#base()}upload/v1/${ticket}` };
  }

  /** False where nobody was given this address, or it was used. */
  receive(ticket: string, bytes: Buffer): boolean {
    const expected = this.#tickets.get(ticket);
    if (!expected) return false;
    this.#tickets.delete(ticket);
    expected.file.bytes = bytes;
    expected.file.size = bytes.length;
    return true;
  }

  shown(file: PretendFile, room: Room, ts: string): void {
    file.shared = true;
    file.shares.set(room.id, [...(file.shares.get(room.id) ?? []), { ts, isPrivate: room.kind !== 'channel' }]);
  }

  /** As messages, of events and of the history, have it. */
  inMessage(file: PretendFile): JsonObject {
    const { id, foreign, mode } = file;
    if (!foreign || mode === 'tombstone') return this.toJson(file);
    return { id, created: 0, timestamp: 0, user: '', mode: 'file_access', file_access: 'check_file_info' };
  }

  /** As files.info has it. */
  toJson(file: PretendFile): JsonObject {
    const { id, created, user, mode } = file;
    if (mode === 'tombstone') return { id, mode };
    if (mode === 'hidden_by_limit') return { id, mode, created, user, file_access: 'visible' };
    const extension = /\.([a-z0-9]{1,8})$/i.exec(file.name)?.[1]?.toLowerCase() ?? 'binary';
    const at = `${this.#base()}files-pri/${this.#w.team.id}-${id}/`;
    const url = mode === 'external' ? (file.externalUrl ?? 'https://docs.example.test/') : `${at}${encodeURIComponent(file.name)}`;
    const shares: Record<string, Record<string, JsonObject[]>> = {};
    for (const [room, ones] of file.shares)
      for (const { ts, isPrivate } of ones) ((shares[isPrivate ? 'private' : 'public'] ??= {})[room] ??= []).push({ ts });
    return {
      id,
      created,
      timestamp: created,
      name: file.name,
      title: file.title,
      mimetype: file.mimetype,
      filetype: mode === 'external' ? 'gdoc' : extension,
      pretty_type: extension.toUpperCase(),
      user,
      user_team: this.#w.team.id,
      editable: false,
      size: file.size,
      mode,
      is_external: mode === 'external',
      external_type: mode === 'external' ? 'gdrive' : '',
      is_public: [...file.shares.values()].flat().some(({ isPrivate }) => !isPrivate),
      public_url_shared: false,
      display_as_bot: false,
      username: '',
      url_private: url,
      ...(mode === 'external' ? {} : { url_private_download: `${at}download/${encodeURIComponent(file.name)}` }),
      permalink: `${this.#base()}files/${user}/${id}/${encodeURIComponent(file.name)}`,
      file_access: 'visible',
      has_rich_preview: false,
      ...(file.altText === undefined ? {} : { alt_txt: file.altText }),
      shares,
    };
  }
}

const MIMETYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  txt: 'text/plain',
  log: 'text/plain',
  pdf: 'application/pdf',
  html: 'text/html',
};

function mimetypeOf(name: string): string {
  return MIMETYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}
