import type { Heard } from '../../store/flow.ts';

const words: Record<Heard['state'], (name: string) => string> = {
  there: (name) => `In ${name} too`,
  waiting: (name) => `Waiting for ${name}`,
  doubtful: (name) => `Not known whether ${name} has it`,
};

/** How far a message of one's own has come, in words. */
export function standing(heard: readonly Heard[]): string {
  return heard.length === 0 ? 'Sent' : heard.map(({ name, state }) => words[state](name)).join(', ');
}
