import type { Heard } from '../../store/flow.ts';

const words: Record<Heard['state'], (name: string) => string> = {
  there: (name) => `In ${name} too`,
  waiting: (name) => `Waiting for ${name}`,
  doubtful: (name) => `Not known whether ${name} has it`,
  refused: (name) => `${name} did not take it`,
};

/** Missing there, or maybe: for a person to decide, whoever wrote it. */
export const isMissing = ({ state }: Heard): boolean => state === 'doubtful' || state === 'refused';

/**
 * How far a message of one's own has come, in words. That it is merely sent need not be said for ever: until the next one. Nor
 * that it is where the one just above it is, which says so.
 */
export function standing(heard: readonly Heard[], newest: boolean, goesOn = false): string | undefined {
  if (goesOn && !newest && heard.every(({ state }) => state === 'there')) return undefined;
  if (heard.length === 0) return newest ? 'Sent' : undefined;
  return heard.map(({ name, state }) => words[state](name)).join(', ');
}
