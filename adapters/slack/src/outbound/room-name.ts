import { createHash } from 'node:crypto';

export const ROOM_NAME_CHARS = 80;

/** The nearest name Slack allows: small letters, digits, dashes and underscores, 80 at most. Never empty. */
export function roomName(wanted: string): string {
  const plain = wanted
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '');
  return (plain || 'room').slice(0, ROOM_NAME_CHARS).replace(/-+$/, '');
}

/** The name for when the first is taken by somebody else: the same each time for the same key, so that it is found again. */
export function secondName(wanted: string, key: string): string {
  const suffix = createHash('sha256').update(key).digest('hex').slice(0, 6);
  return `${roomName(wanted).slice(0, ROOM_NAME_CHARS - suffix.length - 1)}-${suffix}`;
}
