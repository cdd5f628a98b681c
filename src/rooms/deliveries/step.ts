import type { Part } from '@musterhq/chat-port';
import type { Copy, Delivery } from './delivery.types.ts';

/** The one call that the next attempt at a delivery is. */
export type Step =
  | { readonly do: 'send'; readonly part: Part; readonly thread: string | null }
  | { readonly do: 'edit'; readonly part: Part; readonly copy: Copy }
  | { readonly do: 'remove' | 'react' | 'pin'; readonly copy: Copy }
  | { readonly do: 'nothing' };

const NOTHING: Step = { do: 'nothing' };

/**
 * Part by part: what there is is edited, what is new goes under it in its thread, what is left over is taken away. What
 * the chat does not have, because it refused it or somebody deleted the copy, needs neither.
 */
export function stepOf(delivery: Pick<Delivery, 'operation' | 'parts' | 'part' | 'again' | 'copies' | 'thread' | 'card'>): Step {
  const { operation, copies, thread, again } = delivery;
  if (again && !again.includes(delivery.part)) return NOTHING;
  const part = delivery.parts?.[delivery.part] ?? null;
  const copy = copies.find((one) => one.part === delivery.part);
  switch (operation) {
    case 'open-room':
    case 'members':
    case 'upkeep':
      return NOTHING;
    case 'card':
      if (!part) return NOTHING;
      return delivery.card === null
        ? { do: 'send', part, thread }
        : { do: 'edit', part, copy: { id: delivery.card, part: 0, thread: null } };
    case 'send':
    case 'correct':
      return part ? { do: 'send', part, thread } : NOTHING;
    case 'edit': {
      if (!part) return copy ? { do: 'remove', copy } : NOTHING;
      if (copy) return { do: 'edit', part, copy };
      const [first] = copies;
      return first ? { do: 'send', part, thread: first.thread ?? first.id } : NOTHING;
    }
    case 'remove':
      return copy ? { do: 'remove', copy } : NOTHING;
    case 'react':
    case 'pin':
      return copies[0] ? { do: operation, copy: copies[0] } : NOTHING;
  }
}
