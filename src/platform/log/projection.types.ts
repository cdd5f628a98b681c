import type { Tx } from '#src/platform/database/database';
import type { LoggedEvent } from './event.types.ts';

/** It is read in the log and changes no table. */
export const TELLS_ONLY = 'tells only';

type Step<Event extends LoggedEvent> = (tx: Tx, event: Event) => Promise<unknown>;

/**
 * How a capability's tables follow from its events, for each of them: what an import builds an incident from. A type that is
 * missing here does not compile.
 */
export type Projection<Events> = {
  readonly [Type in keyof Events & string]: typeof TELLS_ONLY | Step<LoggedEvent<Type, Events[Type] & object>>;
};

export type AnyProjection = Readonly<Record<string, typeof TELLS_ONLY | Step<LoggedEvent<string, never>>>>;
