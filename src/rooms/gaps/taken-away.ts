import type { Past } from '../sweeps/read-back.ts';
import type { Known } from './look-back-store.ts';

/** So many may be all that was said; of more, people do not take most away. */
const FEW = 5;

/**
 * What somebody took away in the chat, as a pure function of what we know and what its history holds. What is older than all that
 * it holds, it may have forgotten; where it lacks most of what was said, it has lost that: neither is anybody's doing.
 */
export function takenAway(known: readonly Known[], { envelopes, keptFrom }: Past): readonly string[] {
  const held = new Map<string, number>();
  for (const { event } of envelopes) if (event.type === 'message.created') held.set(event.message.ref.id, event.message.at);
  const since = Math.max(keptFrom, Math.min(...held.values()));
  const comparable = known.filter(({ at }) => at.getTime() >= since);
  const lacking = comparable.filter(({ id }) => !held.has(id));
  return lacking.length <= FEW || lacking.length * 2 <= comparable.length ? lacking.map(({ id }) => id) : [];
}
