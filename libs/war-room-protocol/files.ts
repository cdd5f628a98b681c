import * as z from 'zod/mini';
import { file, type namedFile } from './events.ts';
import { goesOn } from './goes-on.ts';
import { person } from './vocabulary.ts';

export const fileFact = z.object(file);
export type FileFact = z.infer<typeof fileFact>;

export type NamedFile = z.infer<typeof namedFile>;

/** `href` stays; it answers a link that is good for five minutes. */
export const fileView = z.extend(fileFact, { by: person, addedAt: z.string(), removed: z.boolean(), href: z.string() });
export type FileView = z.infer<typeof fileView>;

/** `GET /api/v1/incidents/:id/files`, oldest first, removed ones too. */
export const fileList = z.object({ files: z.array(fileView), ...goesOn });

/** `POST /api/v1/incidents/:id/files?name=…&id=…&alt=…&message=…`, the bytes as the body: 201. */
export const fileAdded = z.object({ seq: z.number(), file: fileView });
export type FileAdded = z.infer<typeof fileAdded>;

/** `GET /api/v1/incidents/:id/files/:fileId` with `Accept: application/json`; everything else is sent on to the link. */
export const fileLink = z.object({ file: fileView, link: z.string(), expiresAt: z.string() });
export type FileLink = z.infer<typeof fileLink>;

/** The pictures that browsers show. */
export const isPicture = ({ mediaType }: Pick<FileFact, 'mediaType'>): boolean => mediaType.startsWith('image/');

/** "PNG image, 40 KB": what a person wants to know before opening it. */
export const describeFile = ({ mediaType, size }: Pick<FileFact, 'mediaType' | 'size'>): string =>
  `${KINDS[mediaType] ?? 'file'}, ${sizeInWords(size)}`;

const KINDS: Readonly<Record<string, string>> = {
  'image/png': 'PNG image',
  'image/jpeg': 'JPEG image',
  'image/gif': 'GIF image',
  'image/webp': 'WebP image',
  'video/mp4': 'MP4 video',
  'application/pdf': 'PDF',
  'application/zip': 'ZIP archive',
  'application/gzip': 'gzip archive',
  'text/plain': 'text',
};

export function sizeInWords(bytes: number): string {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  const kilobytes = Math.round(bytes / 1024);
  return kilobytes < 1024 ? `${kilobytes} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
