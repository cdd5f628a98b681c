import type { Outcome as Answer } from '#src/platform/outgoing/send';
import type { Outcome } from './open-way.types.ts';

/** Longer, and others in front of whom nothing stands would wait for it. */
export const POST_MS = 5_000;

/** What an answer over HTTP means for a way that has one receiver: its trouble is the whole way's. Also what it refuses for good: a key that was wrong may be put right within the hour. */
export function posted({ problem, retryAfterMs }: Answer): Outcome {
  if (problem === null) return { to: 'told' };
  return { to: 'later', of: 'way', problem, ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }) };
}
