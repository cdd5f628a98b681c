import { createHash } from 'node:crypto';

/**
 * The same names always give the same id (a name-based UUID, RFC 9562 version 8). What follows from one thing outside
 * gets one id inside, so that handling it twice cannot make two.
 */
export function uuidFor(...names: readonly string[]): string {
  const bytes = createHash('sha256').update(names.join('\n')).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
