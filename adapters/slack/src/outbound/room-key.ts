import { createHash } from 'node:crypto';
import { escapeWithin } from '../content/escape.ts';

const PURPOSE_CHARS = 250;
const KEY_CHARS = 150;

/** Why such a thing stands there, for people who wonder. */
const SO_THAT = 'Muster finds this channel by ';

/** A channel's purpose carries the room's key at its end, and before it the name as people gave it: escaped, as a topic is. */
export function purposeOf(key: string, name: string): string {
  const mark = `. ${SO_THAT}muster:${fitting(key)}`;
  return `${escapeWithin(name.replace(/\s+/g, ' '), PURPOSE_CHARS - mark.length)}${mark}`;
}

/** Spaces end a key in the purpose, and very long ones do not fit: those are known by their digest. */
const fitting = (key: string): string =>
  key.length <= KEY_CHARS && /^[\w.:/+=@-]+$/.test(key) ? key : `sha256-${createHash('sha256').update(key).digest('hex')}`;

export function keyInPurpose(purpose: string): string | undefined {
  return /(?:^|\s)muster:(\S+)$/.exec(purpose)?.[1];
}

export const isKeyedBy = (purpose: string, key: string): boolean => keyInPurpose(purpose) === fitting(key);
