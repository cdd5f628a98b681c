/** Within one millisecond ids are told apart, and put in order, by a counter. */
const MOST_IN_A_MS = 0xfff;

let ms = 0;
let count = 0;

/**
 * A UUID of version 7 (RFC 9562): it grows with time, also where the clock is set back. Not crypto.randomUUID, which is of another
 * version and which browsers withhold from pages that are not on https.
 */
export function newId(): string {
  count += 1;
  if (Date.now() > ms || count > MOST_IN_A_MS) {
    ms = Math.max(Date.now(), ms + 1);
    count = 0;
  }
  const [variant = 0, ...random] = crypto.getRandomValues(new Uint8Array(8));
  const time = hex(ms, 12);
  const tail = random.map((byte) => hex(byte, 2)).join('');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(count, 3)}-${hex((variant & 0x3f) | 0x80, 2)}${tail.slice(0, 2)}-${tail.slice(2)}`;
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
