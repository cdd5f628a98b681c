import { constants, getPriority, setPriority } from 'node:os';

/**
 * Where the machine has no time for all, this process waits for those that somebody waits for. It does no more than that: one that
 * was started with less already keeps what it has.
 */
export function comesSecond(): void {
  const { PRIORITY_BELOW_NORMAL } = constants.priority;
  if (getPriority() < PRIORITY_BELOW_NORMAL) setPriority(PRIORITY_BELOW_NORMAL);
}
