import type { Fault } from '@musterhq/chat-port';
import { FileEmpty, FileKindRefused, FileTooLarge } from '#src/artifacts/artifacts.errors';

const MEGABYTE = 1024 * 1024;

/** It is larger than what is kept here. Known before a byte of it was asked for, or found out on the way. */
export const tooLarge = (limit: number): string =>
  `it is larger than ${Math.floor(limit / MEGABYTE)} MB. Cut out the part that matters and add that, or send a link to where it is.`;

/** Why a chat will not give a file, however often it is asked, and what to do. After the file's name, and ends with a full stop. */
export function whyRefused({ code, remedy, detail }: Fault, chat: string): string {
  if (remedy === 'reinstall')
    return `Muster is not allowed to read files in ${chat}: an administrator has to give it that permission again. ${ADD_IT}`;
  // What the adapter knows better than we do.
  if (detail !== undefined) return `${detail.replace(/[.\s]+$/, '')}. ${ADD_IT}`;
  if (code === 'not-found') return `it is not in ${chat} any more. ${ADD_IT}`;
  if (code === 'unsupported') return `${chat} does not give files to Muster. Open it there, or add it here.`;
  return `${chat} does not give it to Muster (${code}). Open it there, or add it here.`;
}

/** What our own store does not keep, by what is in it. Null for anything that may go better the next time. */
export function whyNotKept(error: unknown): string | null {
  if (error instanceof FileTooLarge) return tooLarge(error.limit);
  if (error instanceof FileEmpty) return 'there is nothing in it.';
  if (error instanceof FileKindRefused) return `it is ${error.found}, which is not kept here. Put it into a ZIP and add that.`;
  return null;
}

const ADD_IT = 'Who has it can add it here.';

export const GAVE_UP = 'it could not be fetched for three days. Open it there, or add it here.';
