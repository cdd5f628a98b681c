import { part } from '../shell/part.ts';

export const FileRow = part(async () => (await import('./files/files.ts')).FileRow);
export const MessageFiles = part(async () => (await import('./files/files.ts')).MessageFiles);
export const Attach = part(async () => (await import('./files/files.ts')).Attach);
