import { uuidv7 } from 'uuidv7';

/** Grows with time. Not crypto.randomUUID, which browsers withhold from pages that are not on https. */
export function newId(): string {
  return uuidv7();
}
