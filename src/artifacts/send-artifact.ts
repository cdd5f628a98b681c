import type { Request, Response } from 'express';
import { pipeline } from 'node:stream/promises';
import { BadRequest } from '#src/platform/http/problems';
import { FileNotFound } from './artifacts.errors.ts';
import type { ArtifactStore } from './artifact-store.types.ts';
import type { Artifact } from './artifacts.types.ts';
import { TEXT } from './media-type.ts';
import { keyOf } from './store/keys.ts';

/**
 * Answers with the bytes, or the part of them that was asked for. Whatever they are, a browser shows or saves them and
 * runs nothing: named type, no guessing, a sandbox without rights, and kept by nobody on the way.
 */
export async function sendArtifact(store: ArtifactStore, { fact }: Artifact, request: Request, response: Response): Promise<void> {
  const ranges = request.range(fact.size, { combine: true });
  if (ranges === -1) {
    response.setHeader('Content-Range', `bytes */${fact.size}`);
    throw new BadRequest(`The file has ${fact.size} bytes, and the part that was asked for is outside of it.`, 416);
  }
  const range = Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges[0] : undefined;
  const bytes = await store.open(keyOf(fact.fileId, fact.sha256), range);
  if (!bytes) throw new FileNotFound(fact.fileId);

  response
    .attachment(fact.name)
    .setHeader('Content-Type', fact.mediaType === TEXT ? 'text/plain; charset=utf-8' : fact.mediaType)
    .setHeader('Content-Length', range ? range.end - range.start + 1 : fact.size)
    .setHeader('Content-Security-Policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
    .setHeader('Cross-Origin-Resource-Policy', 'same-origin')
    .setHeader('Cache-Control', 'private, no-store')
    .setHeader('Accept-Ranges', 'bytes');
  if (range) response.status(206).setHeader('Content-Range', `bytes ${range.start}-${range.end}/${fact.size}`);
  // Whoever goes away in the middle is no fault; a store that breaks off ends the connection, so that nobody takes a part for all.
  await pipeline(bytes, response).catch(() => response.destroy());
}
