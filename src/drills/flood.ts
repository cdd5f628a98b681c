import type { Envelope } from '@musterhq/chat-port';

const TIMES = 3;

/** What was kept back, as a chat tells it that catches up in a hurry: the latest first, then all of it again, and again. */
export function flood(kept: readonly Envelope[]): Envelope[][] {
  const backwards = [...kept].reverse();
  return kept.length === 0
    ? []
    : Array.from({ length: TIMES }, (_, time) => backwards.map((envelope) => ({ ...envelope, redelivery: time })));
}
