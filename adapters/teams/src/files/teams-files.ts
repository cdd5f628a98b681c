import { type Attempt, type FileRef, type Files, type RoomRef, done, refused } from '@musterhq/chat-port';
import { wiresOf } from '#libs/wire/wire';
import { isChannel, placeOf } from '../conversations.ts';
import type { HostedPictures } from '../graph/hosted-pictures.ts';
import type { Past } from '../graph/past.ts';
import type { Shelf } from '../graph/shelf.ts';
import { KEPT_ELSEWHERE, fileOfAttachment } from '../inbound/attached.ts';
import { type PlaceOfFile, placeOfFile } from './file-id.ts';
import type { Pictures } from './pictures.ts';

/** What Graph knows of files. */
export interface FilesByGraph {
  readonly hosted: Pick<HostedPictures, 'open'>;
  readonly past: Pick<Past, 'message'>;
  /** Where the organisation lets Muster read and write the files of its channels. */
  readonly shelf?: Shelf;
}

/**
 * Files of Teams. What was pasted is given to the bot itself. What was attached is kept in SharePoint: its name and where it is are read with
 * the message, and its bytes only where that was allowed.
 */
export class TeamsFiles implements Files {
  constructor(
    private readonly pictures: Pick<Pictures, 'open'>,
    private readonly graph?: FilesByGraph,
  ) {}

  async look(room: RoomRef, file: FileRef, signal: AbortSignal): Promise<Attempt<FileRef>> {
    const place = placeOfFile(file.id);
    if (place?.kind !== 'attached') return place ? done(file) : GONE;
    if (!this.graph) return NOT_TOLD;
    const { root, message, attachment } = place;
    const read = await this.graph.past.message(placeOf(room.room).room, message, root, signal);
    if (read.outcome !== 'done') return read;
    const told = wiresOf(read.value.attachments).find(({ id }) => id === attachment);
    if (!told) return GONE;
    return told.contentType === KEPT_ELSEWHERE ? done(fileOfAttachment(file.id, told)) : NO_FILE;
  }

  async open(room: RoomRef, file: FileRef, signal: AbortSignal): Promise<Attempt<AsyncIterable<Uint8Array>>> {
    const place = placeOfFile(file.id);
    const opened = place ? await this.opened(place, room, file, signal) : GONE;
    if (opened.outcome !== 'done') return opened;
    const { body } = opened.value;
    return body ? done(bytesOf(body)) : refused({ code: 'protocol', scope: 'message', detail: 'There was nothing in what came back.' });
  }

  async put(...[{ room }, key, bytes, meta, signal]: Parameters<Files['put']>): Promise<Attempt<FileRef>> {
    const channel = placeOf(room).room;
    if (!this.graph?.shelf || !isChannel(channel)) return NOT_HERE;
    return this.graph.shelf.put(channel, key, bytes, meta, signal);
  }

  async remove(_room: RoomRef, { id }: FileRef, signal: AbortSignal): Promise<Attempt<void>> {
    const place = placeOfFile(id);
    return place?.kind === 'kept' && this.graph?.shelf ? this.graph.shelf.remove(place, signal) : NOT_HERE;
  }

  private async opened(place: PlaceOfFile, room: RoomRef, file: FileRef, signal: AbortSignal): Promise<Attempt<Response>> {
    if (place.kind === 'picture') return this.picture(place, room, signal);
    const shelf = this.graph?.shelf;
    if (!shelf) return NOT_ALLOWED;
    if (place.kind === 'kept') return shelf.open(place, signal);
    const known = file.href === undefined ? await this.look(room, file, signal) : done(file);
    if (known.outcome !== 'done') return known;
    return known.value.href === undefined ? GONE : shelf.openAt(known.value.href, signal);
  }

  private async picture(
    place: Extract<PlaceOfFile, { kind: 'picture' }>,
    { room }: RoomRef,
    signal: AbortSignal,
  ): Promise<Attempt<Response>> {
    const given = await this.pictures.open(place.object, signal);
    const isRefused = given.outcome === 'refused' && (given.fault.code === 'not-found' || given.fault.code === 'forbidden');
    const conversation = placeOf(room).room;
    if (!isRefused || !this.graph || !isChannel(conversation)) return given;
    return this.graph.hosted.open(conversation, place, signal);
  }
}

const GONE = refused({ code: 'not-found', scope: 'message', detail: 'it is not in Teams any more' });
const NO_FILE = refused({ code: 'unsupported', scope: 'message', detail: 'it is no file, but something that only Teams shows' });
const NOT_TOLD = refused({ code: 'unsupported', scope: 'message', detail: 'Teams does not tell Muster what it is' });
const NOT_HERE = refused({ code: 'unsupported', scope: 'room' });
const NOT_ALLOWED = refused({ code: 'forbidden', scope: 'message', detail: 'Muster was not given the files that are attached in Teams' });

async function* bytesOf(body: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) yield chunk;
}
