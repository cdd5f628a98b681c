import type { RoomEvent } from './events.ts';

/** Behind who did something: from where, unless it is from here, and how, so that others learn by seeing. */
export function viaWords({ id, name, how }: RoomEvent['via']): string {
  const from = id === 'web' ? '' : ` via ${name}`;
  return how === undefined ? from : `${from} (${how})`;
}
