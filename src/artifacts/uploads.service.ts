import busboy from 'busboy';
import type { Request } from 'express';
import type { Readable } from 'node:stream';
import { uuidv7 } from 'uuidv7';
import { limits } from '#libs/war-room-protocol/vocabulary';
import { isStorable } from '#src/platform/database/storable';
import { BadRequest } from '#src/platform/http/problems';
import type { Actor } from '#src/people/people.types';
import { isUuid } from '#src/platform/words/is-uuid';
import { UploadBrokeOff } from './artifacts.errors.ts';
import type { Added, Artifacts } from './artifacts.service.ts';
import type { ToAdd } from './artifacts.types.ts';

type Upload = Pick<ToAdd, 'id' | 'name' | 'alt' | 'messageId' | 'bytes'>;

/** Files that arrive by HTTP. */
export class Uploads {
  constructor(private readonly artifacts: Artifacts) {}

  /**
   * Reads the request's file while it arrives, and adds it to the room.
   *
   * @throws BadRequest, UploadBrokeOff, and what `Artifacts.add` throws
   */
  receive(request: Request, incidentId: string, by: Actor): Promise<Added> {
    return readUpload(request, (upload) => this.artifacts.add({ incidentId, by, ...upload }));
  }
}

/**
 * Reads an upload from a request while it arrives: a form's, with the file as its last field, or the bytes alone with
 * `name`, `id`, `alt` and `message` in the address. Whatever `take` did not read is let go.
 */
async function readUpload<T>(request: Request, take: (upload: Upload) => Promise<T>): Promise<T> {
  try {
    return await (request.is('multipart/form-data')
      ? readForm(request, take)
      : take(uploadOf(request.query, nameIn(request), whole(request))));
  } finally {
    // An answer before the end of the upload: the rest is read and dropped, or the browser would report a lost connection.
    request.unpipe();
    request.resume();
  }
}

function readForm<T>(request: Request, take: (upload: Upload) => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const fields: Record<string, string> = {};
    let taken: Promise<T> | null = null;
    const form = formOf(request);
    const fail = (error: unknown): void => reject(error instanceof BadRequest ? error : new UploadBrokeOff());
    form.on('field', (name, value) => (fields[name] = value));
    form.on('file', (_field, stream, { filename }) => {
      if (taken) return void stream.resume();
      const bytes = unbroken(stream);
      taken = Promise.resolve().then(() => take(uploadOf({ ...request.query, ...fields }, filename ?? '', bytes)));
      taken.then(resolve, reject).finally(() => stream.resume());
    });
    form.on('error', fail);
    form.on('close', () => {
      if (!taken) reject(new BadRequest('Choose a file first: the form came without one. In a form of your own, put the file last.'));
    });
    request.on('aborted', () => form.destroy(new UploadBrokeOff()));
    request.pipe(form);
  });
}

function formOf(request: Request): busboy.Busboy {
  try {
    return busboy({ headers: request.headers, defParamCharset: 'utf8', limits: { fields: 10, fieldSize: 10_000, files: 1 } });
  } catch {
    throw new BadRequest('This form cannot be read. Send the file as multipart/form-data, or its bytes alone with ?name=… in the address.');
  }
}

function uploadOf(given: Readonly<Record<string, unknown>>, filename: string, bytes: AsyncIterable<Uint8Array>): Upload {
  const text = (name: string): string => (typeof given[name] === 'string' ? given[name].trim() : '');
  const [id, name, alt, messageId] = [text('id'), text('name') || filename, text('alt'), text('message')];
  if (id !== '' && !isUuid(id)) throw new BadRequest('id: must be a UUID, new for each file. Correct it and send the file again.');
  if (messageId !== '' && !isUuid(messageId))
    throw new BadRequest('message: must be the id of a message. Correct it and send the file again.');
  if (alt.length > limits.altChars)
    throw new BadRequest(`alt: say in at most ${limits.altChars} characters what the picture shows. The rest fits in a message.`);
  if (name === '') throw new BadRequest('name: say what the file is called, for example ?name=graph.png.');
  if (!isStorable(alt) || !isStorable(name))
    throw new BadRequest('The name or the description contains a character that cannot be kept. Remove it and send the file again.');
  return { id: id === '' ? uuidv7() : id, name, alt: alt === '' ? null : alt, messageId: messageId === '' ? null : messageId, bytes };
}

const nameIn = (request: Request): string => (typeof request.query['name'] === 'string' ? request.query['name'] : '');

/** A request's body; a connection that ends before it does is an error and not an end. */
async function* whole(request: Request): AsyncIterable<Uint8Array> {
  yield* unbroken(request);
  if (!request.complete) throw new UploadBrokeOff();
}

/** Whoever stops reading leaves the stream open: destroyed, it would take the connection and the answer with it. */
async function* unbroken(stream: Readable): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) yield chunk as Buffer;
  } catch {
    throw new UploadBrokeOff();
  }
}
