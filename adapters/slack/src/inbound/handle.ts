import type { Interaction } from '@musterhq/chat-port';
import { stringOf, wireOf } from '#libs/wire/wire';

/** What a gesture can be answered with later, kept for us by the core in `Interaction.handle`. */
export interface Handle {
  readonly trigger?: string;
  readonly responseUrl?: string;
  /** The open form the gesture was made in. */
  readonly view?: string;
}

export const TRIGGER_MS = 3_000;

export const encodeHandle = (handle: Handle): string => JSON.stringify(handle);

/** A handle that is not ours has nothing in it. */
export function decodeHandle({ handle }: Interaction): Handle {
  try {
    const { trigger, responseUrl, view } = wireOf(JSON.parse(handle));
    const [t, r, v] = [stringOf(trigger), stringOf(responseUrl), stringOf(view)];
    return { ...(t ? { trigger: t } : {}), ...(r ? { responseUrl: r } : {}), ...(v ? { view: v } : {}) };
  } catch {
    return {};
  }
}
